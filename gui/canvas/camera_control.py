"""Moving the camera: wheel, drag and keys, and the gentle glide to where something happens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QKeyEvent, QWheelEvent

from gui.canvas.camera import Camera, whole_way

_PER_NOTCH = 1.18
_KEY_PAN = 60.0
_KEY_ZOOM = 1.25
_GLIDE_MS = 170
_ARROWS = {
    Qt.Key.Key_Left.value: (1, 0),
    Qt.Key.Key_Right.value: (-1, 0),
    Qt.Key.Key_Up.value: (0, 1),
    Qt.Key.Key_Down.value: (0, -1),
}


def wheel_zoom(camera: Camera, event: QWheelEvent) -> bool:
    """Zoom about the pointer; with Shift or a sideways turn, pan. Whether anything moved."""
    angle, pixels, at = event.angleDelta(), event.pixelDelta(), event.position()
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if shift or abs(angle.x()) > abs(angle.y()):
        distance = pixels.x() or pixels.y() or (angle.x() or angle.y()) / 2
        camera.pan(distance, 0.0)
        return bool(distance)
    if not angle.y():
        return False
    camera.zoom_about(_PER_NOTCH ** (angle.y() / 120.0), at.x(), at.y())
    return True


def key_move(camera: Camera, event: QKeyEvent) -> bool:
    """Shift with an arrow pans, + and − zoom about the middle; whether the key was one of these."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    arrow = _ARROWS.get(event.key())
    if arrow is not None and modifiers == Qt.KeyboardModifier.ShiftModifier:
        camera.pan(arrow[0] * _KEY_PAN, arrow[1] * _KEY_PAN)
        return True
    factor = {"+": _KEY_ZOOM, "-": 1 / _KEY_ZOOM}.get(event.text())
    if factor is None or modifiers & Qt.KeyboardModifier.ControlModifier:
        return False
    camera.zoom_about(factor, camera.width / 2, camera.height / 2)
    return True


class Glide(QObject):
    """Moves a camera from one view to another in a fraction of a second."""

    def __init__(self, camera: Camera, moved: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._camera = camera
        self._moved = moved
        self._from = camera.copy()
        self._to = camera.copy()
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._go)

    @property
    def running(self) -> bool:
        return self._animation.state() == QVariantAnimation.State.Running

    def to(self, target: Camera, *, at_once: bool) -> None:
        """Go to another view of the same size."""
        self.stop()
        self._from, self._to = self._camera.copy(), target
        if at_once:
            self._go(1.0)
        else:
            self._animation.start()

    def stop(self) -> None:
        """Stay where the camera is."""
        self._animation.stop()

    def finish(self) -> bool:
        """Put the camera where the glide leads, without telling; whether it was under way."""
        was_running = self.running
        if was_running:
            self.stop()
            self._move(1.0)
        return was_running

    def jump(self, target: Camera) -> None:
        """Put the camera somewhere else, without telling."""
        self.stop()
        self._camera.take(target)

    def _go(self, share: float) -> None:
        if share == 0.0:
            return  # where the camera is already; the step that begins to glide is shown from there
        self._move(share)
        self._moved()

    def _move(self, share: float) -> None:
        camera, start, end = self._camera, self._from, self._to
        if start.zoom == end.zoom:
            camera.take(whole_way(start, end, share))
        else:
            camera.zoom = start.zoom * (end.zoom / start.zoom) ** share
            a, b = _center(start), _center(end)
            camera.center_on(a.x() + (b.x() - a.x()) * share, a.y() + (b.y() - a.y()) * share)


def _center(camera: Camera) -> QPointF:
    return QPointF(*camera.to_scene(camera.width / 2, camera.height / 2))
