"""A sentence with a hidden word as it stands on a tape, and what is guessed in its place. Knows no Qt."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from engine.analysis.series import first_indices, time_of
from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.task import Batch
from engine.tasks.text import likeliest
from engine.tensor import Array, Role
from engine.text.corpus import Corpus
from engine.text.hidden_word import expected_hidden
from gui.views.text_reading import Chance, brief


class MaskedReading:
    """Row ``row`` of a batch of masked words.

    Attributes:
        place: which word is hidden, from 0.
        words: the sentence, the hidden word among them.
    """

    def __init__(self, tape: Tape, text: Corpus, batch: Batch, row: int) -> None:
        self._text, self._row = text, row
        self._ids = [int(one) for one in batch.about["sentence"][row] if one >= 0]
        self.place = int(batch.about["place"][row])
        self._spelled = text.vocabulary.read(self._ids)
        self.words = [brief(word) for word in self._spelled]
        self._entry, self._block = self._output(tape, batch)

    @property
    def output(self) -> int:
        """The tape index of the guess."""
        return self._entry

    @cached_property
    def expected(self) -> dict[str, float] | None:
        """What the grammar expects in place of the hidden word; None where that is not known."""
        return expected_hidden(self._text, self._spelled, self.place) or None

    def guess(self, cursor: Cursor) -> str | None:
        """The likeliest word; None where the cursor has not passed."""
        found = self._probabilities(cursor)
        return None if found is None else brief(self._text.vocabulary.words[likeliest(found, 1)[0]])

    def chances(self, cursor: Cursor, most: int) -> list[Chance] | None:
        """The likeliest words, and the hidden one, if it is not among them, last; None before they are computed."""
        found = self._probabilities(cursor)
        if found is None:
            return None
        hidden, words = self._ids[self.place], self._text.vocabulary.words
        top = likeliest(found, most).tolist()
        if hidden not in top:
            top[-1] = hidden
        known = self.expected
        return [
            Chance(brief(words[one]), float(found[one]), None if known is None else known.get(words[one], 0.0),
                   one == hidden)
            for one in top
        ]  # fmt: skip

    def _probabilities(self, cursor: Cursor) -> Array | None:
        value = cursor.value(self._entry)
        return None if value is None else np.asarray(value)[self._block + self._row]

    def _output(self, tape: Tape, batch: Batch) -> tuple[int, int]:
        """The entry with the answer at the hidden word's time step, and where this time step's rows begin in it."""
        by_time = first_indices(tape, Role.OUTPUT)
        if by_time:
            return by_time[self.place + 1], 0
        # A read-out over all time steps at once has its rows in the order of time.
        entry = next(step for step in tape.steps if step.role is Role.OUTPUT and time_of(step) is None)
        return entry.index, self.place * batch.size
