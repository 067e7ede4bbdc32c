"""The adding problem: two of many random numbers are marked, and their sum is to be told at the end.

After Hochreiter & Schmidhuber 1997 in the form of Le, Jaitly & Hinton 2015 (arXiv 1504.00941): values are uniform on
(0, 1), one mark lies in each half. Who always answers 1 has a mean squared error of 2·Var U(0, 1) = 1/6.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import score_values
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

EXAMINED = 1000
BASELINE = 1.0 / 6.0
TOLERANCE = 0.04
"""How far off an answer may be, as Hochreiter & Schmidhuber have it for sums divided by four: here of the sum."""


class AddingProblem:
    """See the module."""

    name = "adding_problem"
    sequences = "sums"
    settings = (
        Setting("length", SettingKind.INTEGER, 100, "Number of time steps of a sequence.", 2, 10_000),
        Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """A value and a mark in, the sum out at the end."""
        return Sizes(2, 1, settings.integer("length"), Answer.VALUES, at_end=True)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random values and marks."""
        return self._drawn(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED, never trained on but by chance."""
        return self._drawn(settings, random, EXAMINED)

    def _drawn(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        length, dtype = settings.integer("length"), np.dtype(settings.text("dtype"))
        values = random.random((length, count))
        first, second = random.integers(length // 2, size=count), random.integers(length // 2, length, size=count)
        rows = np.arange(count)
        marks = np.zeros((length, count))
        marks[first, rows] = marks[second, rows] = 1.0
        x = np.stack([values, marks], axis=-1).astype(dtype)
        d = (values[first, rows] + values[second, rows])[np.newaxis, :, np.newaxis].astype(dtype)
        return Batch({"x": x}, {"d": d}, {"first": first, "second": second})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is an answer closer than TOLERANCE."""
        return score_values(outputs, batch.targets["d"], TOLERANCE)

    def measures(self, score: Score) -> Mapping[str, float]:
        """The mean squared error, and that of who always answers 1."""
        return {"mean squared error": 2.0 * score.mean_loss, "always 1": BASELINE}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first sequence's two numbers, their sum and the answer."""
        x, one, other = batch.inputs["x"][:, 0, 0], batch.about["first"][0], batch.about["second"][0]
        return [f"{x[one]:.3f} + {x[other]:.3f} = {x[one] + x[other]:.3f}, answer {outputs[-1, 0, 0]:.3f}"]


TASKS.add(AddingProblem.name, AddingProblem())
