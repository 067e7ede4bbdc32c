"""The marks of the timeline: one for every executed step of a tape, with its kind, segment and time step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import time_name
from engine.debugger.cursor import Cursor
from engine.debugger.grain import Grain
from engine.scope import Scope, ScopeKind
from engine.tensor import Role

KINDS = ("forward", "loss", "backward", "update")
"""What a mark stands for, by its code; also the names of the segments."""
_FORWARD, _LOSS, _BACKWARD, _UPDATE = range(len(KINDS))


class Segment(NamedTuple):
    """Marks ``first … last-1`` that stand together: a phase, or the loss at the end of the forward pass."""

    kind: str
    first: int
    last: int


class TimeGroup(NamedTuple):
    """Marks ``first … last-1`` of one time step in one segment."""

    number: int
    first: int
    last: int


class TimelineMarks:
    """What the timeline shows of a tape.

    A rank is a mark's number, from 0; the cursor's rank is the number of marks that it has passed.

    Attributes:
        kinds: (K,) index into KINDS.
        segments: in order, without empty ones.
        groups: the time steps, in order.
        time_name: what counts the time steps, ``t`` or ``node``.
        shades: (K,) 0 or 1, changing from one time step to the next, to tell them apart where marks merge.
    """

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._stops = cursor.stops(Grain.OPERATION)
        self._indices = self._stops[1:] - 1
        tape = cursor.tape
        steps = [tape.steps[index] for index in self._indices.tolist()]
        kinds = np.full(len(steps), _FORWARD)
        kinds[[place for place, step in enumerate(steps) if step.role is Role.LOSS]] = _LOSS
        kinds[self._indices >= tape.backward_start] = _BACKWARD
        kinds[self._indices >= tape.update_start] = _UPDATE
        times = _times([step.scope for step in steps])
        bounds = self._bounds(times)
        kinds[bounds[_LOSS] : bounds[_BACKWARD]] = _LOSS
        self.kinds: NDArray[np.intp] = kinds
        self.segments = [
            Segment(kind, bounds[code], bounds[code + 1])
            for code, kind in enumerate(KINDS)
            if bounds[code] < bounds[code + 1]
        ]
        self.time_name = time_name(tape)
        self.groups, self.shades = _groups(times, bounds)
        self._group_firsts = np.array([group.first for group in self.groups], dtype=np.intp)

    def _bounds(self, times: NDArray[np.intp]) -> list[int]:
        """The first rank of every kind's segment, and the number of marks.

        The loss's segment is what the forward pass does behind its last time step.
        """
        tape = self._cursor.tape
        backward, update = np.searchsorted(self._indices, [tape.backward_start, tape.update_start]).tolist()
        timed = np.flatnonzero(times[:backward])
        loss = int(timed[-1]) + 1 if timed.size else backward
        return [0, loss, backward, update, len(times)]

    def __len__(self) -> int:
        return len(self._indices)

    def rank_of(self, index: int) -> int | None:
        """The mark of a tape entry; None for what was given."""
        rank = int(np.searchsorted(self._indices, index))
        return rank if rank < len(self) and self._indices[rank] == index else None

    def ranks_of(self, indices: tuple[int, ...]) -> NDArray[np.intp]:
        """The marks of executed tape entries."""
        return np.searchsorted(self._indices, indices)

    def index_of(self, rank: int) -> int:
        """The tape entry of a mark."""
        return int(self._indices[rank])

    def position_of(self, rank: int) -> int:
        """The cursor's position when it has passed ``rank`` marks."""
        return int(self._stops[rank])

    def passed(self) -> int:
        """The cursor's rank."""
        return int(np.searchsorted(self._stops, self._cursor.position, side="right")) - 1

    def stops(self, grain: Grain) -> NDArray[np.intp]:
        """The last marks of what one press of a grain passes over."""
        return np.searchsorted(self._stops, self._cursor.stops(grain)[1:]) - 1

    def group_of(self, rank: int) -> TimeGroup | None:
        """The time step that a mark belongs to."""
        place = int(np.searchsorted(self._group_firsts, rank, side="right")) - 1
        return self.groups[place] if place >= 0 and rank < self.groups[place].last else None


def _times(scopes: list[Scope]) -> NDArray[np.intp]:
    """The time step of every scope, 0 outside time; equal scopes are one object, so each is asked once."""
    known: dict[Scope, int] = {}
    for scope in set(scopes):
        time = scope.enclosing(ScopeKind.TIME)
        known[scope] = 0 if time is None or time.number is None else time.number
    return np.array([known[scope] for scope in scopes], dtype=np.intp)


def _groups(times: NDArray[np.intp], bounds: list[int]) -> tuple[list[TimeGroup], NDArray[np.intp]]:
    """Runs of marks with one time step inside one segment, and the number of the run modulo 2 of every mark."""
    if not len(times):
        return [], np.zeros(0, dtype=np.intp)
    changes = np.flatnonzero(np.diff(times)) + 1
    firsts = np.unique([0, *changes.tolist(), *(bound for bound in bounds[1:-1] if bound < len(times))])
    lasts = np.append(firsts[1:], len(times))
    shades = np.repeat(np.arange(len(firsts)) % 2, lasts - firsts)
    numbers = times[firsts]
    runs = zip(numbers.tolist(), firsts.tolist(), lasts.tolist(), strict=True)
    return [TimeGroup(number, first, last) for number, first, last in runs if number], shades
