"""Marks over the graph: the rings of the cursor, the selection and what the mouse points at."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from graphs.drawing import NodeKind
from gui.canvas.frame import Frame
from gui.canvas.number_cards import card_of
from gui.canvas.palette import NO_BRUSH, pen

_LEAST_RADIUS = 9.0
_ROUND = (NodeKind.OPERATION, NodeKind.BACKWARD)


def ring_rect(frame: Frame, node: int, gap: float) -> QRectF:
    """The rectangle of a ring around a node at a distance in px."""
    drawing = frame.scene.drawing
    card = card_of(frame, node)
    if card is not None:
        return card.adjusted(-gap, -gap, gap, gap)
    x, y = frame.node_center(node)
    least = _LEAST_RADIUS * frame.scale
    half_w = max(float(drawing.width[node]) * frame.zoom / 2 + gap, least)
    half_h = max(float(drawing.height[node]) * frame.zoom / 2 + gap, least)
    if drawing.kind[node] in _ROUND:
        half_w = half_h = max(half_w, half_h)
    return QRectF(x - half_w, y - half_h, 2 * half_w, 2 * half_h)


def _draw_ring(painter: QPainter, frame: Frame, node: int, gap: float) -> None:
    rect = ring_rect(frame, node, gap)
    if frame.scene.drawing.kind[node] in _ROUND and card_of(frame, node) is None:
        painter.drawEllipse(rect)
        return
    pill = frame.scene.drawing.kind[node] == NodeKind.VARIABLE
    radius = rect.height() / 2 if pill else min(6.0 * frame.unit + gap, rect.height() / 2)
    painter.drawRoundedRect(rect, radius, radius)


def paint_cursor(painter: QPainter, frame: Frame, node: int) -> None:
    """The double ring around the node of the current step."""
    if node < 0:
        return
    unit = max(frame.unit, 0.7 * frame.scale)
    painter.setBrush(NO_BRUSH)
    painter.setPen(pen(frame.palette.cursor, 3.2 * unit))
    _draw_ring(painter, frame, node, 4.2 * unit)
    painter.setPen(pen(frame.palette.cursor, 1.3 * unit))
    _draw_ring(painter, frame, node, 9.2 * unit)


def paint_selection(painter: QPainter, frame: Frame, node: int) -> None:
    """The ring around what is selected."""
    if node >= 0:
        painter.setBrush(NO_BRUSH)
        unit = max(frame.unit, 0.7 * frame.scale)
        painter.setPen(pen(frame.palette.color("focus"), 2.4 * unit))
        _draw_ring(painter, frame, node, 3.6 * unit)


def paint_hover(painter: QPainter, frame: Frame, node: int) -> None:
    """The quiet ring around what the mouse points at, here or in another view."""
    if node >= 0:
        painter.setBrush(NO_BRUSH)
        color = frame.palette.color("focus")
        color.setAlpha(110)
        painter.setPen(pen(color, 5.0 * max(frame.unit, 0.7)))
        _draw_ring(painter, frame, node, 3.0 * frame.unit)
