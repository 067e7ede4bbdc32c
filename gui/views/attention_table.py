"""Where on a tape attention looks: for whatever asks, its scores and weights over what is looked at. Knows no Qt.

Attention of a recurrent decoder is one entry (N, S) at each time step. Multi-head attention is (N, heads, T', S): once
for all positions, or at each time step with T' = 1, and there an S that may grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import time_of
from engine.debugger.cursor import Cursor
from engine.edits import Position, computed, is_forced
from engine.ops.masks import masked_fill
from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.views.attention_stacks import Stacks, stacks_of

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class AttentionTable:
    """The attention of one place in a network; a row for whatever asks, a column for all that is looked at.

    Attributes:
        place: where it is, and its letter, where there are several; else its letter.
        path: where it is: the names of its scopes but for time steps.
        times: the number of each row: of its time step, or of its position, from 1.
        timed: whether these are time steps.
        weights: the tape index of each row's weights.
        scores: of what went into their softmax; where the source is masked, it is −∞.
        within: which row of its entry each row is; None where entries are (N, S).
        batch, heads, width: N, the number of heads, 0 without, and the largest S.
        stacks: what asks and what is looked at.
    """

    place: str
    path: str
    times: tuple[int, ...]
    timed: bool
    weights: tuple[int, ...]
    scores: tuple[int, ...]
    within: tuple[int | None, ...]
    batch: int
    heads: int
    width: int
    stacks: Stacks


@dataclass(frozen=True, eq=False)
class AttentionRows:
    """One sequence of such a table, and one of its heads: scores or weights, or the loss's gradient by them.

    Attributes:
        table: where they stand.
        tape: the recording.
        before: whether the scores are meant, before the softmax.
        gradient: whether the gradient is.
        sequence: row of the batch, from 0.
        head: from 0; None for the mean over all heads, or where there are none.
    """

    table: AttentionTable
    tape: Tape
    before: bool = False
    gradient: bool = False
    sequence: int = 0
    head: int | None = None

    @property
    def key(self) -> tuple[str, bool, bool, int, int | None]:
        """What is shown, apart from the tape."""
        return self.table.place, self.before, self.gradient, self.sequence, self.head

    @property
    def name(self) -> str:
        """The letter of what is meant."""
        letter = "s" if self.before else "a"
        return f"∂E/∂{letter}" if self.gradient else letter

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

    def numbers(self, entry: int, row: int) -> Numbers:
        """The numbers (S,) of a row in an entry, NaN beyond what it looks at."""
        return self._of_row(np.asarray(self.tape.steps[entry].value), row)

    def unit(self, row: int, column: int) -> int | None:
        """The unit of a cell, as hovering counts them; None where an entry has more than one row."""
        return column if self.table.within[row] is None else None

    def position(self, row: int, column: int) -> Position:
        """Where a cell is in its entry; in the first head, if it is of none."""
        within = self.table.within[row]
        inner = () if within is None else (within,)
        head = (self.head or 0,) if self.table.heads else ()
        return (self.sequence, *head, *inner, column)

    def masked(self, row: int) -> Marks:
        """(S,), where nothing can be looked at, and no number is forced."""
        step, everywhere = self.tape.steps[self.table.scores[row]], self._beyond(row)
        if step.operation is None or step.operation.name != masked_fill.__name__:
            return everywhere
        mask = np.broadcast_to(np.asarray(step.inputs[1].value) != 0, step.shape)
        filled = self._of_row(mask, row) == 1
        return np.asarray((filled & ~self.forced(row)) | everywhere)

    def forced(self, row: int) -> Marks:
        """(S,), where a number was forced upon a weight."""
        step = self.tape.steps[self.table.weights[row]]
        if not is_forced(step):
            return np.zeros(self.table.width, dtype=bool)
        numbers = self._of_row(np.asarray(step.inputs[1].value), row)
        return np.asarray(np.nan_to_num(numbers) > 0)

    def computed(self, row: int) -> Numbers:
        """The weights (S,) as they would have been without being forced."""
        return self._of_row(np.asarray(computed(self.tape.steps[self.table.weights[row]]).value), row)

    def _shape(self, row: int) -> tuple[int, ...]:
        return self.tape.steps[self.table.weights[row]].shape

    def _beyond(self, row: int) -> Marks:
        return np.arange(self.table.width) >= self._shape(row)[-1]

    def _of_row(self, value: NDArray[np.generic], row: int) -> Numbers:
        """What a value shaped like the row's entry has for the row."""
        chosen = value[self.sequence]
        if self.table.heads:
            chosen = chosen.mean(axis=0) if self.head is None else chosen[self.head]
        if self.table.within[row] is not None:
            chosen = chosen[self.table.within[row]]
        made = np.full(self.table.width, np.nan)
        made[: len(chosen)] = chosen
        return made


def attention_tables(tape: Tape) -> list[AttentionTable]:
    """Every attention on a tape, in the order of the first step that asks."""
    places: dict[tuple[str, str], list[Tensor]] = {}
    for step in tape.steps[: tape.backward_start]:
        if step.role is Role.ATTENTION and len(step.shape) in (2, 3, 4):
            places.setdefault((path_without_time(step.scope), step.symbol), []).append(step)
    symbols = [symbol for _, symbol in places]
    found = []
    for (path, symbol), steps in places.items():
        place = symbol if symbols.count(symbol) == 1 else f"{path}/{symbol}"
        if len({step.shape[:-2] if len(step.shape) > 2 else step.shape for step in steps}) == 1:
            found.append(_table(place, path, steps))
    return found


def path_without_time(scope: Scope) -> str:
    """The names of a scope and those around it, but for time steps."""
    return "/".join(one.name for one in scope.line() if one.kind is not ScopeKind.TIME)


def _table(place: str, path: str, steps: list[Tensor]) -> AttentionTable:
    first = steps[0]
    rows = list(_rows(steps))
    timed = all(time_of(step) is not None for step in steps) and len(rows) == len(steps)
    return AttentionTable(
        place,
        path,
        tuple(time_of(step) or 0 for step, _ in rows) if timed else tuple(range(1, len(rows) + 1)),
        timed,
        tuple(step.index for step, _ in rows),
        tuple(computed(step).inputs[0].index for step, _ in rows),
        tuple(within for _, within in rows),
        first.shape[0],
        first.shape[1] if len(first.shape) == 4 else 0,
        max(step.shape[-1] for step in steps),
        stacks_of(first),
    )


def _rows(steps: list[Tensor]) -> Iterator[tuple[Tensor, int | None]]:
    for step in steps:
        if len(step.shape) == 2:
            yield step, None
        else:
            yield from ((step, within) for within in range(step.shape[-2]))
