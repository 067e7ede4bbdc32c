"""Which words the step at the cursor works with: those read, the right one, and the wrong ones. Knows no widgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import time_of
from engine.analysis.word_vectors import WordTable
from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.tensor import Role, Tensor


@dataclass(frozen=True, slots=True)
class WordsInUse:
    """Ids of words, of one sequence.

    Attributes:
        read: what the network reads.
        right: what it should say.
        wrong: candidates that it should not say.
    """

    read: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """All of them."""
        return self.read + self.right + self.wrong


class WordsOfTape:
    """The ids that a tape was given, by time step."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._given: dict[int | None, list[Tensor]] = {}
        for step in tape.steps[: tape.backward_start]:
            if step.is_given and step.role in (Role.INPUT, Role.TARGET):
                self._given.setdefault(time_of(step), []).append(step)

    @property
    def sequences(self) -> int:
        """How many sequences there are."""
        steps = next(iter(self._given.values()), [])
        return min((step.shape[0] for step in steps if step.shape), default=1)

    def at(self, cursor: Cursor, index: int | None, sequence: int, table: WordTable) -> WordsInUse:
        """The words of a table and a sequence at the time step of a step, as far as the cursor has come."""
        if index is None:
            return WordsInUse()
        given = [step for step in self._given.get(time_of(self._tape[index]), []) if cursor.revealed(step.index)]
        read, right, wrong = list[int](), list[int](), list[int]()
        for step in given:
            ids = _ids(step, sequence)
            if ids is None or not (table.are_answers if step.role is Role.TARGET else table.are_inputs):
                continue
            marks = _marks_of(step, given, sequence)
            if marks is not None:
                right += ids[marks > 0].tolist()
                wrong += ids[~(marks > 0)].tolist()
            else:
                (right if step.role is Role.TARGET else read).extend(ids.tolist())
        return WordsInUse(*(tuple(dict.fromkeys(one for one in ids if one >= 0)) for ids in (read, right, wrong)))


def _ids(step: Tensor, sequence: int) -> np.ndarray | None:
    value = np.asarray(step.value)
    if not _is_whole(step) or not value.ndim or sequence >= len(value):
        return None
    return np.atleast_1d(value[sequence]).ravel()


def _marks_of(step: Tensor, given: list[Tensor], sequence: int) -> np.ndarray | None:
    """Which of some candidates are right; None if these are none: marks follow right after their candidates."""
    after = given[given.index(step) + 1 :]
    marks = next((other for other in after if other.role is Role.TARGET), None)
    if marks is None or marks.shape != step.shape or marks is not after[0] or _is_whole(marks):
        return None
    return np.atleast_1d(np.asarray(marks.value)[sequence]).ravel()


def _is_whole(step: Tensor) -> bool:
    return np.issubdtype(np.asarray(step.value).dtype, np.integer)
