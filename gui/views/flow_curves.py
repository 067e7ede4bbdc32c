"""How large the gradient is at each time step, as far as the cursor has revealed it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.tensor import Role
from gui.views.tape_series import Quantity, TapeSeries, series_on

Norms = NDArray[np.float64]


class FlowCurve:
    """The norm over batch and units of the loss's gradient by one series, for t = 1 … T.

    Attributes:
        quantity: whose gradient.
    """

    def __init__(self, tape: Tape, quantity: Quantity) -> None:
        self.quantity = quantity
        self._tape = tape
        series = quantity.series
        entries = series.entries[1 - series.first :]
        none = [len(tape)]
        totals = [tape.gradient_totals.get(int(entry), none) for entry in entries]
        self._first = np.array([total[0] for total in totals])
        self._last = np.array([total[-1] for total in totals])
        self._norms: dict[int, float] = {}

    def revealed(self, cursor: Cursor) -> NDArray[np.bool_]:
        """(T,): whether some of the gradient has arrived."""
        return self._first < cursor.position

    def whole(self, cursor: Cursor) -> NDArray[np.bool_]:
        """(T,): whether all of it has arrived."""
        return self._last < cursor.position

    def norms(self, cursor: Cursor) -> Norms:
        """(T,): the norm so far; -1 where nothing is revealed. NaN and infinity are real."""
        made = np.full(len(self._first), -1.0)
        whole = self.whole(cursor)
        for at in np.flatnonzero(self.revealed(cursor)):
            entry = int(self._last[at]) if whole[at] else self.quantity.shown(cursor, int(at) + 1)
            if entry is not None:
                made[at] = self._norm(entry)
        return made

    def _norm(self, entry: int) -> float:
        found = self._norms.get(entry)
        if found is None:
            with np.errstate(all="ignore"):
                found = self._norms[entry] = float(np.linalg.norm(self._tape.steps[entry].value))
        return found


@dataclass(frozen=True)
class Recurrence:
    """A recurrent state of a tape and what its gradient passes.

    Attributes:
        state: such as z.
        input: what the activation is applied to, such as u.
        activation: the operation's name.
        weight: name of the square parameter between a state and the next; None if there is none.
    """

    state: TapeSeries
    input: TapeSeries
    activation: str
    weight: str | None


def recurrence(tape: Tape) -> Recurrence | None:
    """The first state that is an activation of a named value; None if the tape has none."""
    found = series_on(tape)
    for state in found:
        step = tape.steps[int(state.entries[-1])]
        if state.role is not Role.STATE or step.operation is None or not step.inputs:
            continue
        source = step.inputs[0].index
        before = next((one for one in found if int(one.entries[-1]) == source), None)
        if before is not None:
            return Recurrence(state, before, step.operation.name, _recurrent_weight(tape, state))
    return None


def _recurrent_weight(tape: Tape, state: TapeSeries) -> str | None:
    earlier = {int(entry) for entry in state.entries[:-1]}
    for step in tape.steps[: tape.backward_start]:
        inputs = step.inputs
        if len(inputs) == 2 and inputs[0].index in earlier and inputs[1].role is Role.PARAMETER:
            shape = np.shape(inputs[1].value)
            if len(shape) == 2 and shape[0] == shape[1]:
                return inputs[1].symbol
    return None
