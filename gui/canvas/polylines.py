"""Many polylines at once: chosen, shifted, shortened, reversed, rounded — as arrays.

A bundle is ``points`` (n, 2) and ``starts`` (m + 1): polyline e runs through ``points[starts[e]:starts[e + 1]]``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
_ON_A_CORNER, _ON_A_LARGE_CORNER = 5, 10
"""Points that stand for a rounded corner."""
_LARGE = 15.0


@dataclass(frozen=True, slots=True)
class Polylines:
    """A bundle of polylines; every one has at least two points."""

    points: Array
    starts: Indices

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def firsts(self) -> Indices:
        """Index of each polyline's first point."""
        return self.starts[:-1]

    @property
    def lasts(self) -> Indices:
        """Index of each polyline's last point."""
        return self.starts[1:] - 1

    def chosen(self, which: Indices) -> Polylines:
        """Some of the polylines, in the order given."""
        counts = (self.starts[1:] - self.starts[:-1])[which]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        shift = np.repeat(self.starts[which] - starts[:-1], counts)
        return Polylines(self.points[np.arange(starts[-1]) + shift], starts)

    def reversed(self) -> Polylines:
        """The same lines, each from its end to its beginning."""
        counts = self.starts[1:] - self.starts[:-1]
        mirror = np.repeat(self.firsts + self.lasts, counts) - np.arange(self.starts[-1])
        return Polylines(self.points[mirror], self.starts)

    def _directions(self) -> tuple[Array, Array]:
        """Unit directions of the legs that arrive at and leave each point; at the ends both are the one leg's."""
        leaving = np.zeros_like(self.points)
        leaving[:-1] = self.points[1:] - self.points[:-1]
        leaving /= np.maximum(np.hypot(leaving[:, 0], leaving[:, 1]), 1e-9)[:, None]
        arriving = np.zeros_like(leaving)
        arriving[1:] = leaving[:-1]
        arriving[self.firsts] = leaving[self.firsts]
        leaving[self.lasts] = arriving[self.lasts]
        return arriving, leaving

    def shifted(self, distance: Array) -> Polylines:
        """Parallel lines at a distance (m,) to the left of the way they run; corners stay corners."""
        if not len(self):
            return self
        arriving, leaving = self._directions()
        left_in = np.stack([arriving[:, 1], -arriving[:, 0]], axis=1)
        left_out = np.stack([leaving[:, 1], -leaving[:, 0]], axis=1)
        cosine = np.sum(left_in * left_out, axis=1, keepdims=True)
        miter = (left_in + left_out) / np.maximum(1.0 + cosine, 0.2)
        each = np.repeat(distance, self.starts[1:] - self.starts[:-1])[:, None]
        return Polylines(self.points + miter * each, self.starts)

    def shortened(self, at_start: float | Array, at_end: float | Array) -> Polylines:
        """The lines cut by lengths at both ends, though never by more than 45 % of the leg there."""
        if not len(self):
            return self
        points = self.points.copy()
        for ends, inner, cut in (
            (self.firsts, self.firsts + 1, at_start),
            (self.lasts, self.lasts - 1, at_end),
        ):
            leg = self.points[inner] - self.points[ends]
            length = np.maximum(np.hypot(leg[:, 0], leg[:, 1]), 1e-9)
            points[ends] += leg * (np.minimum(cut, 0.45 * length) / length)[:, None]
        return Polylines(points, self.starts)

    def heads(self) -> tuple[Array, Array]:
        """(tip, direction) of each line's end, both (m, 2)."""
        tips = self.points[self.lasts]
        way = tips - self.points[self.lasts - 1]
        return tips, way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]

    def rounded(self, radius: float) -> Polylines:
        """The lines with round corners, each drawn by a few short legs."""
        inner = np.ones(len(self.points), dtype=bool)
        inner[self.firsts] = False
        inner[self.lasts] = False
        if radius < 1.0 or not inner.any():
            return self
        each = _ON_A_CORNER if radius < _LARGE else _ON_A_LARGE_CORNER
        counts = np.where(inner, each, 1)
        made = np.repeat(self.points, counts, axis=0)
        at = np.concatenate([[0], np.cumsum(counts)])
        made[(at[:-1][inner, None] + np.arange(each)).ravel()] = self._corners(np.flatnonzero(inner), radius, each)
        return Polylines(made, at[self.starts])

    def _corners(self, at: Indices, radius: float, each: int) -> Array:
        """Quadratic Bézier curves around the corners at point indices ``at``, flattened."""
        corner = self.points[at]
        back, ahead = self.points[at - 1] - corner, self.points[at + 1] - corner
        for way in (back, ahead):
            length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
            way *= (np.minimum(radius, length / 2) / length)[:, None]
        t = np.linspace(0.0, 1.0, each)[None, :, None]
        curve = (1 - t) ** 2 * (corner + back)[:, None] + 2 * t * (1 - t) * corner[:, None]
        curve = curve + t**2 * (corner + ahead)[:, None]
        return curve.reshape(-1, 2)

    def segments(self) -> Array:
        """All legs as (n, 4) x0, y0, x1, y1."""
        joined = np.concatenate([self.points[:-1], self.points[1:]], axis=1)
        keep = np.ones(len(joined), dtype=bool)
        keep[self.lasts[:-1]] = False
        return joined[keep]


def arrow_heads(tips: Array, ways: Array, length: float | Array, width: float | Array) -> Array:
    """Triangles (m, 3, 2) with their tips at ``tips`` pointing along ``ways``."""
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    back = tips - ways * np.reshape(length, (-1, 1))
    half = across * (np.reshape(width, (-1, 1)) / 2)
    return np.stack([tips, back + half, back - half], axis=1)
