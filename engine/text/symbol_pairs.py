"""Pairs of short texts in symbols, a source and the answer to it: what sequence-to-sequence models learn.

A fixed set is drawn from the seed, a tenth of it held out; the rest is shuffled anew for every epoch. Symbol 0 fills
up sources and answers; the last symbol of answers is the start, which the decoder reads first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from engine.epochs import rows_of_epoch
from engine.ops.lookups import NOTHING
from engine.scoring import chosen, score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.text.tokens import joined
from engine.text.typed_text import Typed, TypedTextError

BLANK, SHOWN_BLANK = " ", "␣"
READ, MASKED = "read", "masked"
BLANK_ID = 0
_REPORTED = 3

BATCH = Setting("batch", SettingKind.INTEGER, 128, "Number of sequences in one iteration.", 1, 4096)
REVERSED = Setting("reversed", SettingKind.SWITCH, True, "Whether the source is read from its end.")
PADDING = Setting(
    "padding", SettingKind.CHOICE, READ,
    "Blanks at the end of shorter texts: read like other symbols, or masked.", choices=(READ, MASKED),
)  # fmt: skip
PAIR_SETTINGS = (
    BATCH,
    Setting(
        "examples", SettingKind.INTEGER, 50_000, "Number of different examples; a tenth of them is held out.",
        10, 1_000_000,
    ),
    REVERSED,
    PADDING,
)  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Ids of pairs.

    Attributes:
        sources: (n, T).
        answers: (n, T'), without the start.
        held_out: how many of them, at the end, are not learned.
    """

    sources: Array
    answers: Array
    held_out: int

    @property
    def learned(self) -> int:
        """How many are learned."""
        return len(self.sources) - self.held_out


