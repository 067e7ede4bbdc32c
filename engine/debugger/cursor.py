"""The cursor over a tape: what is revealed, and where a grain stops next."""

from __future__ import annotations

import bisect
from copy import copy

import numpy as np
from numpy.typing import NDArray

from engine.address import addresses
from engine.debugger.grain import Grain, stops
from engine.edits import named_step
from engine.tape import Phase, Tape
from engine.tensor import Array


class Cursor:
    """A position on a tape: the entries before it are revealed, and so is all that was given.

    Attributes:
        tape: the recording.
        position: number of entries passed, from 0 to ``end``.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.position = 0
        self._stops: dict[Grain, NDArray[np.int64]] = {}
        self._addresses: list[str] | None = None

    def at(self, position: int) -> Cursor:
        """Another cursor over the same tape, at a position."""
        other = copy(self)
        other.position = position
        return other

    @property
    def end(self) -> int:
        """The last position: behind the last step."""
        return int(self.stops(Grain.OPERATION)[-1])

    @property
    def current(self) -> int | None:
        """The step executed last; None at the start."""
        return self.position - 1 if self.position else None

    @property
    def next(self) -> int | None:
        """The step that comes next; None at the end."""
        ends = self.stops(Grain.OPERATION)
        place = int(np.searchsorted(ends, self.position, side="right"))
        return int(ends[place]) - 1 if place < len(ends) else None

    @property
    def phase(self) -> Phase:
        """The phase of the current step, FORWARD at the start."""
        return self.tape.phase(max(0, self.position - 1))

    @property
    def addresses(self) -> list[str]:
        """The addresses of all entries."""
        if self._addresses is None:
            self._addresses = addresses(self.tape)
        return self._addresses

    def stops(self, grain: Grain) -> NDArray[np.int64]:
        """Where a grain stops on this tape, ascending."""
        found = self._stops.get(grain)
        if found is None:
            found = self._stops[grain] = stops(self.tape, grain)
        return found

    def stop_after(self, grain: Grain) -> int | None:
        """The next stop of a grain behind the cursor; None at the end."""
        places = self.stops(grain)
        at = int(np.searchsorted(places, self.position, side="right"))
        return int(places[at]) if at < len(places) else None

    def stop_before(self, grain: Grain) -> int | None:
        """The last stop of a grain before the cursor; None at the start."""
        places = self.stops(grain)
        at = int(np.searchsorted(places, self.position, side="left"))
        return int(places[at - 1]) if at else None

    def nearest(self, position: int) -> int:
        """The position at an executed step that is nearest to ``position`` from below."""
        places = self.stops(Grain.OPERATION)
        return int(places[max(0, int(np.searchsorted(places, position, side="right")) - 1)])

    def position_at(self, other: Cursor) -> int:
        """The position behind the step at which another tape's cursor stands, found by its address.

        Where there is no such step, behind the last one before it that there is. Of a step that the textbook names and
        that has been forced here, behind the forced one, which has the name.
        """
        places = {name: index for index, name in enumerate(self.addresses)}
        for index in range(other.position - 1, -1, -1):
            found, step = places.get(other.addresses[index]), other.tape.steps[index]
            if found is not None and step.operation is not None:
                return self.nearest((named_step(self.tape, found) if step.symbol else found) + 1)
        return 0

    def revealed(self, index: int) -> bool:
        """Whether an entry may be shown."""
        return index < self.position or self.tape.steps[index].operation is None

    def value(self, index: int) -> Array | None:
        """The value of an entry; None while it is not revealed."""
        return np.asarray(self.tape.steps[index].value) if self.revealed(index) else None

    def gradient_entry(self, index: int) -> int | None:
        """The entry that holds the gradient of ``index`` as far as it has been summed; None before it arrives."""
        totals = self.tape.gradient_totals.get(index)
        if not totals or self.position <= self.tape.backward_start:
            return None
        at = bisect.bisect_left(totals, self.position)
        return totals[at - 1] if at else None

    def gradient(self, index: int) -> Array | None:
        """The gradient of the loss by an entry, as far as it has been summed; None before any of it arrives."""
        entry = self.gradient_entry(index)
        return None if entry is None else np.asarray(self.tape.steps[entry].value)
