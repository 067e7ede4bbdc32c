"""The numbers of a quantity, unit by time step, as far as the cursor has revealed them."""

from __future__ import annotations

import numpy as np

from engine.tensor import Role
from gui.bridge import Bridge
from gui.views.color_scale import ColorScale
from gui.views.number_text import round_above
from gui.views.tape_series import Quantity

_BOUNDS = {"sigmoid": (0.0, 1.0), "sigmoid_course": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""Ranges of operations that have one: the colours then say how far a unit is saturated."""


class UnitValues:
    """One quantity on one tape, of one sequence of the batch.

    Attributes:
        quantity: what is shown.
        sequence: which row of the batch, from 0.
        order: the unit in each row of a picture, from the top; None for their numbers.
    """

    def __init__(
        self, bridge: Bridge, quantity: Quantity, sequence: int = 0, order: tuple[int, ...] | None = None
    ) -> None:
        self.quantity = quantity
        self.order = order
        self.sequence = min(sequence, quantity.series.batch - 1)
        self._bridge = bridge
        self._tape = bridge.tape
        self._sizes: dict[int, tuple[float, float, bool]] = {}

    @property
    def units(self) -> int:
        """Number of units."""
        return self.quantity.series.width

    def shown(self, t: int) -> int | None:
        """The tape index whose value is shown at a time step; None while nothing is revealed."""
        return self.quantity.shown(self._bridge.cursor, t)

    def target(self, t: int) -> int | None:
        """The tape index that a click selects; None where there is nothing to come."""
        return self.quantity.target(self._tape, t)

    def is_whole(self, t: int) -> bool:
        """Whether what is shown is not a sum that goes on."""
        return self.shown(t) == self.target(t)

    def column(self, t: int) -> np.ndarray | None:
        """The numbers (units,) at a time step; None while nothing is revealed."""
        entry = self.shown(t)
        return None if entry is None else self._numbers(entry)

    def value(self, t: int, unit: int) -> float | None:
        """One number; None while it is not revealed."""
        column = self.column(t)
        return None if column is None else float(column[unit])

    def unit_at(self, row: int) -> int:
        """The unit that a row of the picture shows."""
        return row if self.order is None else self.order[row]

    def row_of(self, unit: int) -> int:
        """The row of the picture in which a unit is shown."""
        return unit if self.order is None else self.order.index(unit)

    def rows(self, t: int) -> np.ndarray | None:
        """The numbers at a time step in the order of the rows; None while nothing is revealed."""
        column = self.column(t)
        return column if column is None or self.order is None else column[list(self.order)]

    def scale(self, times: range) -> ColorScale:
        """Least and greatest number, from the operation or from what is revealed in these time steps."""
        bounds = self._bounds()
        if bounds is None:
            largest = max((self._extent(entry)[1] for t in times if (entry := self.shown(t)) is not None), default=0.0)
            bound = round_above(largest)
            bounds = (-bound, bound)
        if bounds[0] == 0:
            return ColorScale(*bounds, "sequential_map")
        return ColorScale(*bounds, "gradient_map" if self.quantity.gradient else "value_map")

    def has_bad(self, times: range) -> bool:
        """Whether something revealed in these time steps is not finite."""
        return any(self._extent(entry)[2] for t in times if (entry := self.shown(t)) is not None)

    def _bounds(self) -> tuple[float, float] | None:
        series = self.quantity.series
        if self.quantity.gradient:
            return None
        step = self._tape.steps[int(series.entries[-1])]
        if step.operation is not None:
            return _BOUNDS.get(step.operation.name)
        if step.role in (Role.INPUT, Role.TARGET):
            extents = [self._extent(int(entry)) for entry in series.entries if entry >= 0]
            if all(least >= 0 and largest <= 1 for least, largest, _ in extents):
                return 0.0, 1.0
        return None

    def _extent(self, entry: int) -> tuple[float, float, bool]:
        """(least, largest size) of the finite numbers of an entry, and whether there are others."""
        found = self._sizes.get(entry)
        if found is None:
            numbers = self._numbers(entry)
            finite = numbers[np.isfinite(numbers)]
            bad = finite.size < numbers.size
            found = (float(finite.min()), float(np.abs(finite).max()), bad) if finite.size else (0.0, 0.0, bad)
            self._sizes[entry] = found
        return found

    def _numbers(self, entry: int) -> np.ndarray:
        value = np.atleast_2d(np.asarray(self._tape.steps[entry].value))
        return value[self.sequence].ravel()
