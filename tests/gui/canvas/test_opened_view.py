"""Opening the backward pass shows its steps, and among them the current one, however small the window is."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from graphs.level import Level
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView

SMALL = 674, 366


@pytest.fixture(params=["lstm", "deep-rnn", "bahdanau-dates"])
def bridge(request: pytest.FixtureRequest, qapp: QApplication) -> Bridge:
    return Bridge(Session(lesson_named(request.param)))


@pytest.fixture
def view(bridge: Bridge, appearance: Appearance, qapp: QApplication) -> Iterator[CanvasView]:
    made = CanvasView(bridge, appearance)
    made.resize(*SMALL)
    made.show()
    qapp.processEvents()
    made.hide()  # else it would glide, not jump
    yield made
    made.deleteLater()


def _sees_the_step(view: CanvasView) -> bool:
    rect = view.stage.node_rect(view.stage.current_node())
    if rect is None:  # what is given has no place of its own
        return True
    x, y, width, height = view.camera.rect_to_view(rect)
    return x >= 0 and y >= 0 and x + width <= SMALL[0] and y + height <= SMALL[1]


def test_its_steps_are_nodes_of_their_own_at_once(view: CanvasView, bridge: Bridge) -> None:
    start, end = bridge.tape.backward_start, bridge.tape.update_start
    bridge.move_to((start + end) // 2)
    view.set_backward_mode("opened")
    assert view.level is Level.OPERATIONS
    assert _sees_the_step(view)
    view.set_backward_mode("overlay")
    assert _sees_the_step(view) or view.level is not Level.OPERATIONS


def test_the_current_step_is_followed_in_columns_wider_than_the_view(view: CanvasView, bridge: Bridge) -> None:
    view.set_backward_mode("opened")
    start, end = bridge.tape.backward_start, bridge.tape.update_start
    for position in [*range(1, start, max(1, start // 80)), *range(start + 2, end, max(1, (end - start) // 80))]:
        bridge.move_to(position)
        assert _sees_the_step(view), position
