"""Where labels go on a map so that none covers another; those for which there is no room are left out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CELL = 3.0
"""Pixels: how finely it is noted what is covered."""
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
    covered = np.zeros((max(1, int(size[1] / _CELL)) + 1, max(1, int(size[0] / _CELL)) + 1), dtype=bool)
    found: list[Place] = []
    for number, ((x, y), width) in enumerate(zip(points.tolist(), widths, strict=True)):
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            continue
        for left, top in (
            (x + gap, y - height / 2), (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height), (x - width / 2, y + gap),
        ):  # fmt: skip
            if left < 0 or top < 0 or left + width > size[0] or top + height > size[1]:
                continue
            rows = slice(int(top / _CELL), int((top + height) / _CELL) + 1)
            columns = slice(int(left / _CELL), int((left + width) / _CELL) + 1)
            if not covered[rows, columns].any():
                covered[rows, columns] = True
                found.append((number, left, top))
                break
    return found
