"""Grey images of a task: numbers from 0 (paper) to 1 (ink) in the theme's own paper and ink."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.appearance import Appearance
from gui.views.color_scale import ColorScale

_LEVELS = 4096
"""So finely a number is read: sixteen times as finely as a screen shows it."""


def grey_image(values: np.ndarray, appearance: Appearance, strength: float = 1.0) -> QImage:
    """A picture of numbers (height, width); with less strength its ink is paler. What is no number is marked."""
    names = ("ground", "ink", "not_finite")
    colors = _colors(*(appearance.color(name).rgb() for name in names), strength)
    finite = np.isfinite(values)
    share = np.clip(values, 0.0, 1.0)
    if not finite.all():
        share = np.where(finite, share, 0.0)
    levels = np.rint(share * _LEVELS).astype(np.intp)
    levels[~finite] = _LEVELS + 1
    return _picture(colors[levels])


def difference_image(values: np.ndarray, appearance: Appearance) -> QImage:
    """A picture of differences (height, width), from −1 to 1 in the colours of values."""
    return _picture(ColorScale(-1.0, 1.0, "value_map").colors(values, appearance))


def paint_image(painter: QPainter, box: QRectF, image: QImage) -> None:
    """Draw a picture in a box, every pixel as it is."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)


@lru_cache(maxsize=16)
def _colors(paper: int, ink: int, not_finite: int, strength: float) -> np.ndarray:
    """The colours (levels, 4) of numbers from 0 to 1, and after them that of what is no number."""
    share = np.arange(_LEVELS + 1)[:, np.newaxis] / _LEVELS * strength
    colors = np.full((_LEVELS + 2, 4), 255, dtype=np.uint8)
    colors[:-1, :3] = np.rint(_channels(paper) + share * (_channels(ink) - _channels(paper)))
    colors[-1, :3] = _channels(not_finite)
    return colors.view(np.uint32)[:, 0]


def _channels(rgb: int) -> np.ndarray:
    color = QColor(rgb)
    return np.array([color.red(), color.green(), color.blue()], dtype=float)


def _picture(colors: np.ndarray) -> QImage:
    """Of colours (height, width), or of their four bytes (height, width, 4)."""
    colors = np.ascontiguousarray(colors)
    height, width = colors.shape[:2]
    # A copy: the picture may outlive the array that it was made of.
    return QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
