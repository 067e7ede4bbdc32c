"""The graphics items of the canvas: the graph, painted once per change, and what lies over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QRegion
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.callout import Callout, leader, paint_leader, place_callout
from gui.canvas.changes import changed_rects, panned
from gui.canvas.frame import Array, Frame
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.legend import paint_legend
from gui.canvas.marks import paint_cursor, paint_hover, paint_selection, ring_rect

_AROUND = 14.0


class GraphItem(QGraphicsItem):
    """The whole graph as one item. It keeps its picture, so that what moves over it costs a copy."""

    def __init__(self, painter: GraphPainter) -> None:
        super().__init__()
        self._painter = painter
        self._frame: Frame | None = None
        self._picture: QPixmap | None = None
        self._changed: Array | None = None
        self._painted: Frame | None = None
        self._rect = QRectF()

    def set_frame(self, frame: Frame) -> None:
        """Show another frame."""
        rect = QRectF(0, 0, frame.camera.width, frame.camera.height)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
            self._picture = None
        self._frame = frame
        moved = None if self._painted is None or self._picture is None else panned(self._painted, frame)
        if moved is not None and self._picture is not None and moved[0] != (0, 0):
            self._picture.scroll(*moved[0], self._picture.rect())
            self._paint_part(frame, moved[1])
            self._changed = np.zeros((0, 4))
            self.update()
            return
        self._changed = self._changes(frame)
        if self._changed is None:
            self.update()
            return
        for x, y, width, height in self._changed.tolist():
            self.update(QRectF(x, y, width, height))

    def _changes(self, frame: Frame) -> Array | None:
        """Where the picture that is kept shows something else than a frame; None for everywhere."""
        return None if self._painted is None or self._picture is None else changed_rects(self._painted, frame)

    def boundingRect(self) -> QRectF:  # noqa: N802
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._frame is None or self._rect.isEmpty():
            return
        if self._picture is None or self._painted is not self._frame:
            self._repaint(self._frame)
        if self._picture is not None:
            painter.drawPixmap(QPointF(0, 0), self._picture)

    def _repaint(self, frame: Frame) -> None:
        wide, high = round(self._rect.width() * frame.ratio), round(self._rect.height() * frame.ratio)
        picture = self._picture
        if picture is None or (picture.width(), picture.height()) != (wide, high):
            picture = self._picture = QPixmap(wide, high)
            picture.setDevicePixelRatio(frame.ratio)
            self._changed = None
        self._paint_part(frame, self._changed)
        self._changed = np.zeros((0, 4))

    def _paint_part(self, frame: Frame, rects: Array | None) -> None:
        """Paint what lies in some rectangles anew; all for None."""
        self._painted = frame
        if self._picture is None or (rects is not None and not len(rects)):
            return
        painter = QPainter(self._picture)
        shown = frame
        if rects is not None:
            painter.setClipRegion(_region(rects))
            shown = frame.part(rects)
        self._painter.paint(painter, shown)
        paint_legend(painter, shown)
        painter.end()


def _region(rects: Array) -> QRegion:
    region = QRegion()
    for x, y, width, height in rects.astype(int).tolist():
        region |= QRect(x, y, width, height)
    return region


class RingItem(QGraphicsItem):
    """A ring around one node: the cursor's, the selection's or the hover's."""

    PAINTERS = {"cursor": paint_cursor, "selection": paint_selection, "hover": paint_hover}

    def __init__(self, kind: str, z: float) -> None:
        super().__init__()
        self._paint = self.PAINTERS[kind]
        self._frame: Frame | None = None
        self._node = -1
        self._rect = QRectF()
        self.setZValue(z)
        self.setVisible(False)

    def surround(self, frame: Frame, node: int) -> None:
        """Show the ring around a node, or none for -1."""
        self.setVisible(node >= 0)
        self.prepareGeometryChange()
        self._frame, self._node = frame, node
        room = _AROUND * max(frame.unit, frame.scale)
        self._rect = ring_rect(frame, node, room) if node >= 0 else QRectF()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._frame is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, self._frame, self._node)


class CalloutItem(QGraphicsItem):
    """The card beside the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._callout: Callout | None = None
        self._node = -1
        self._frame: Frame | None = None
        self._leader: QPainterPath | None = None
        self.setZValue(30)
        self.setVisible(False)

    def show_beside(self, frame: Frame, node: int, callout: Callout | None) -> None:
        """Show a card beside a node; none where there is no node in view."""
        if frame is self._frame and node == self._node and callout is self._callout and callout is not None:
            return
        self._node = node
        visible = callout is not None and node >= 0 and _is_seen(frame, node)
        self.setVisible(visible)
        self.prepareGeometryChange()
        self._callout = callout if visible else None
        self._frame, self._leader = frame, None
        if callout is not None and visible:
            at = place_callout(frame, node, callout.size)
            line = leader(frame, node, at, callout.size)
            self._leader = None if line is None else line.translated(-at)
            self.setPos(at)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        if self._callout is None:
            return QRectF()
        rect = QRectF(QPointF(0, 0), self._callout.size)
        if self._leader is not None:
            rect = rect.united(self._leader.boundingRect())
        return rect.adjusted(-4, -4, 4, 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._callout is not None and self._frame is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._leader is not None:
                paint_leader(painter, self._frame, self._leader)
            self._callout.paint(painter, QPointF(0, 0))


def _is_seen(frame: Frame, node: int) -> bool:
    x, y = frame.node_center(node)
    return -4.0 <= x <= frame.camera.width + 4.0 and -4.0 <= y <= frame.camera.height + 4.0
