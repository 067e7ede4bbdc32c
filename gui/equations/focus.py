"""The number that is looked at: a unit of a sequence, or of a weight's input, found in arrays of any shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.tensor import Array


@dataclass(frozen=True, slots=True)
class Focus:
    """A wish: unit j and row n, from 0; where an array is smaller, its last one is taken.

    Attributes:
        unit: j, the column; the row where an array is a single column of weights.
        row: n, the sequence of the batch, or the row of a weight.
        sequence: the sequence of the batch where it is another number than the row of a weight; None where it is not.
        chosen: what is looked at along further axes, such as (("head", 5),); see ``gui.equations.axes``.
    """

    unit: int = 0
    row: int = 0
    sequence: int | None = None
    chosen: tuple[tuple[str, int], ...] = ()

    def place(self, shape: tuple[int, ...], *, weights: bool = False) -> tuple[int, ...]:
        """The index into an array of a shape; empty for a scalar, in the first slice where there are further axes.

        Args:
            weights: whether the array is shaped like a parameter, so that its rows are units too.
        """
        if not shape or 0 in shape:
            return ()
        row = self.row if self.sequence is None or not rows_are_sequences(shape, weights=weights) else self.sequence
        wish = (0,) * (len(shape) - 2) + (row, self.unit)
        if weights and len(shape) == 2 and shape[1] == 1:
            wish = (self.unit, 0)
        return tuple(min(at, length - 1) for at, length in zip(wish[-len(shape) :], shape, strict=True))


def rows_are_sequences(shape: tuple[int, ...], *, weights: bool) -> bool:
    """Whether the rows of a value are sequences of the batch; those of parameters and of what has more axes are not."""
    return len(shape) == 2 and not weights


def broadcast_place(place: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    """Where a place of a result lies in an operand that was repeated to the result's shape."""
    inner = place[len(place) - len(shape) :] if len(shape) <= len(place) else (0,) * len(shape)
    return tuple(0 if length == 1 else at for at, length in zip(inner, shape, strict=True))


def number_at(value: Array, place: tuple[int, ...]) -> float:
    """The number at a place; that of a scalar where the place is empty."""
    return float(np.asarray(value)[place])


def index_text(place: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """The index as it is written below a symbol; axes of length 1 are left out: ``5``, ``2,5``."""
    return ",".join(str(at) for at, length in zip(place, shape, strict=True) if length > 1)
