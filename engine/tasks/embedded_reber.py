"""The embedded Reber grammar: the symbol before the last is the second one, however long the string between.

A Reber string is framed by T … T or P … P. At every time step the symbols that may come next are to be told, so all
but the last two answers need only the place in the inner grammar; those need a memory over the whole string
(Hochreiter & Schmidhuber 1997, task 1).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import one_hot, score_marks
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

SYMBOLS = ("B", "T", "S", "X", "P", "V", "E")
_MOVES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("B", 1),),
    (("T", 2), ("P", 3)),
    (("S", 2), ("X", 4)),
    (("T", 3), ("V", 5)),
    (("X", 3), ("S", 6)),
    (("P", 4), ("V", 6)),
    (("E", 7),),
)
"""The inner grammar: from each node the symbols that may come and where they lead; node 7 is the end."""
EXAMINED = 500


class EmbeddedReber:
    """See the module."""

    name = "embedded_reber"
    sequences = "strings"
    settings = (
        Setting("longest", SettingKind.INTEGER, 30, "Longest string; longer ones are drawn again.", 9, 500),
        Setting("batch", SettingKind.INTEGER, 1, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Seven symbols in, seven marks out at every time step."""
        return Sizes(len(SYMBOLS), len(SYMBOLS), settings.integer("longest") - 1, Answer.MARKS)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return SYMBOLS

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return SYMBOLS

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random strings."""
        return self._drawn(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._drawn(settings, random, EXAMINED)

    def _drawn(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        strings = [draw_string(random, settings.integer("longest")) for _ in range(count)]
        length, dtype = max(len(symbols) for symbols, _ in strings) - 1, np.dtype(settings.text("dtype"))
        ids = np.full((length + 1, count), -1)
        marks, mask = np.zeros((length, count, len(SYMBOLS)), dtype=dtype), np.zeros((length, count), dtype=dtype)
        for row, (symbols, allowed) in enumerate(strings):
            ids[: len(symbols), row] = [SYMBOLS.index(symbol) for symbol in symbols]
            mask[: len(symbols) - 1, row] = 1
            for t, following in enumerate(allowed):
                marks[t, row, [SYMBOLS.index(symbol) for symbol in following]] = 1
        x = one_hot(np.where(mask > 0, ids[:-1], -1), len(SYMBOLS), dtype)
        return Batch({"x": x}, {"d": marks}, {"symbols": ids.T}, None if mask.all() else mask)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a string for which every set of next symbols is right."""
        return score_marks(outputs, batch.targets["d"], batch.mask)

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first string, and what may come before its end, as told."""
        ids = batch.about["symbols"][0]
        ids = ids[ids >= 0]
        told = np.flatnonzero(outputs[len(ids) - 3, 0] > 0.5)
        return [f"{''.join(SYMBOLS[i] for i in ids)}: before the end {''.join(SYMBOLS[i] for i in told) or '—'}"]


def draw_string(random: np.random.Generator, longest: int) -> tuple[list[str], list[list[str]]]:
    """A string of the embedded grammar, and for each of its symbols but the last those that may follow it."""
    while True:
        frame = "TP"[random.integers(2)]
        symbols, allowed, node = ["B", frame], [["T", "P"], ["B"]], 0
        while node != 7:
            moves = _MOVES[node]
            symbol, node = moves[random.integers(len(moves))]
            symbols.append(symbol)
            allowed.append([frame] if node == 7 else [following for following, _ in _MOVES[node]])
        if len(symbols) + 2 <= longest:
            return [*symbols, frame, "E"], [*allowed, ["E"]]


TASKS.add(EmbeddedReber.name, EmbeddedReber())
