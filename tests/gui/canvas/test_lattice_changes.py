"""Of encoder and decoder, too, the picture that is kept is the one that painting all would give."""

import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView
from tests.gui.canvas.test_changes import _compare


@pytest.fixture
def bridge(qapp):
    lesson = lesson_named("seq2seq-addition")
    return Bridge(Session(lesson, lesson.settings.changed(hidden=3, embedding=2, batch=2)))


def test_what_is_handed_over_is_tinted_when_it_is_revealed(view: CanvasView, bridge: Bridge) -> None:
    (handover,) = view.stage.scene.drawing.handovers
    view.set_follows_cursor(False)
    view.stage.fit()
    last = max(handover.entries)
    for position in (last, last + 1, last + 2, last, 0):
        bridge.move_to(position)
        _compare(view)


def test_names_keep_to_the_middle_of_what_is_seen_while_the_view_is_panned(view: CanvasView) -> None:
    view.set_follows_cursor(False)
    view.stage.fit()
    view.camera.zoom_about(2.0, 100.0, 520.0)
    view.stage.update_level()
    view.forget_folding()
    for dx, dy in ((-40, 0), (25, -30), (0, 12)):
        view.stage.camera.pan(dx, dy)
        view.forget_folding()  # another frame
        _compare(view)
