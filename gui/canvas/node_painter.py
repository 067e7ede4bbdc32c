"""Paints the nodes in view: one pixmap per look, all nodes of that look in one call."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from graphs.drawing import NodeKind
from gui.canvas.batches import FRAGMENT_FIELDS, draw_fragments, draw_rects
from gui.canvas.frame import Array, Frame, Indices
from gui.canvas.node_shapes import Shape, ShapePainter
from gui.canvas.palette import NO_PEN

_KEPT = 400
_AROUND = 3
"""Room for the line around a shape in its pixmap, px."""
_DOTS_BELOW = 7.0
"""Nodes smaller than this are plain marks, px."""
_PIXMAPS_BELOW = 400.0
"""Shapes larger than this are painted, not kept as pixmaps, px."""


class NodePainter:
    """Paints nodes; keeps the pixmaps of their looks."""

    def __init__(self) -> None:
        self._pixmaps: OrderedDict[tuple[Shape, float, str], QPixmap] = OrderedDict()

    def clear(self) -> None:
        """Forget all pixmaps."""
        self._pixmaps.clear()

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """Paint the shapes of all nodes in view, values left out."""
        if not len(frame.nodes):
            return
        shown = frame.revealed.nodes[frame.nodes]
        codes = frame.looks[0][frame.nodes] * 2 + shown
        small = np.maximum(frame.node_rects[:, 2], frame.node_rects[:, 3]) < _DOTS_BELOW
        shapes = ShapePainter(frame.palette, frame.labels, outlined=frame.outlined)
        for code in np.unique(codes):
            members = np.flatnonzero((codes == code) & ~small)
            if len(members):
                shape = _shape(frame, int(code))
                self._paint_alike(painter, frame, shapes, shape, frame.node_rects[members])
        if small.any():
            self._paint_marks(painter, frame, shapes, np.flatnonzero(small), codes)

    def _paint_alike(
        self, painter: QPainter, frame: Frame, shapes: ShapePainter, shape: Shape, rects: Array
    ) -> None:
        if frame.outlined or max(shape.width, shape.height) > _PIXMAPS_BELOW:
            for x, y in rects[:, :2].tolist():
                painter.translate(x, y)
                shapes.paint(painter, shape)
                painter.translate(-x, -y)
            return
        pixmap = self._pixmap(frame, shapes, shape)
        ratio = frame.ratio
        width, height = pixmap.width(), pixmap.height()
        rows = np.zeros((len(rects), FRAGMENT_FIELDS))
        # Whole device pixels: a shape keeps its crisp edge wherever it stands.
        rows[:, 0] = (np.rint(rects[:, 0] * ratio - width / 2) + width / 2) / ratio
        rows[:, 1] = (np.rint(rects[:, 1] * ratio - height / 2) + height / 2) / ratio
        rows[:, 4], rows[:, 5] = width, height
        rows[:, 6:8] = 1.0 / ratio
        rows[:, 9] = 1.0
        draw_fragments(painter, rows, pixmap)

    def _pixmap(self, frame: Frame, shapes: ShapePainter, shape: Shape) -> QPixmap:
        key = shape, frame.ratio, frame.palette.name
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = _rendered(shapes, shape, frame.ratio)
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        else:
            self._pixmaps.move_to_end(key)
        return pixmap

    def _paint_marks(
        self, painter: QPainter, frame: Frame, shapes: ShapePainter, which: Indices, codes: Indices
    ) -> None:
        painter.setPen(NO_PEN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for code in np.unique(codes[which]):
            rects = frame.node_rects[which[codes[which] == code]]
            sizes = np.maximum(rects[:, 2:], 1.0)
            painter.setBrush(shapes.colors(_shape(frame, int(code)))[0])
            draw_rects(painter, np.concatenate([rects[:, :2] - sizes / 2, sizes], axis=1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _shape(frame: Frame, code: int) -> Shape:
    kind, markup, width, height = frame.looks[1][code // 2]
    tint = markup if kind == NodeKind.BOX and markup in frame.scene.gate_names else ""
    letter = frame.scene.gate_letters.get(tint, "")
    if kind == NodeKind.BOX and not tint:
        markup = frame.words.get(markup, markup)
    return Shape(kind, markup, width * frame.zoom, height * frame.zoom, bool(code % 2), frame.unit, tint, letter)


def _rendered(shapes: ShapePainter, shape: Shape, ratio: float) -> QPixmap:
    room = _AROUND + shape.unit
    width = int(np.ceil((shape.width + 2 * room) * ratio))
    height = int(np.ceil((shape.height + 2 * room) * ratio))
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.translate(width / 2 / ratio, height / 2 / ratio)
    shapes.paint(painter, shape)
    painter.end()
    return pixmap


def rect_of(row: Array) -> QRectF:
    """The rectangle of a row centre x, centre y, width, height."""
    x, y, width, height = row.tolist()
    return QRectF(x - width / 2, y - height / 2, width, height)
