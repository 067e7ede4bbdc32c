"""Images to paint on and to look at pixel by pixel."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter


def painted(paint: Callable[[QPainter], None], width: int = 400, height: int = 120) -> QImage:
    """What a function paints on white."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def pixels(image: QImage) -> np.ndarray:
    """(height, width, 3) of an RGB32 image, blue first."""
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return view[..., :3].astype(int)


def inked(image: QImage) -> np.ndarray:
    """(height, width) of bool: what is not white."""
    return np.asarray((pixels(image) < 200).any(axis=2))


def close_to(image: QImage, color: QColor) -> int:
    """How many pixels are nearly of a colour."""
    target = np.array([color.blue(), color.green(), color.red()])
    return int((np.abs(pixels(image) - target).max(axis=2) < 12).sum())