class SymbolPairs(ABC):
    """A task of such pairs. What they are is said by those who derive from it."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name in lesson files."""

    @abstractmethod
    def symbols(self, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The symbols of sources and of answers: the blank the first of each, the start the last of answers."""

    @abstractmethod
    def lengths(self, settings: Settings) -> tuple[int, int]:
        """Symbols of the longest source, and of the longest answer without the start."""

    @abstractmethod
    def pairs(self, settings: Settings) -> Pairs:
        """All examples."""

    def way(self, settings: Settings) -> str:
        """How texts are cut into symbols, one of ``engine.text.tokens.CUTS``."""
        return "character"

    def cut(self, text: str, settings: Settings) -> list[str]:
        """The symbols of a source that somebody typed, known or not."""
        return list(text)

    def unknown(self, settings: Settings) -> int | None:
        """The id that a source's unknown symbols have; None where all must be known."""
        return None

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols of sources; a blank can be seen."""
        return tuple(SHOWN_BLANK if one == BLANK else one for one in self.symbols(settings)[0])

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols of answers."""
        return tuple(SHOWN_BLANK if one == BLANK else one for one in self.symbols(settings)[1])

    def sizes(self, settings: Settings) -> Sizes:
        """Symbols in, symbols out."""
        sources, answers = self.symbols(settings)
        return Sizes(
            len(sources), len(answers), sum(self.lengths(settings)), Answer.CLASSES, vocabulary=True,
            start=len(answers) - 1, end=BLANK_ID,
        )  # fmt: skip

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """The next of the epoch's order; examples that do not fill a batch are left out until the next epoch."""
        pairs = self.pairs(settings)
        return self._batch(settings, rows_of_epoch(settings, iteration, pairs.learned), random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """What was held out."""
        pairs = self.pairs(settings)
        return self._batch(settings, np.arange(pairs.learned, len(pairs.sources)), random)

    def _batch(self, settings: Settings, rows: Array, random: np.random.Generator) -> Batch:
        pairs = self.pairs(settings)
        sources, answers = pairs.sources[rows].T, pairs.answers[rows].T
        return self._read(settings, sources, answers, self._texts(settings, rows), random.random(answers.shape[::-1]))

    def _read(self, settings: Settings, sources: Array, answers: Array, texts: Array, chance: Array) -> Batch:
        """A batch of sources (T, N) and answers (T', N) as the settings let them be read and asked."""
        names = np.array(self.symbols(settings)[1], dtype=object)
        about = {
            "texts": texts, "chance": chance, "cut": np.full(len(texts), self.way(settings)),
            "names": np.broadcast_to(names, (len(texts), len(names))),
        }  # fmt: skip
        onward = -1 if settings.switch("reversed") else 1
        if settings.text("padding") == READ:
            return Batch({"x": sources[::onward]}, {"d": answers}, about)
        # Blanks between words are no padding: something comes after them.
        real = np.cumsum((sources != BLANK_ID)[::-1], axis=0)[::-1] > 0
        mask = real[::onward].astype(np.dtype(settings.text("dtype")))
        # The blank after an answer is its end, and is asked for.
        before = np.vstack([np.ones((1, len(texts)), dtype=bool), answers[:-1] != BLANK_ID])
        asked = np.where(before, answers, NOTHING)
        read = np.where(real, sources, NOTHING)[::onward]
        return Batch({"x": read}, {"d": asked}, about, None if mask.all() else mask)

    def _texts(self, settings: Settings, rows: Array) -> Array:
        """(N, 2): source and answer as they are read by people; only of the first few rows, which are told of."""
        pairs = self.pairs(settings)
        (sources, answers), way = self.symbols(settings), self.way(settings)
        told = [
            (_written(pairs.sources[row], sources, way), _told(pairs.answers[row], answers, way))
            for row in rows[:_REPORTED]
        ]
        made = np.full((len(rows), 2), "", dtype=f"<U{max(1, max(len(text) for pair in told for text in pair))}")
        made[: len(told)] = told
        return made

    def typed(self, text: str, settings: Settings) -> Typed:
        """A batch of one source that somebody typed; its answer is not known, and blank.

        Raises:
            TypedTextError: it has symbols that are not known, or too many.
        """
        pieces, names = self.cut(text.strip(), settings), self.symbols(settings)[0]
        known = _numbers(names)
        missing = tuple(dict.fromkeys(piece for piece in pieces if piece not in known))
        stand_in, (most, answer_length) = self.unknown(settings), self.lengths(settings)
        if missing and stand_in is None:
            raise TypedTextError("Not known here: {symbols}.", symbols=" ".join(missing[:20]))
        if len(pieces) > most:
            raise TypedTextError("Too long: {count} symbols, and at most {most} fit.", count=len(pieces), most=most)
        ids = [known.get(piece, stand_in or BLANK_ID) for piece in pieces]
        source = np.array(ids + [BLANK_ID] * (most - len(ids)), dtype=np.int64)[:, np.newaxis]
        answer = np.full((answer_length, 1), BLANK_ID, dtype=np.int64)
        batch = self._read(settings, source, answer, np.array([[text, ""]]), np.zeros((1, answer_length)))
        return Typed(batch, missing)

    def source_text(self, ids: Iterable[int], settings: Settings) -> str:
        """Ids (T,) of a source, as they are read, as a text."""
        read = list(ids)[:: -1 if settings.switch("reversed") else 1]
        return _written(read, self.symbols(settings)[0], self.way(settings))

    def answer_text(self, ids: Iterable[int], settings: Settings) -> str:
        """Ids (T',) of an answer as a text, up to the first blank."""
        return _told(ids, self.symbols(settings)[1], self.way(settings))

    def symbol_counts(self, settings: Settings) -> tuple[Array, Array]:
        """How often each symbol is in the sources, and in the answers, that are learned."""
        pairs, (sources, answers) = self.pairs(settings), self.symbols(settings)
        return (
            np.bincount(pairs.sources[: pairs.learned].ravel(), minlength=len(sources)),
            np.bincount(pairs.answers[: pairs.learned].ravel(), minlength=len(answers)),
        )

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is an answer that is so in every symbol."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first few sources with the answers (T', N, K) to them; a wrong one is followed by the right one."""
        lines, ids = [], chosen(outputs)
        names, way = batch.about["names"][0], str(batch.about["cut"][0])
        for (source, truth), column in zip(batch.about["texts"][:_REPORTED].tolist(), ids.T, strict=False):
            answer = _told(column, names, way)
            if source:
                lines.append(f"{source} -> {answer}" + ("" if answer == truth else f" (not {truth})"))
        return lines


def _written(ids: Iterable[int], names: Sequence[str], way: str) -> str:
    """A source in the order of writing as a text, without what it is filled up with."""
    read = [int(one) for one in ids if one >= 0]
    while read and read[-1] == BLANK_ID:
        read.pop()
    return joined([names[one] for one in read], way)


def _told(ids: Iterable[int], names: Sequence[str], way: str) -> str:
    """An answer as a text, up to the first blank."""
    return joined([names[one] for one in takewhile(lambda one: one > BLANK_ID, ids)], way)


def _numbers(names: Sequence[str]) -> dict[str, int]:
    """Id by symbol; the first, which is the blank, only where people can write it."""
    return {name: number for number, name in enumerate(names) if number or len(name) == 1}
