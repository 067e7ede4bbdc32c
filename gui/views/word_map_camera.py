"""From places on the map of words to pixels: the whole map at first, enlarged and moved as the user likes. No Qt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_MOST_ZOOM = 40.0
_MOST_STRETCH = 2.0
"""So many times wider than high may the same distance be: lines that are parallel stay so."""


class WordMapCamera:
    """Zoom 1 shows all places.

    Attributes:
        zoom: how much larger than that.
        middle: which part of the whole picture is in the middle, (0.5, 0.5) for its centre.
    """

    def __init__(self) -> None:
        self.zoom = 1.0
        self.middle = (0.5, 0.5)

    @property
    def key(self) -> tuple[float, tuple[float, float]]:
        """Another one where the picture is another."""
        return self.zoom, self.middle

    def reset(self) -> None:
        """Show all."""
        self.zoom, self.middle = 1.0, (0.5, 0.5)

    def zoom_by(self, factor: float, x: float, y: float, size: tuple[float, float]) -> None:
        """Enlarge; what is at a pixel stays there."""
        before = self.zoom
        self.zoom = min(max(before * factor, 1.0), _MOST_ZOOM)
        share = (x / size[0] - 0.5, y / size[1] - 0.5)
        self._look_at(*(
            middle + off / before - off / self.zoom for middle, off in zip(self.middle, share, strict=True)
        ))  # fmt: skip

    def move_by(self, x: float, y: float, size: tuple[float, float]) -> None:
        """Drag the map by pixels."""
        self._look_at(self.middle[0] - x / size[0] / self.zoom, self.middle[1] - y / size[1] / self.zoom)

    def _look_at(self, x: float, y: float) -> None:
        half = 0.5 / self.zoom
        self.middle = (min(max(x, half), 1 - half), min(max(y, half), 1 - half))

    def pixels(self, places: NDArray[np.float64], size: tuple[float, float], margin: float) -> NDArray[np.float64]:
        """Places (n, 2), y upwards, as pixels (n, 2), y downwards."""
        if not len(places):
            return np.zeros((0, 2))
        low, high = places.min(axis=0), places.max(axis=0)
        extent = np.where(high > low, high - low, 1.0)
        room = np.maximum(np.array(size) - 2 * margin, 1.0)
        scale = room / extent
        least = float(scale.min())
        scale = np.minimum(scale, least * _MOST_STRETCH)
        whole = (places - (low + high) / 2) * scale * (1, -1) / np.array(size) + 0.5
        return (whole - self.middle) * self.zoom * np.array(size) + np.array(size) / 2


def nearest_point(pixels: NDArray[np.float64], x: float, y: float, within: float) -> int | None:
    """The point nearest to a pixel, if it is near enough."""
    if not len(pixels):
        return None
    distances = np.hypot(pixels[:, 0] - x, pixels[:, 1] - y)
    best = int(np.argmin(distances))
    return best if math.isfinite(distances[best]) and distances[best] <= within else None
