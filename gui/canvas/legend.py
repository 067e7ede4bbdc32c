"""The legend: what the widths of gradient arrows mean."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.canvas.batches import draw_lines, fill_polygons
from gui.canvas.frame import Array, Frame
from gui.canvas.gradient_arrows import DECADES, arrow_color, arrow_width
from gui.canvas.labels import Style
from gui.canvas.opened_arrows import opened_width
from gui.canvas.palette import mixed, pen
from gui.canvas.polylines import arrow_heads
from gui.canvas.value_texts import number_text

_BESIDE, _BELOW, _HEIGHT = 10.0, 4.0, 24.0
"""From the left and the lower rim of the view, and the height, px at scale 1."""
_LEAST_WIDTH = 360.0
"""A narrower view has no room for it, px."""
_SHARES = (1.0, 0.5, 0.0)


def legend_room(width: float, scale: float) -> float:
    """Height in px at the lower rim of a view of a width that is kept for the legend; 0 for none."""
    return 0.0 if width < _LEAST_WIDTH else (_HEIGHT + 2 * _BELOW) * _fitting(width, scale)


def legend_strip(frame: Frame) -> Array:
    """(1, 4) x, y, width, height in px of the lower rim of the view, where the legend is."""
    height = legend_room(frame.camera.width, frame.scale)
    return np.array([[0.0, frame.camera.height - height, frame.camera.width, height]])


def legend_height(frame: Frame) -> float:
    """The same height while there is something to be told; 0 before the backward pass."""
    return legend_room(frame.camera.width, frame.scale) if _largest(frame) > 0 else 0.0


def paint_legend(painter: QPainter, frame: Frame) -> None:
    """Three arrows with the norms they stand for, in the lower left corner; nothing before the backward pass."""
    opened = frame.backward_opened
    largest = _largest(frame)
    if not legend_height(frame):
        return
    scale = _fitting(frame.camera.width, frame.scale)
    style = Style("math", round(13 * scale))
    texts = [number_text(largest * 10.0 ** (-DECADES * (1.0 - share))) for share in _SHARES]
    texts[-1] = f"≤ {texts[-1]}"
    labels = [frame.labels.get(text, style) for text in texts]
    title = frame.labels.get("‖/{g}‖", style)
    arrow, gap = 34.0 * scale, 7.0 * scale
    width = title.width + sum(label.width + arrow + 3 * gap for label in labels) + 2 * gap
    x, y = _BESIDE * scale, frame.camera.height - (_HEIGHT + _BELOW) * scale
    _ground(painter, frame, QRectF(x, y, width, _HEIGHT * scale))
    middle = y + _HEIGHT * scale / 2
    x += 1.5 * gap
    title.draw(painter, x, middle + title.middle, frame.palette.backward_ink, outlined=frame.outlined)
    x += title.width + 2 * gap
    for share, label in zip(_SHARES, labels, strict=True):
        unit = min(frame.unit, 1.4 * scale)
        width = opened_width(share, unit) if opened else float(arrow_width(share, unit))
        _arrow(painter, frame, share, QPointF(x, middle), arrow, width, unit)
        x += arrow + gap
        label.draw(painter, x, middle + label.middle, frame.palette.ink_quiet, outlined=frame.outlined)
        x += label.width + 2 * gap


def _fitting(width: float, scale: float) -> float:
    """Its scale: at most a third of a small view."""
    return min(scale, width / 960.0 + 0.2)


def _largest(frame: Frame) -> float:
    """The norm that the widest arrow stands for; 0 before the backward pass."""
    if not frame.backward_opened:
        return frame.revealed.largest
    started = frame.revealed.position > frame.cursor.tape.backward_start + 1
    return frame.scene.largest_opened if started else 0.0


def _ground(painter: QPainter, frame: Frame, rect: QRectF) -> None:
    painter.setPen(pen(frame.palette.color("line"), 1.0))
    painter.setBrush(mixed(frame.palette.color("popup"), frame.palette.ground, 0.2))
    painter.drawRoundedRect(rect, 5.0 * frame.scale, 5.0 * frame.scale)


def _arrow(
    painter: QPainter, frame: Frame, share: float, at: QPointF, length: float, width: float, unit: float
) -> None:
    color = arrow_color(frame, share)
    head = width * 1.15 + 5.5 * unit
    painter.setPen(pen(color, width, square=True))
    draw_lines(painter, np.array([[at.x() + width / 2, at.y(), at.x() + length - head, at.y()]]))
    tip = np.array([[at.x() + length, at.y()]])
    fill_polygons(painter, arrow_heads(tip, np.array([[1.0, 0.0]]), head, width * 1.5 + 5.0 * unit), color)
