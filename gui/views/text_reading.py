"""A row of a language model's batch as it stands on a tape: words, what is foretold, how probable the truth was.
Knows no Qt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.analysis.series import first_indices, time_of
from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.tasks.text import likeliest, perplexity
from engine.tensor import Array, Role
from engine.text.corpus import Corpus, expected_along

_LONGEST = 60


@dataclass(frozen=True)
class Chance:
    """A token that may come next.

    Attributes:
        word: the token.
        probability: as the network has it.
        true: as the grammar has it; None where that is not known.
        comes: whether it is the one that does come.
    """

    word: str
    probability: float
    true: float | None
    comes: bool = False


@dataclass(frozen=True)
class Standing:
    """How a row has been foretold so far.

    Attributes:
        words: how many next words have been foretold.
        network: perplexity of the network over them.
        grammar: perplexity of the grammar itself over the same words; None where that is not known.
    """

    words: int
    network: float
    grammar: float | None


class TextReading:
    """Row ``row`` of the batch.

    Attributes:
        words: the words read, time step 1 first.
        following: the word after each.
    """

    def __init__(self, tape: Tape, corpus: Corpus, row: int, start: int) -> None:
        """``start`` is where the row begins in the corpus."""
        self._corpus, self._row, self._start = corpus, row, start
        self._inputs, self._rows = _entries(tape, Role.INPUT)
        self._targets, _ = _entries(tape, Role.TARGET)
        self._outputs, _ = _entries(tape, Role.OUTPUT)
        self._read = [self._at(tape, self._inputs, t) for t in range(len(self._inputs))]
        self._true = [self._at(tape, self._targets, t) for t in range(len(self._targets))]
        self._following = corpus.vocabulary.read(self._true)
        self.words = [brief(word) for word in corpus.vocabulary.read(self._read)]
        self.following = [brief(word) for word in self._following]

    @property
    def rows(self) -> int:
        """Number of rows of the batch."""
        return self._rows

    def __len__(self) -> int:
        return len(self.words)

    def output(self, time: int) -> int:
        """The tape index of the output of a time step."""
        return self._outputs[time - 1][0]

    @cached_property
    def expected(self) -> list[dict[str, float]] | None:
        """What the grammar expects after each word; None where that is not known."""
        if self._corpus.grammar is None:
            return None
        return expected_along(self._corpus, self._start, len(self))

    def revealed(self, cursor: Cursor) -> int:
        """How many time steps have been answered as far as the cursor has come."""
        return sum(cursor.revealed(entry) for entry, _ in self._outputs)

    def probabilities(self, cursor: Cursor, time: int) -> Array | None:
        """The output (V,) of a time step; None where the cursor has not passed."""
        entry, block = self._outputs[time - 1]
        value = cursor.value(entry)
        if value is None:
            return None
        found: Array = np.asarray(value)[block + self._row]
        return found

    def given(self, cursor: Cursor, time: int) -> float | None:
        """The probability that was given to the word that did come."""
        found = self.probabilities(cursor, time)
        return None if found is None else float(found[self._true[time - 1]])

    def true(self, time: int) -> float | None:
        """The probability that the grammar gives to it."""
        return None if self.expected is None else self.expected[time - 1].get(self._following[time - 1], 0.0)

    def guess(self, cursor: Cursor, time: int) -> str | None:
        """The likeliest word; None where the cursor has not passed."""
        found = self.probabilities(cursor, time)
        return None if found is None else brief(self._corpus.vocabulary.words[likeliest(found, 1)[0]])

    def chances(self, cursor: Cursor, time: int, most: int) -> list[Chance] | None:
        """The likeliest words after a time step, and the one that comes, if it is not among them, last."""
        found = self.probabilities(cursor, time)
        if found is None:
            return None
        comes = self._true[time - 1]
        top = likeliest(found, most).tolist()
        if comes not in top:
            top[-1] = comes
        expected = None if self.expected is None else self.expected[time - 1]
        words = self._corpus.vocabulary.words
        return [
            Chance(brief(words[one]), float(found[one]), None if expected is None else expected.get(words[one], 0.0),
                   one == comes)
            for one in top
        ]  # fmt: skip

    def standing(self, cursor: Cursor) -> Standing | None:
        """The perplexity over all that is answered; None while nothing is."""
        times = [time for time in range(1, len(self) + 1) if cursor.revealed(self.output(time))]
        if not times:
            return None
        given = [self.given(cursor, time) or 0.0 for time in times]
        true = [chance for time in times if (chance := self.true(time)) is not None]
        return Standing(len(times), _perplexity(given), _perplexity(true) if true else None)

    def _at(self, tape: Tape, entries: list[tuple[int, int]], time: int) -> int:
        entry, block = entries[time]
        return int(np.asarray(tape[entry].value)[block + self._row])


def _perplexity(chances: list[float]) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return perplexity(float(-np.log(chances).mean()))


def _entries(tape: Tape, role: Role) -> tuple[list[tuple[int, int]], int]:
    """For each time step the entry of a role and where its rows begin in it; and the number of rows.

    Embedding and read-out may be one operation over all time steps, whose rows are in the order of time.
    """
    by_time = first_indices(tape, role)
    if by_time:
        return [(by_time[time], 0) for time in sorted(by_time)], len(tape[by_time[1]].value)
    entry = next(step for step in tape.steps if step.role is role)
    length = max(time for step in tape.steps[: tape.backward_start] if (time := time_of(step)) is not None)
    rows = len(entry.value) // length
    return [(entry.index, time * rows) for time in range(length)], rows


def brief(word: str) -> str:
    """A word as far as anybody reads it: a file may have words of a million letters."""
    return word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "…"


def shown(chance: float) -> str:
    """A probability: ``0.42``, ``<0.01``; ``NaN`` as it is."""
    if not math.isfinite(chance):
        return "NaN"
    return f"{chance:.2f}" if chance >= 0.005 or chance == 0 else "<0.01"
