"""Drawn digits: 0 … 9 as strokes of a pen, each drawn a little differently and rasterised with soft edges.

A digit is a few polylines in a square, x to the right and y downwards, both from 0 to 1. Its points are moved, slanted,
stretched and turned at random before they are drawn; a pixel is as dark as the pen covers it.
"""

from __future__ import annotations

import math

import numpy as np

from engine.cancellation import heed
from engine.tensor import Array

COUNT = 10
MARGIN = 0.13
"""Share of the image that is left white around a digit that was not moved."""
_AT_ONCE = 128
"""Images drawn together: what is computed for every pixel of them is to stay small."""

Point = tuple[float, float]
Stroke = tuple[Point, ...]


def _arc(x: float, y: float, across: float, down: float, start: float, end: float, pieces: int = 10) -> Stroke:
    """A part of an ellipse around (x, y), from one angle to another, in degrees: 0 right, 90 below."""
    angles = [math.radians(start + (end - start) * one / pieces) for one in range(pieces + 1)]
    return tuple((x + across * math.cos(angle), y + down * math.sin(angle)) for angle in angles)


STROKES: tuple[tuple[Stroke, ...], ...] = (
    (_arc(0.5, 0.5, 0.32, 0.48, 0, 360, 16),),
    (((0.28, 0.22), (0.54, 0.02), (0.54, 0.98)),),
    ((*_arc(0.5, 0.3, 0.31, 0.28, 190, 390), (0.2, 0.97), (0.84, 0.97)),),
    ((*_arc(0.46, 0.26, 0.3, 0.24, 200, 430), *_arc(0.46, 0.74, 0.34, 0.24, 290, 520)),),
    (((0.66, 0.98), (0.66, 0.02), (0.14, 0.68), (0.88, 0.68)),),
    (((0.78, 0.03), (0.26, 0.03), (0.22, 0.46), *_arc(0.46, 0.68, 0.34, 0.3, 240, 500)),),
    ((*_arc(0.72, 0.62, 0.52, 0.6, 270, 180, 6), *_arc(0.5, 0.7, 0.3, 0.28, 180, 540, 14)),),
    (((0.16, 0.03), (0.84, 0.03), (0.42, 0.98)),),
    (_arc(0.5, 0.26, 0.25, 0.24, 90, 450, 14), _arc(0.5, 0.74, 0.31, 0.24, 270, 630, 14)),
    ((*_arc(0.5, 0.3, 0.3, 0.28, 0, 360, 14), *_arc(0.28, 0.38, 0.52, 0.6, 0, 90, 6)),),
)
"""The strokes of each digit."""


def _pieces(digit: int) -> Array:
    """The straight pieces of a digit, (S, 2, 2): from and to, x and y."""
    pieces = [pair for stroke in STROKES[digit] for pair in zip(stroke, stroke[1:], strict=False)]
    return np.asarray(pieces, dtype=np.float64)


_PIECES = tuple(_pieces(digit) for digit in range(COUNT))


def draw_digits(
    random: np.random.Generator, digits: Array, size: int, variation: float = 1.0, noise: float = 0.0
) -> Array:
    """Draw digits (N,); returns images (N, size, size), 0 white … 1 the pen's black.

    Args:
        size: pixels across and down.
        variation: how much shift, slant, width, height, turn and the pen's thickness vary; 0 for none.
        noise: standard deviation of what is added to every pixel.

    Raises:
        Cancelled: the work was asked to stop.
    """
    count = len(digits)
    turned, moved, thickness = _hands(random, count, variation)
    images = np.empty((count, size, size))
    for digit in range(COUNT):
        all_rows = np.flatnonzero(digits == digit)
        for first in range(0, len(all_rows), _AT_ONCE):
            heed()
            rows = all_rows[first : first + _AT_ONCE]
            pieces = np.einsum("nij,spj->nspi", turned[rows], _PIECES[digit] - 0.5)
            pieces = pieces + moved[rows, np.newaxis, np.newaxis]
            images[rows] = _inked(0.5 + pieces * (1.0 - 2.0 * MARGIN), thickness[rows], size)
    if noise:
        images = np.clip(images + noise * random.standard_normal(images.shape), 0.0, 1.0)
    return images


def _hands(random: np.random.Generator, count: int, variation: float) -> tuple[Array, Array, Array]:
    """How each digit is written: its linear map (N, 2, 2), its shift (N, 2) and the pen's thickness (N,)."""
    drawn = variation * random.uniform(-1.0, 1.0, (count, 7))
    slant, angle, wide, high = 0.2 * drawn[:, 0], 0.1 * drawn[:, 1], 1 + 0.14 * drawn[:, 2], 1 + 0.1 * drawn[:, 3]
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], -2)
    shape = np.stack([np.stack([wide, -slant], -1), np.stack([np.zeros(count), high], -1)], -2)
    return turn @ shape, 0.07 * drawn[:, 4:6], 0.13 + 0.03 * drawn[:, 6]


def _inked(pieces: Array, thickness: Array, size: int) -> Array:
    """How much of each pixel the pen covers: (N, S, 2, 2) pieces → (N, size, size)."""
    at = (np.arange(size) + 0.5) / size
    across, down = (place.ravel() for place in np.meshgrid(at, at, indexing="xy"))
    start, along = pieces[:, :, 0, :, np.newaxis], (pieces[:, :, 1] - pieces[:, :, 0])[..., np.newaxis]
    length = np.maximum(np.sum(along * along, axis=2), 1e-12)
    nearest = np.full((len(pieces), size * size), np.inf)
    for one in range(pieces.shape[1]):
        x, y = across - start[:, one, 0], down - start[:, one, 1]
        along_x, along_y = along[:, one, 0], along[:, one, 1]
        share = np.clip((x * along_x + y * along_y) / length[:, one], 0.0, 1.0)
        x, y = x - share * along_x, y - share * along_y
        np.minimum(nearest, x * x + y * y, out=nearest)
    inside = (thickness[:, np.newaxis] / 2 - np.sqrt(nearest)) * size
    covered: Array = np.clip(0.5 + inside, 0.0, 1.0).reshape(-1, size, size)
    return covered
