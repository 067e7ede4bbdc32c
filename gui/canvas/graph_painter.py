"""Paints the graph: the layers of one picture, from the ground up."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.canvas.captions import paint_captions
from gui.canvas.columns import paint_columns, paint_frames, paint_titles
from gui.canvas.edge_painter import paint_cuts, paint_edges
from gui.canvas.forced_marks import paint_forced_marks
from gui.canvas.frame import Frame
from gui.canvas.gradient_arrows import paint_gradient_arrows
from gui.canvas.lattice_painter import paint_handovers, paint_lattices
from gui.canvas.layer_titles import paint_layer_titles
from gui.canvas.node_painter import NodePainter
from gui.canvas.number_cards import paint_cards
from gui.canvas.opened_arrows import paint_opened_edges
from gui.canvas.palette import pen
from gui.canvas.rails import paint_heads, paint_rails, paint_taps
from gui.canvas.value_painter import ValuePainter


class GraphPainter:
    """Paints frames on any device; keeps pixmaps and strips between them."""

    def __init__(self) -> None:
        self._nodes = NodePainter()
        self._values = ValuePainter()

    def clear(self) -> None:
        """Forget what depends on theme, tape and language."""
        self._nodes.clear()
        self._values.clear()

    def clear_values(self) -> None:
        """Forget what depends on the tape."""
        self._values.clear()

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """Paint a frame."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, frame.camera.width, frame.camera.height), frame.palette.ground)
        paint_columns(painter, frame)
        paint_frames(painter, frame)
        paint_handovers(painter, frame)
        paint_rails(painter, frame)
        paint_edges(painter, frame)
        if frame.backward_opened:
            paint_opened_edges(painter, frame)
        else:
            paint_gradient_arrows(painter, frame)
        paint_cuts(painter, frame)
        paint_taps(painter, frame)
        self._nodes.paint(painter, frame)
        paint_cards(painter, frame)
        self._values.paint(painter, frame)
        paint_titles(painter, frame)
        paint_captions(painter, frame)
        paint_lattices(painter, frame)
        paint_layer_titles(painter, frame)
        paint_heads(painter, frame)
        paint_forced_marks(painter, frame)
        _paint_breakpoints(painter, frame)


def _paint_breakpoints(painter: QPainter, frame: Frame) -> None:
    """A red dot at the upper left of every node with a breakpoint."""
    drawing = frame.scene.drawing
    painter.setPen(pen(frame.palette.ground, 1.4 * frame.unit))
    painter.setBrush(frame.palette.color("breakpoint"))
    radius = max(4.2 * frame.unit, 2.6 * frame.scale)
    for entry in frame.breakpoints:
        node = frame.scene.node_of(entry)
        if node < 0:
            continue
        x, y = frame.node_center(node)
        width, height = float(drawing.width[node]) * frame.zoom, float(drawing.height[node]) * frame.zoom
        corner = 0.354 * min(width, height)
        painter.drawEllipse(QPointF(x - max(corner, width / 2 - 0.15 * height), y - corner), radius, radius)
