"""The camera: which part of the scene is in view, and how large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_ZOOM = 0.002
GREATEST_ZOOM = 12.0
Rect = tuple[float, float, float, float]


@dataclass(slots=True)
class Camera:
    """Scene point (x, y) is seen at ``(x - left, y - top) * zoom`` pixels.

    Attributes:
        zoom: pixels per scene unit.
        left, top: scene point in the view's upper left corner.
        width, height: size of the view, px.
    """

    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def copy(self) -> Camera:
        """Another camera with the same view."""
        return Camera(self.zoom, self.left, self.top, self.width, self.height)

    def take(self, other: Camera) -> None:
        """Have another camera's view."""
        self.zoom, self.left, self.top = other.zoom, other.left, other.top

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Pixels of a scene point."""
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """Scene point at pixels."""
        return x / self.zoom + self.left, y / self.zoom + self.top

    def rect_to_view(self, rect: Rect) -> Rect:
        """Pixels (x, y, width, height) of a scene rectangle."""
        x, y = self.to_view(rect[0], rect[1])
        return x, y, rect[2] * self.zoom, rect[3] * self.zoom

    def points_to_view(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Pixels (n, 2) of scene points (n, 2)."""
        return (points.astype(np.float64) - (self.left, self.top)) * self.zoom

    @property
    def seen(self) -> Rect:
        """The scene rectangle in view."""
        return self.left, self.top, self.width / self.zoom, self.height / self.zoom

    def resize(self, width: float, height: float) -> None:
        """Give the view another size; its centre stays."""
        center = self.to_scene(self.width / 2, self.height / 2)
        self.width, self.height = max(1.0, width), max(1.0, height)
        self.center_on(*center)

    def center_on(self, x: float, y: float) -> None:
        """Put a scene point in the middle."""
        self.left = x - self.width / 2 / self.zoom
        self.top = y - self.height / 2 / self.zoom

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by pixels."""
        self.left -= dx / self.zoom
        self.top -= dy / self.zoom

    def zoom_about(self, factor: float, x: float, y: float) -> None:
        """Zoom by a factor; what is at pixels (x, y) stays there."""
        before = self.to_scene(x, y)
        self.zoom = min(GREATEST_ZOOM, max(LEAST_ZOOM, self.zoom * factor))
        self.left = before[0] - x / self.zoom
        self.top = before[1] - y / self.zoom

    def fit(self, rect: Rect, margin: float = 0.0, most: float = GREATEST_ZOOM, below: float = 0.0) -> None:
        """Show a scene rectangle whole, centred, with a margin in px and at most at zoom ``most``.

        Args:
            below: what the margin below is at least; where it is more, the middle stays as near as can be, px.
        """
        x, y, width, height = rect
        below = max(below, margin)
        room = max(8.0, self.width - 2 * margin), max(8.0, self.height - margin - below)
        wanted = min(room[0] / max(width, 1e-9), room[1] / max(height, 1e-9), most)
        self.zoom = min(GREATEST_ZOOM, max(LEAST_ZOOM, wanted))
        self.center_on(x + width / 2, y + height / 2)
        lacking = below - (self.height / 2 - height / 2 * self.zoom)
        self.top += max(0.0, lacking) / self.zoom

    def bring_in(self, rect: Rect, margin: float, below: float = 0.0) -> bool:
        """Pan as little as shows a scene rectangle with a margin in px, below at least ``below``; whether it moved."""
        x, y, width, height = self.rect_to_view(rect)
        spared = max(0.0, below - margin)
        dx = _shift(x, width, self.width, margin)
        dy = _shift(y, height, self.height - spared, margin)
        if dx or dy:
            self.pan(dx, dy)
        return bool(dx or dy)

    def keep_near(self, rect: Rect) -> None:
        """Pan back when less than a corner of the scene rectangle would be in view."""
        x, y, width, height = self.rect_to_view(rect)
        least_x, least_y = min(120.0, self.width / 3), min(120.0, self.height / 3)
        dx = max(0.0, least_x - (x + width)) + min(0.0, self.width - least_x - x)
        dy = max(0.0, least_y - (y + height)) + min(0.0, self.height - least_y - y)
        self.pan(dx, dy)


def _shift(start: float, extent: float, room: float, margin: float) -> float:
    """How far to move an interval so that it lies in 0..room with a margin; its middle if it is too long."""
    if extent + 2 * margin > room:
        inside = start <= margin and start + extent >= room - margin
        return 0.0 if inside else room / 2 - (start + extent / 2)
    if start < margin:
        return margin - start
    if start + extent > room - margin:
        return room - margin - (start + extent)
    return 0.0


def whole_way(start: Camera, end: Camera, share: float = 1.0) -> Camera:
    """A share of the way between two cameras of one zoom, in whole pixels: a picture can be moved so far."""
    made = start.copy()
    made.pan(
        round((start.left - end.left) * start.zoom * share), round((start.top - end.top) * start.zoom * share)
    )
    return made
