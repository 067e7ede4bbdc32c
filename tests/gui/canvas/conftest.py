"""What the tests of the canvas share: a session, a bridge, an appearance, a stage and a view of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView
from gui.canvas.picture import staged
from gui.canvas.stage import Stage

SIZE = QSize(1280, 720)
MID_BACKWARD = 150


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance()


@pytest.fixture
def bridge(qapp: QApplication) -> Bridge:
    return Bridge(Session(lesson_named("binary-addition")))


@pytest.fixture
def stage(bridge: Bridge, appearance: Appearance) -> Stage:
    return staged(bridge, appearance, SIZE)


@pytest.fixture
def view(bridge: Bridge, appearance: Appearance, qapp: QApplication) -> Iterator[CanvasView]:
    made = CanvasView(bridge, appearance)
    made.resize(SIZE)
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
