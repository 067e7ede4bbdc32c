"""Bridges of small autoencoders, for the tests of their views, and a mouse that moves at once."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.bridge import Bridge
from tests.gui.views.lesson_bridge import lesson_bridge

_SMALL = {"image_size": 6, "examples": 40, "hidden": 5, "batch": 12}


def digits_bridge(lesson: str = "vae-digits", **settings: object) -> Bridge:
    """A session of a lesson on drawn digits."""
    return lesson_bridge(lesson, **{**_SMALL, **settings})


def point_at(widget: QWidget, point: QPoint) -> None:
    """Move the mouse there, no button pressed."""
    none, at = Qt.MouseButton.NoButton, QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, widget.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
