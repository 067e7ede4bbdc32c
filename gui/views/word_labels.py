"""Where labels go on a map so that none covers another; those for which there is no room are left out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CELL = 3.0
"""Pixels: how finely it is noted what is covered."""
_PLACES = 4
"""Right of the point, left of it, above and below."""
_MOST_WITHOUT_ROOM = 250
"""So many points in a row, and the picture is taken to be full."""
Place = tuple[int, float, float]
"""Which point, and the left and the upper edge of its label."""


def placed_labels(
    points: NDArray[np.float64], widths: Sequence[float], height: float, size: tuple[float, float], gap: float
) -> list[Place]:
    """Labels beside their points, the first ones first.

    Args:
        points: (n, 2) in pixels, in the order of their importance.
        widths: of the labels.
        height: of each of them.
        size: of the picture; labels stay inside.
        gap: between a point and its label.
    """
    # A row of cells is one whole number, a bit a cell: looking at a label's cells takes a few operations on numbers.
    covered = [0] * (int(size[1] / _CELL) + 2)
    found: list[Place] = []
    without_room = 0
    inside = np.flatnonzero(((points >= 0) & (points <= size)).all(axis=1))
    wide = np.asarray(widths, dtype=float)[inside]
    beside = _Beside(points[inside], wide, height, size, gap)
    for at, (number, cells) in enumerate(zip(inside.tolist(), ((wide / _CELL).astype(int) + 2).tolist(), strict=True)):
        without_room += 1
        if without_room > _MOST_WITHOUT_ROOM:
            break
        label = (1 << cells) - 1
        for place in range(_PLACES * at, _PLACES * (at + 1)):
            if not beside.fits[place]:
                continue
            first, last, column = beside.firsts[place], beside.lasts[place], beside.columns[place]
            # All labels are equally high: one that covers any of these rows covers the first or the last of them.
            if (covered[first] | covered[last]) >> column & label:
                continue
            for row in range(first, last + 1):
                covered[row] |= label << column
            found.append((number, beside.lefts[place], beside.tops[place]))
            without_room = 0
            break
    return found


class _Beside:
    """Where the labels of points (n, 2) may go: for each point _PLACES in a row, the best one first.

    Lists of numbers alone: thousands of tuples would set Python's collector of cycles to work.

    Attributes:
        fits: whether the label is inside the picture there.
        lefts, tops: its edges.
        columns: the cell that its left edge is in.
        firsts, lasts: its first and last row of cells.
    """

    def __init__(
        self, points: NDArray[np.float64], widths: NDArray[np.float64], height: float, size: tuple[float, float],
        gap: float,
    ) -> None:  # fmt: skip
        x, y = points.T
        lefts = np.stack([x + gap, x - gap - widths, x - widths / 2, x - widths / 2], axis=1)
        tops = np.stack([y - height / 2, y - height / 2, y - gap - height, y + gap], axis=1)
        fits = (lefts >= 0) & (tops >= 0) & (lefts + widths[:, np.newaxis] <= size[0]) & (tops + height <= size[1])
        self.fits: list[bool] = fits.ravel().tolist()
        self.lefts: list[float] = lefts.ravel().tolist()
        self.tops: list[float] = tops.ravel().tolist()
        self.columns, self.firsts, self.lasts = (
            (edges / _CELL).astype(int).ravel().tolist() for edges in (lefts, tops, tops + height)
        )
