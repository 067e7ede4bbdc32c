"""Temporal order: in which order did the few symbols that matter come? (Hochreiter & Schmidhuber 1997, task 6)

A sequence starts with E, ends with B and is filled with a, b, c, d; at two or three places an X or a Y stands. Their
order is the class: XX, XY, YX, YY, or the eight of three.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import one_hot, score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

SYMBOLS = ("E", "a", "b", "c", "d", "X", "Y", "B")
EXAMINED = 1000
_PLACES = {2: ((0.1, 0.2), (0.5, 0.6)), 3: ((0.1, 0.2), (0.33, 0.43), (0.66, 0.76))}
"""Where each symbol that matters may stand, as parts of the length; those of the paper, whose lengths are 100 … 110."""


class TemporalOrder:
    """See the module."""

    name = "temporal_order"
    sequences = "sequences"
    settings = (
        Setting("length", SettingKind.INTEGER, 50, "Number of time steps of a sequence.", 10, 10_000),
        Setting("relevant", SettingKind.INTEGER, 3, "Number of symbols whose order matters.", 2, 3),
        Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Eight symbols in, the class out at the end."""
        classes = 2 ** settings.integer("relevant")
        return Sizes(len(SYMBOLS), classes, settings.integer("length"), Answer.CLASSES, at_end=True)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return SYMBOLS

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The orders."""
        relevant = settings.integer("relevant")
        return tuple(class_name(answer, relevant) for answer in range(2**relevant))

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random sequences."""
        return self._drawn(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._drawn(settings, random, EXAMINED)

    def _drawn(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        length, relevant = settings.integer("length"), settings.integer("relevant")
        ids = random.integers(1, 5, size=(length, count))
        ids[0], ids[-1] = 0, len(SYMBOLS) - 1
        answer, rows = np.zeros(count, dtype=np.int64), np.arange(count)
        for least, most in _PLACES[relevant]:
            start = max(1, int(least * length))
            place = random.integers(start, max(start + 1, int(most * length)), size=count)
            is_y = random.integers(2, size=count)
            ids[place, rows] = 5 + is_y
            answer = 2 * answer + is_y
        x = one_hot(ids, len(SYMBOLS), np.dtype(settings.text("dtype")))
        return Batch({"x": x}, {"d": answer[np.newaxis]}, {"symbols": ids.T})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is the likeliest class."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first sequence, its class and the answer."""
        text = "".join(SYMBOLS[symbol] for symbol in batch.about["symbols"][0])
        relevant = int(np.log2(outputs.shape[-1]))
        likeliest = int(np.argmax(outputs[-1, 0]))
        truth = int(batch.targets["d"][-1, 0])
        return [f"{text}: {class_name(truth, relevant)}, answer {class_name(likeliest, relevant)}"]


def class_name(answer: int, relevant: int) -> str:
    """A class as its symbols, such as ``XYX``."""
    return "".join("XY"[answer >> place & 1] for place in range(relevant - 1, -1, -1))


TASKS.add(TemporalOrder.name, TemporalOrder())
