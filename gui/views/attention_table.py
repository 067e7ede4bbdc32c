"""Where on a tape attention looks: for every step that asks, its scores and weights over the source. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import indices
from engine.debugger.cursor import Cursor
from engine.ops.masks import masked_fill
from engine.tape import Tape
from engine.tensor import Role


@dataclass(frozen=True, eq=False)
class AttentionTable:
    """The attention of one place in a network; a row for each step that asks, a column for each of the source.

    Attributes:
        place: where it is, and its letter, where there are several; else its letter.
        times: the time step of each row, ascending.
        weights: the tape index of each row's weights (N, T).
        scores: of what went into their softmax, (N, T); where the source is masked, it is −∞.
        batch, width: N and T.
    """

    place: str
    times: tuple[int, ...]
    weights: tuple[int, ...]
    scores: tuple[int, ...]
    batch: int
    width: int


@dataclass(frozen=True, eq=False)
class AttentionRows:
    """One sequence of such a table: its scores or its weights, or the loss's gradient by them.

    Attributes:
        table: where they stand.
        tape: the recording.
        before: whether the scores are meant, before the softmax.
        gradient: whether the gradient is.
        sequence: row of the batch, from 0.
    """

    table: AttentionTable
    tape: Tape
    before: bool = False
    gradient: bool = False
    sequence: int = 0

    @property
    def key(self) -> tuple[str, bool, bool, int]:
        """What is shown, apart from the tape."""
        return self.table.place, self.before, self.gradient, self.sequence

    def value_entry(self, row: int) -> int:
        """The tape index of the scores or weights."""
        return (self.table.scores if self.before else self.table.weights)[row]

    def target(self, row: int) -> int | None:
        """The tape index that holds the numbers in the end; None where no gradient arrives."""
        entry = self.value_entry(row)
        if not self.gradient:
            return entry
        totals = self.tape.gradient_totals.get(entry)
        return totals[-1] if totals else None

    def shown(self, row: int, cursor: Cursor) -> int | None:
        """The tape index of the numbers as far as revealed; None while nothing is."""
        entry = self.value_entry(row)
        if self.gradient:
            return cursor.gradient_entry(entry)
        return entry if cursor.revealed(entry) else None

    def numbers(self, entry: int) -> NDArray[np.float64]:
        """The numbers (T,) of an entry."""
        return np.asarray(self.tape.steps[entry].value)[self.sequence].astype(float)

    def masked(self, row: int) -> NDArray[np.bool_]:
        """(T,), where the source is masked."""
        step = self.tape.steps[self.table.scores[row]]
        if step.operation is None or step.operation.name != masked_fill.__name__:
            return np.zeros(self.table.width, dtype=bool)
        mask = np.broadcast_to(np.asarray(step.inputs[1].value), step.shape)
        return mask[self.sequence] != 0


def attention_tables(tape: Tape) -> list[AttentionTable]:
    """Every attention on a tape, in the order of the first step that asks."""
    found = []
    for place, by_time in indices(tape, Role.ATTENTION).items():
        times = tuple(sorted(by_time))
        weights = tuple(by_time[t] for t in times)
        shapes = {tape.steps[entry].shape for entry in weights}
        if len(shapes) == 1 and len(shape := next(iter(shapes))) == 2:
            scores = tuple(tape.steps[entry].inputs[0].index for entry in weights)
            found.append(AttentionTable(place, times, weights, scores, *shape))
    return found
