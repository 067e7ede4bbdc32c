"""A wave out of a vector: frequency and phase come as one vector, the wave is to be drawn time step by time step.

The vector is the same at every time step; what moves the network on is its state and its own output, fed back.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import score_values
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

EXAMINED = 200
TOLERANCE = 0.2


class WaveFromVector:
    """y^t = sin(2π (n t/T + φ)) for t = 1 … T, out of (n, sin 2πφ, cos 2πφ); n turns in all."""

    name = "wave_from_vector"
    sequences = "waves"
    settings = (
        Setting("length", SettingKind.INTEGER, 12, "Number of time steps of a sequence.", 2, 10_000),
        Setting("batch", SettingKind.INTEGER, 16, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Three numbers in, one out at every time step."""
        return Sizes(3, 1, settings.integer("length"), Answer.VALUES)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random frequencies and phases."""
        return self._waves(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._waves(settings, random, EXAMINED)

    def _waves(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        length, dtype = settings.integer("length"), np.dtype(settings.text("dtype"))
        turns, phase = 0.5 + random.random(count), random.random(count)
        angle = 2.0 * np.pi * phase
        vector = np.stack([turns, np.sin(angle), np.cos(angle)], axis=-1)
        time = np.arange(1, length + 1)[:, np.newaxis]
        wave = np.sin(2.0 * np.pi * (time * turns / length + phase))[..., np.newaxis]
        x = np.broadcast_to(vector, (length, count, 3)).astype(dtype)
        return Batch({"x": x}, {"d": wave.astype(dtype)}, {"turns": turns, "phase": phase})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a wave that is nowhere further off than TOLERANCE."""
        return score_values(outputs, batch.targets["d"], TOLERANCE)

    def measures(self, score: Score) -> Mapping[str, float]:
        """The mean squared error."""
        return {"mean squared error": 2.0 * score.mean_loss}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The largest error of the first wave."""
        error = np.max(np.abs(outputs[:, 0] - batch.targets["d"][:, 0]))
        return [f"{batch.about['turns'][0]:.2f} turns, phase {batch.about['phase'][0]:.2f}: largest error {error:.3f}"]


TASKS.add(WaveFromVector.name, WaveFromVector())
