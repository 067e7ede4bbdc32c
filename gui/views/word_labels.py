"""Where labels go on a map so that none covers another; those for which there is no room are left out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CELL = 3.0
"""Pixels: how finely it is noted what is covered."""
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
    for number, ((x, y), width) in enumerate(zip(points.tolist(), widths, strict=True)):
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            continue
        without_room += 1
        if without_room > _MOST_WITHOUT_ROOM:
            break
        cells = (1 << (int(width / _CELL) + 2)) - 1
        for left, top in (
            (x + gap, y - height / 2), (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height), (x - width / 2, y + gap),
        ):  # fmt: skip
            if left < 0 or top < 0 or left + width > size[0] or top + height > size[1]:
                continue
            label = cells << int(left / _CELL)
            rows = range(int(top / _CELL), int((top + height) / _CELL) + 1)
            if not any([covered[row] & label for row in rows]):
                for row in rows:
                    covered[row] |= label
                found.append((number, left, top))
                without_room = 0
                break
    return found
