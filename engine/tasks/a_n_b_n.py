"""aⁿbⁿ: as many b as there were a, then the end; the symbols that may come next are to be told (Gers et al. 2002).

After an a, both may come; after the first b, how many more is known: only who counts is right to the end.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import one_hot, score_marks
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

SYMBOLS = ("S", "a", "b")
"""S is where a string starts and where it has ended."""
EXAMINED = 100


class ANBN:
    """See the module."""

    name = "a_n_b_n"
    sequences = "values of n"
    settings = (
        Setting("longest", SettingKind.INTEGER, 10, "Largest n of a training.", 1, 500),
        Setting("batch", SettingKind.INTEGER, 1, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Three symbols in, three marks out at every time step."""
        return Sizes(len(SYMBOLS), len(SYMBOLS), 2 * settings.integer("longest") + 1, Answer.MARKS)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return SYMBOLS

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return SYMBOLS

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Each n is as likely as any other."""
        counts = random.integers(1, settings.integer("longest") + 1, size=settings.integer("batch"))
        return self._strings(settings, counts)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """Every n from 1 to EXAMINED, so that one sees how far beyond the training the network counts."""
        return self._strings(settings, np.arange(1, EXAMINED + 1))

    def _strings(self, settings: Settings, counts: Array) -> Batch:
        length, dtype = 2 * int(counts.max()) + 1, np.dtype(settings.text("dtype"))
        time = np.arange(length)[:, np.newaxis]
        ids = np.where(time == 0, 0, np.where(time <= counts, 1, np.where(time <= 2 * counts, 2, -1)))
        marks = np.zeros((length, len(counts), len(SYMBOLS)), dtype=dtype)
        marks[..., 1] = time <= counts
        marks[..., 2] = (time >= 1) & (time < 2 * counts)
        marks[..., 0] = time == 2 * counts
        mask = (ids >= 0).astype(dtype)
        x = one_hot(ids, len(SYMBOLS), dtype)
        return Batch({"x": x}, {"d": marks}, {"n": counts}, None if mask.all() else mask)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is an n for which every set of next symbols is right."""
        return score_marks(outputs, batch.targets["d"], batch.mask)

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """Whether the first string's end was told."""
        n = int(batch.about["n"][0])
        told = outputs[: 2 * n + 1, 0, 0] > 0.5
        where = int(np.argmax(told)) - n if told.any() else 0
        return [f"n = {n}: told the end " + (f"after {where} b" if told.any() else "nowhere")]


TASKS.add(ANBN.name, ANBN())
