"""Grey images of a task: numbers from 0 (paper) to 1 (ink) in the theme's own paper and ink."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.appearance import Appearance
from gui.views.color_scale import ColorScale


def grey_image(values: np.ndarray, appearance: Appearance, strength: float = 1.0) -> QImage:
    """A picture of numbers (height, width); with less strength its ink is paler. What is no number is marked."""
    paper, ink = (_channels(appearance, name) for name in ("ground", "ink"))
    share = np.clip(np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0)[..., np.newaxis] * strength
    colors = np.full((*values.shape, 4), 255, dtype=np.uint8)
    colors[..., :3] = np.rint(paper + share * (ink - paper))
    colors[~np.isfinite(values), :3] = _channels(appearance, "not_finite").astype(np.uint8)
    return _picture(colors)


def difference_image(values: np.ndarray, appearance: Appearance) -> QImage:
    """A picture of differences (height, width), from −1 to 1 in the colours of values."""
    return _picture(ColorScale(-1.0, 1.0, "value_map").colors(values, appearance))


def paint_image(painter: QPainter, box: QRectF, image: QImage) -> None:
    """Draw a picture in a box, every pixel as it is."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)


def _channels(appearance: Appearance, name: str) -> np.ndarray:
    color = appearance.color(name)
    return np.array([color.red(), color.green(), color.blue()], dtype=float)


def _picture(colors: np.ndarray) -> QImage:
    colors = np.ascontiguousarray(colors)
    height, width = colors.shape[:2]
    # A copy: the picture may outlive the array that it was made of.
    return QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
