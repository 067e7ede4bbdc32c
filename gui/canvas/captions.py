"""Captions: what a reader calls the inputs, such as the words of a sentence, below their time steps."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gui.canvas.frame import Frame
from gui.canvas.labels import Style

_SIZE, _LEAST, _MOST = 30.0, 12.0, 40.0
"""Letters at zoom 1 and their bounds at scale 1, px."""
_READABLE = 8.0
_OVERHANG = 1.25
"""A caption may be so many times as wide as its time step, as neighbours stand apart."""


def caption_size(zoom: float, scale: float) -> float:
    """Height of the letters where there is room, px."""
    return min(max(_SIZE * zoom, _LEAST * scale), _MOST * scale)


def paint_captions(painter: QPainter, frame: Frame) -> None:
    """Write the captions of the time steps in view, as large as there is room."""
    regions = frame.scene.drawing.regions
    wanted = caption_size(frame.zoom, frame.scale)
    for number, text in frame.captions:
        x, y, width, height = frame.camera.rect_to_view(regions[number].rect)
        size = round(wanted)
        label = frame.labels.get(text, Style("text", size))
        room = _OVERHANG * width
        if label.width > room:
            size = int(wanted * room / label.width)
            label = frame.labels.get(text, Style("text", max(1, size)))
        if size < _READABLE:
            continue
        place = QRectF(x + (width - label.width) / 2, y + height, label.width, 1.5 * size)
        if frame.exposes(place.x(), place.y(), place.width(), place.height()):
            label.draw(painter, place.x(), place.y() + 1.2 * size, frame.palette.ink, outlined=frame.outlined)
