"""Sine prediction: the next value of a wave, at every time step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import score_values
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

EXAMINED = 200
TOLERANCE = 0.1


class Sine:
    """sin(2π (t/period + phase)) with a random phase, and noise on what comes in."""

    name = "sine"
    sequences = "waves"
    settings = (
        Setting("length", SettingKind.INTEGER, 25, "Number of time steps of a sequence.", 2, 10_000),
        Setting("period", SettingKind.NUMBER, 20.0, "Period of the wave in time steps.", 2.0, 10_000.0),
        Setting("noise", SettingKind.NUMBER, 0.0, "Standard deviation of the noise on what comes in.", 0.0, 10.0),
        Setting("batch", SettingKind.INTEGER, 8, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """One value in, the next one out."""
        return Sizes(1, 1, settings.integer("length"), Answer.VALUES)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random phases."""
        return self._waves(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._waves(settings, random, EXAMINED)

    def _waves(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        length, dtype = settings.integer("length"), np.dtype(settings.text("dtype"))
        turns = np.arange(length + 1)[:, np.newaxis] / settings.number("period") + random.random(count)
        wave = np.sin(2.0 * np.pi * turns)[..., np.newaxis]
        noise = random.standard_normal((length, count, 1)) * settings.number("noise")
        return Batch({"x": (wave[:-1] + noise).astype(dtype)}, {"d": wave[1:].astype(dtype)})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a wave whose second half is nowhere further off than TOLERANCE; the phase must be seen first."""
        half = batch.length // 2
        return score_values(outputs[half:], batch.targets["d"][half:], TOLERANCE)

    def measures(self, score: Score) -> Mapping[str, float]:
        """The mean squared error of the second half."""
        return {"mean squared error": 2.0 * score.mean_loss}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The last value of the first wave, and the answer."""
        return [f"next {batch.targets['d'][-1, 0, 0]:.3f}, answer {outputs[-1, 0, 0]:.3f}"]


TASKS.add(Sine.name, Sine())
