"""Bridges and pictures for the tests of the views over time."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.bridge import Bridge
from gui.views.time_plot import TimePlot
from tests.gui.views.lesson_bridge import lesson_bridge


def bridge_of(**settings: object) -> Bridge:
    """A session of the first lesson with some settings changed."""
    return lesson_bridge("binary-addition", **settings)


def picture(plot: TimePlot) -> QImage:
    """The plot without the ring of the keyboard's focus, its scroll bars settled."""
    QApplication.processEvents()
    plot.clearFocus()
    return plot.viewport().grab().toImage()


def stepped_picture(bridge: Bridge, plot: TimePlot, position: int) -> QImage:
    """The plot after single steps to a position, each of them painted."""
    picture(plot)
    while bridge.cursor.position < position:
        bridge.step()
        QApplication.processEvents()
    return picture(plot)


def colors_of(image: QImage) -> set[int]:
    """The colours of every fourth pixel in every fourth row."""
    return {image.pixel(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)}
