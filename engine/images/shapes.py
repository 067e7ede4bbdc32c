"""Small pictures of coloured shapes on a black ground, drawn by us: channels first, brightness from 0 to 1.

A picture is a square of side 1, x to the right and y downwards. Each pixel is the mean of 4 × 4 points, so that edges
are smooth.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.tensor import Array

Inside = Callable[[Array, Array], Array]
"""Whether points are inside a shape: x and y seen from its centre, in units of its radius."""

SHAPES: dict[str, Inside] = {
    "circle": lambda x, y: np.square(x) + np.square(y) <= 1.0,
    "square": lambda x, y: np.maximum(np.abs(x), np.abs(y)) <= 0.88,
    "triangle": lambda x, y: (y <= 0.8) & (np.abs(x) <= 0.55 * (y + 1.0)),
    "cross": lambda x, y: (np.minimum(np.abs(x), np.abs(y)) <= 0.34) & (np.maximum(np.abs(x), np.abs(y)) <= 1.0),
}
"""What can be drawn; the place in the table is a shape's number."""

COLORS: dict[str, tuple[float, float, float]] = {
    "red": (0.92, 0.20, 0.20),
    "green": (0.16, 0.72, 0.32),
    "blue": (0.22, 0.42, 0.96),
    "yellow": (0.98, 0.84, 0.20),
}
"""Red, green and blue parts of each colour; the place in the table is its number."""

CHANNELS = 3
NO_SHAPE = -1
_POINTS = 4


def drawn(shapes: Array, colors: Array, places: Array, size: int) -> Array:
    """Draw N pictures, later shapes over earlier ones.

    Args:
        shapes, colors: numbers (N, S), NO_SHAPE where there are fewer.
        places: (N, S, 3), of each shape x, y and radius.
        size: pixels of a side.

    Returns:
        (N, 3, size, size).
    """
    at = (np.arange(size * _POINTS) + 0.5) / (size * _POINTS)
    pictures = np.zeros((len(shapes), CHANNELS, size, size))
    palette = np.array(list(COLORS.values()))
    for number in range(shapes.shape[1]):
        cover = _coverage(shapes[:, number], places[:, number], at, size)[:, np.newaxis]
        color = palette[colors[:, number]][:, :, np.newaxis, np.newaxis]
        pictures = pictures * (1.0 - cover) + color * cover
    return pictures


def _coverage(shapes: Array, places: Array, at: Array, size: int) -> Array:
    """How much of every pixel (N, size, size) one shape of each picture covers, 0 … 1."""
    x, y, radius = (part[:, np.newaxis] for part in places.T)
    across, down = (at - x) / radius, (at - y) / radius
    covered = np.zeros((len(shapes), len(at), len(at)), dtype=bool)
    for number, inside in enumerate(SHAPES.values()):
        rows = shapes == number
        covered[rows] = inside(across[rows][:, np.newaxis, :], down[rows][:, :, np.newaxis])
    cut = covered.reshape(len(shapes), size, _POINTS, size, _POINTS)
    share: Array = cut.mean(axis=(2, 4))
    return share
