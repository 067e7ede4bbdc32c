"""How large the gradient is at each time step, as far as the cursor has revealed it."""

from __future__ import annotations

import bisect

import numpy as np
from numpy.typing import NDArray

from engine.debugger.cursor import Cursor
from engine.tape import Tape
from gui.views.tape_series import Quantity

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
        self._arrivals = sorted(entry for total in totals for entry in total)
        self._norms: dict[int, float] = {}
        self._known: tuple[int, Norms] | None = None

    def arrived(self, cursor: Cursor) -> int:
        """How many sums have been revealed: what is shown changes with it alone."""
        return bisect.bisect_left(self._arrivals, cursor.position)

    @property
    def gets_gradient(self) -> NDArray[np.bool_]:
        """(T,): whether any arrives in the end."""
        return self._first < len(self._tape)

    def revealed(self, cursor: Cursor) -> NDArray[np.bool_]:
        """(T,): whether some of the gradient has arrived."""
        return self._first < cursor.position

    def whole(self, cursor: Cursor) -> NDArray[np.bool_]:
        """(T,): whether all of it has arrived."""
        return self._last < cursor.position

    def norms(self, cursor: Cursor) -> Norms:
        """(T,): the norm so far; -1 where nothing is revealed. NaN and infinity are real."""
        arrived = self.arrived(cursor)
        if self._known is None or self._known[0] != arrived:
            self._known = arrived, self._measured(cursor)
        return self._known[1]

    def all_norms(self) -> Norms:
        """(T,): the norm of the whole gradient, revealed or not; 0 where none arrives."""
        return np.array([0.0 if last >= len(self._tape) else self._norm(last) for last in self._last.tolist()])

    def _measured(self, cursor: Cursor) -> Norms:
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
