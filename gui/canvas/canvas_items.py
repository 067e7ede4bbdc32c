"""The graphics items of the canvas: the graph, painted once per change, and what lies over it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.callout import EDGE, Callout, leader, paint_leader, place_callout
from gui.canvas.changes import looks_alike
from gui.canvas.frame import Frame
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.kept_picture import KeptPicture
from gui.canvas.marks import paint_cursor, paint_hover, paint_selection, ring_rect

_AROUND = 14.0


class GraphItem(QGraphicsItem):
    """The whole graph as one item. It keeps its picture, so that what moves over it costs a copy."""

    def __init__(self, painter: GraphPainter) -> None:
        super().__init__()
        self._kept = KeptPicture(painter)
        self._frame: Frame | None = None
        self._rect = QRectF()

    def set_frame(self, frame: Frame) -> None:
        """Show another frame."""
        rect = QRectF(0, 0, frame.camera.width, frame.camera.height)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self._frame = frame
        changed = self._kept.turn_to(frame)
        if changed is None:
            self.update()
            return
        for x, y, width, height in changed.tolist():
            self.update(QRectF(x, y, width, height))

    def foresee(self, frame: Frame) -> None:
        """Prepare the picture of a frame that may come next."""
        self._kept.foresee(frame)

    def boundingRect(self) -> QRectF:  # noqa: N802
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._frame is not None and not self._rect.isEmpty():
            painter.drawPixmap(QPointF(0, 0), self._kept.picture(self._frame))


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


@dataclass(frozen=True)
class _Placed:
    """A card with its place beside a node, px, and the line that leads from the node to it."""

    frame: Frame
    node: int
    callout: Callout
    at: QPointF
    leader: QPainterPath | None

    def is_for(self, frame: Frame, node: int, callout: Callout) -> bool:
        return callout is self.callout and node == self.node and looks_alike(self.frame, frame)


class CalloutItem(QGraphicsItem):
    """The card beside the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._callout: Callout | None = None
        self._node = -1
        self._frame: Frame | None = None
        self._leader: QPainterPath | None = None
        self._foreseen: _Placed | None = None
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
            foreseen = self._foreseen
            known = foreseen is not None and foreseen.is_for(frame, node, callout)
            placed = foreseen if foreseen is not None and known else _placed(frame, node, callout)
            self._leader = placed.leader
            self.setPos(placed.at)
        self.update()

    def foresee(self, frame: Frame, node: int, callout: Callout) -> None:
        """Find the place of a card that may be shown next."""
        self._foreseen = None
        if _is_seen(frame, node):
            self._foreseen = _placed(frame, node, callout)
            callout.picture(frame.ratio)

    def boundingRect(self) -> QRectF:  # noqa: N802
        if self._callout is None:
            return QRectF()
        rect = QRectF(QPointF(0, 0), self._callout.size)
        if self._leader is not None:
            rect = rect.united(self._leader.boundingRect())
        return rect.adjusted(-EDGE, -EDGE, EDGE, EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._callout is not None and self._frame is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._leader is not None:
                paint_leader(painter, self._frame, self._leader)
            painter.drawPixmap(QPointF(-EDGE, -EDGE), self._callout.picture(self._frame.ratio))


def _placed(frame: Frame, node: int, callout: Callout) -> _Placed:
    at = place_callout(frame, node, callout.size)
    line = leader(frame, node, at, callout.size)
    # On a whole pixel of the device, where its letters are crisp.
    at = QPointF(round(at.x() * frame.ratio) / frame.ratio, round(at.y() * frame.ratio) / frame.ratio)
    return _Placed(frame, node, callout, at, None if line is None else line.translated(-at))


def _is_seen(frame: Frame, node: int) -> bool:
    x, y = frame.node_center(node)
    return -4.0 <= x <= frame.camera.width + 4.0 and -4.0 <= y <= frame.camera.height + 4.0
