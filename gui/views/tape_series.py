"""What on a tape has a value at every time step: the series a view over time can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import time_of
from engine.debugger.cursor import Cursor
from engine.ops.activations import stop_gradient
from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from engine.tensor import Role
from gui.notation.labels import Labels

_ONE_AFTER_THE_OTHER = ("encoder", "decoder")
"""Parts of a model that share no time step."""


@dataclass(frozen=True, eq=False)
class TapeSeries:
    """A named entry of every time step.

    Attributes:
        symbol: such as ``z``.
        place: the scopes besides time, where two places share the symbol; else empty.
        role: of the entries.
        first: time of the first entry: 0 where an initial value was given, else 1.
        entries: tape indices by time from ``first`` on, -1 where there is none.
        batch, width: N and the number of units.
        scope: of the last entry.
    """

    symbol: str
    place: str
    role: Role
    first: int
    entries: NDArray[np.int64]
    batch: int
    width: int
    scope: Scope

    @property
    def last(self) -> int:
        """The last time step."""
        return self.first + len(self.entries) - 1

    def entry(self, t: int) -> int | None:
        """The tape index at a time step; None where there is none."""
        found = int(self.entries[t - self.first]) if self.first <= t <= self.last else -1
        return None if found < 0 else found


@dataclass(frozen=True, eq=False)
class Quantity:
    """A series, or the loss's gradient by it, with the names of a notation."""

    series: TapeSeries
    gradient: bool
    labels: Labels

    @property
    def key(self) -> tuple[str, str, bool]:
        """What stays the same from tape to tape."""
        return self.series.place, self.series.symbol, self.gradient

    def latex(self, time: str = "t") -> str:
        """Its name at a time step, such as ``z^{t}`` or ``\\delta^{3}``; without the time for an empty one."""
        series, labels = self.series, self.labels
        if self.gradient:
            return labels.gradient_alone(series.symbol, series.role, series.scope, time)
        return labels.timed(labels.letter(series.symbol, series.role, series.scope), time).latex

    def target(self, tape: Tape, t: int) -> int | None:
        """The tape index that holds it in the end, revealed or not."""
        entry = self.series.entry(t)
        if entry is None or not self.gradient:
            return entry
        totals = tape.gradient_totals.get(entry)
        return totals[-1] if totals else None

    def shown(self, cursor: Cursor, t: int) -> int | None:
        """The tape index that holds it as far as revealed; None if nothing is."""
        entry = self.series.entry(t)
        if entry is None:
            return None
        if self.gradient:
            return cursor.gradient_entry(entry)
        return entry if cursor.revealed(entry) else None


def quantities(tape: Tape, labels: Labels | None = None) -> list[Quantity]:
    """What can be shown over time: values in the order of the tape with states first, then gradients.

    Args:
        labels: the notation's names of the tape; by default the lesson's own.
    """
    labels = labels or Labels(tape)
    found = sorted(series_on(tape), key=lambda series: series.role is not Role.STATE)
    differentiated = [one for one in found if any(int(entry) in tape.gradient_totals for entry in one.entries)]
    scalars = [one for one in differentiated if one.role is not Role.LOSS]
    return [Quantity(one, False, labels) for one in found] + [Quantity(one, True, labels) for one in scalars]


def series_on(tape: Tape) -> list[TapeSeries]:
    """Every symbol that has an entry at each time step, in the order of the first one.

    What an encoder and a decoder have under one name is one series. Where no state is there at each time step, as with
    an encoder in two directions, it is also the states that are there at several.
    """
    times: dict[tuple[str, str], dict[int, int]] = {}
    length = 0
    for index in range(tape.backward_start):
        step = tape.steps[index]
        t = time_of(step)
        length = max(length, t or 0)
        if not step.symbol or (step.operation is not None and step.operation.name == stop_gradient.__name__):
            continue
        if t is None and step.role is not Role.STATE:
            continue
        times.setdefault((_place(step.scope), step.symbol), {})[t or 0] = index
    initial = {symbol: by_time for (place, symbol), by_time in times.items() if set(by_time) == {0}}
    found = {key: by_time for key, by_time in times.items() if set(range(1, length + 1)) <= set(by_time)}
    if not any(_is_state(tape, by_time) for by_time in found.values()):
        found |= {key: by_time for key, by_time in times.items() if len(by_time) > 1 and _is_state(tape, by_time)}
    symbols = [symbol for _, symbol in found]
    made = []
    for (place, symbol), by_time in found.items():
        start = initial.get(symbol) if symbols.count(symbol) == 1 else None
        by_time = {**(start or {}), **by_time}
        made.append(_series(tape, symbol, place if symbols.count(symbol) > 1 else "", by_time, length))
    return made


def truncation_cuts(tape: Tape) -> list[int]:
    """The time steps before which the gradient is cut."""
    return [
        t
        for step in tape.steps[: tape.backward_start]
        if step.operation is not None and step.operation.name == stop_gradient.__name__
        and (t := time_of(step)) is not None
    ]  # fmt: skip


def _series(tape: Tape, symbol: str, place: str, by_time: dict[int, int], length: int) -> TapeSeries:
    first = 0 if 0 in by_time else 1
    entries = np.array([by_time.get(t, -1) for t in range(first, length + 1)], dtype=np.int64)
    last = tape.steps[by_time[max(by_time)]]
    shape = np.atleast_2d(np.asarray(last.value)).shape
    return TapeSeries(symbol, place, last.role, first, entries, shape[0], int(np.prod(shape[1:])), last.scope)


def _is_state(tape: Tape, by_time: dict[int, int]) -> bool:
    return tape.steps[by_time[max(by_time)]].role is Role.STATE


def _place(scope: Scope) -> str:
    return "/".join(
        one.name for one in scope.line() if one.kind is not ScopeKind.TIME and one.name not in _ONE_AFTER_THE_OTHER
    )
