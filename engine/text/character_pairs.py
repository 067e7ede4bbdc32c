"""Pairs of short texts in characters, a source and the answer to it: what sequence-to-sequence models learn.

A fixed set is drawn from the seed, a tenth of it held out; the rest is shuffled anew for every epoch. Sources and
answers are filled up with blanks; an answer begins with START, which the decoder reads first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.randomness import generator
from engine.scoring import score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import Answer, Batch, Score, Sizes
from engine.tensor import Array

BLANK, START = " ", "_"
SHOWN_BLANK = "␣"
READ, MASKED = "read", "masked"
_NOTHING = -1
_REPORTED = 3

PAIR_SETTINGS = (
    Setting("batch", SettingKind.INTEGER, 128, "Number of sequences in one iteration.", 1, 4096),
    Setting(
        "examples", SettingKind.INTEGER, 50_000, "Number of different examples; a tenth of them is held out.",
        10, 1_000_000,
    ),
    Setting("reversed", SettingKind.SWITCH, True, "Whether the source is read from its end."),
    Setting(
        "padding", SettingKind.CHOICE, READ,
        "Blanks at the end of shorter texts: read like other symbols, or masked.", choices=(READ, MASKED),
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Ids of pairs.

    Attributes:
        sources: (n, T).
        answers: (n, T'), without START.
        held_out: how many of them, at the end, are not learned.
    """

    sources: Array
    answers: Array
    held_out: int

    @property
    def learned(self) -> int:
        """How many are learned."""
        return len(self.sources) - self.held_out


class CharacterPairs(ABC):
    """A task of such pairs. What they are is said by those who derive from it."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name in lesson files."""

    @abstractmethod
    def alphabets(self, settings: Settings) -> tuple[str, str]:
        """The characters of sources and of answers, BLANK the first of each, START the last of answers."""

    @abstractmethod
    def lengths(self, settings: Settings) -> tuple[int, int]:
        """Characters of the longest source, and of the longest answer without START."""

    @abstractmethod
    def pairs(self, settings: Settings) -> Pairs:
        """All examples."""

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The characters of sources; a blank can be seen."""
        return tuple(self.alphabets(settings)[0].replace(BLANK, SHOWN_BLANK))

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The characters of answers."""
        return tuple(self.alphabets(settings)[1].replace(BLANK, SHOWN_BLANK))

    def sizes(self, settings: Settings) -> Sizes:
        """Characters in, characters out."""
        sources, answers = self.alphabets(settings)
        return Sizes(
            len(sources), len(answers), sum(self.lengths(settings)), Answer.CLASSES, vocabulary=True,
            start=answers.index(START),
        )  # fmt: skip

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """The next of the epoch's order; examples that do not fill a batch are left out until the next epoch."""
        pairs = self.pairs(settings)
        size = min(settings.integer("batch"), pairs.learned)
        epoch, at = divmod(iteration, pairs.learned // size)
        order = _order(settings.integer("seed"), epoch, pairs.learned)
        return self._batch(settings, order[at * size : (at + 1) * size], random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """What was held out."""
        pairs = self.pairs(settings)
        return self._batch(settings, np.arange(pairs.learned, len(pairs.sources)), random)

    def _batch(self, settings: Settings, rows: Array, random: np.random.Generator) -> Batch:
        pairs = self.pairs(settings)
        sources, answers = pairs.sources[rows].T, pairs.answers[rows].T
        about = {"texts": self._texts(settings, rows), "chance": random.random((len(rows), len(answers)))}
        onward = -1 if settings.switch("reversed") else 1
        if settings.text("padding") == READ:
            return Batch({"x": sources[::onward]}, {"d": answers}, about)
        # Blanks between words are no padding: something comes after them.
        real = np.cumsum((sources != 0)[::-1], axis=0)[::-1] > 0
        mask = real[::onward].astype(np.dtype(settings.text("dtype")))
        # The blank after an answer is its end, and is asked for.
        before = np.vstack([np.ones((1, len(rows)), dtype=bool), answers[:-1] != 0])
        asked = np.where(before, answers, _NOTHING)
        read = np.where(real, sources, _NOTHING)[::onward]
        return Batch({"x": read}, {"d": asked}, about, None if mask.all() else mask)

    def _texts(self, settings: Settings, rows: Array) -> Array:
        """(N, 2): source and answer as they are read by people; only of the first few rows, which are told of."""
        pairs = self.pairs(settings)
        made = np.full((len(rows), 2), "", dtype=f"<U{max(self.lengths(settings))}")
        for at, row in enumerate(rows[:_REPORTED]):
            for column, (ids, names) in enumerate(
                zip((pairs.sources[row], pairs.answers[row]), self.alphabets(settings), strict=True)
            ):
                made[at, column] = "".join(names[one] for one in ids).rstrip(BLANK)
        return made

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is an answer that is so in every character."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def told(self, outputs: Array, alphabet: str) -> list[str]:
        """Answers (T', N, K) as texts, up to the first blank."""
        ids = np.argmax(np.where(np.isnan(outputs), -np.inf, outputs), axis=-1)
        return ["".join(alphabet[one] for one in column).split(BLANK)[0] for column in ids.T]

    @abstractmethod
    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """A few lines for the command line."""


def report_lines(told: Sequence[str], batch: Batch) -> list[str]:
    """The first few sources with the answers to them; a wrong one is followed by the right one."""
    lines = []
    for (source, truth), answer in zip(batch.about["texts"][:_REPORTED].tolist(), told, strict=False):
        if source:
            lines.append(f"{source} -> {answer}" + ("" if answer == truth else f" (not {truth})"))
    return lines


def numbered(texts: Sequence[str], alphabet: str, length: int) -> Array:
    """(n, length) ids of texts, filled up with blanks."""
    padded = np.array([text.ljust(length) for text in texts], dtype=f"<U{length}")
    codes = padded.view(np.uint32).reshape(len(texts), length)
    table = np.zeros(max(map(ord, alphabet)) + 1, dtype=np.int64)
    for number, character in enumerate(alphabet):
        table[ord(character)] = number
    return table[codes]


@lru_cache(maxsize=4)
def _order(seed: int, epoch: int, count: int) -> Array:
    """The order of an epoch."""
    return generator(seed, "epoch", epoch).permutation(count)
