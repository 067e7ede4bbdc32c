"""Titles of layers: one for each row of a deep network, at the left of the first time step."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from gui.canvas.frame import Frame
from gui.canvas.labels import Style

_SIZE, _LEAST, _MOST = 17.0, 10.0, 26.0
"""Letters at zoom 1 and their bounds at scale 1, px."""
_APART = 44.0
"""From a title to the time step, scene units: the lines of initial states run between them."""
_LEAST_ROW = 1.6
"""A layer lower than so many heights of its title has none."""


def paint_layer_titles(painter: QPainter, frame: Frame) -> None:
    """Write the titles of the layers of the first time step, if it is in view."""
    regions = frame.scene.drawing.regions
    size = min(max(_SIZE * frame.zoom, _LEAST * frame.scale), _MOST * frame.scale)
    for number in frame.scene.first_layers:
        region = regions[number]
        x, y, _, height = frame.camera.rect_to_view(region.rect)
        label = frame.labels.get(frame.layer_title.format(n=region.number), Style("text", round(size)))
        left, middle = x - _APART * frame.zoom - label.width, y + height / 2
        if height < _LEAST_ROW * size or not frame.exposes(left, middle - size, label.width, 2 * size):
            continue
        if -label.width <= left <= frame.camera.width:
            label.draw(painter, left, middle + label.middle, frame.palette.ink_quiet, outlined=frame.outlined)
