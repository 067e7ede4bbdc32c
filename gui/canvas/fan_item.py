"""The layer of attention over the graph: painted anew when another fan, or more of one, is to be seen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.attention_fan import ShownFan, fan_bounds, line_at, paint_fans, shown_fans
from gui.canvas.frame import Frame


class FanItem(QGraphicsItem):
    """The fans that are shown; a picture is kept, so that what changes below them costs a copy."""

    def __init__(self, z: float) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self._fans: list[ShownFan] = []
        self._key: tuple[object, ...] = ()
        self._rect = QRectF()
        self.setZValue(z)
        self.setVisible(False)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_frame(self, frame: Frame) -> None:
        """Show what a frame reveals of its fans."""
        if not frame.scene.fans and not self._fans:
            return
        fans = shown_fans(frame)
        shown = tuple((one.fan, one.gradients is not None, one.sequence) for one in fans)
        camera = frame.camera
        key = (shown, frame.palette, frame.scale, camera.zoom, camera.left, camera.top, camera.width, camera.height)
        self._frame = frame
        if key == self._key:
            return
        self._key, self._fans = key, fans
        self.prepareGeometryChange()
        self._rect = fan_bounds(frame, fans)
        self.setVisible(not self._rect.isEmpty())
        self.update()

    def line_at(self, x: float, y: float) -> tuple[ShownFan, int] | None:
        """The line at a point of the view, and which of its sources it leads from; None for none."""
        if self._frame is None or not self._fans or not self._rect.contains(x, y):
            return None
        return line_at(self._frame, self._fans, x, y)

    def boundingRect(self) -> QRectF:  # noqa: N802
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._frame is not None:
            painter.setClipRect(self._rect)
            paint_fans(painter, self._frame, self._fans)
