"""The view keeps up with the cursor, however fast it moves and whatever becomes of the view's size."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.bridge import Bridge
from gui.canvas import following
from gui.canvas.camera import Camera
from gui.canvas.canvas_view import CanvasView

_GLIDE = 400
"""Milliseconds after which the view stands still."""


def _is_seen(view: CanvasView) -> bool:
    rect = view.stage.node_rect(view.stage.current_node())
    assert rect is not None
    x, y, width, height = view.camera.rect_to_view(rect)
    return x >= 0 and y >= 0 and x + width <= view.camera.width and y + height <= view.camera.height


def _zoom(view: CanvasView) -> None:
    """So near that the graph does not fit."""
    view.camera.zoom_about(2.2 / view.camera.zoom, 300.0, 300.0)
    view.zoom_in()
    QTest.qWait(_GLIDE)


def test_a_held_key_never_outruns_the_view(
    view: CanvasView, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_FAST", 60.0)  # however slow the machine
    _zoom(view)
    cameras: list[Camera] = []
    for _ in range(bridge.cursor.end):
        bridge.step()
        QApplication.processEvents()
        cameras.append(view.camera.copy())
        if len(cameras) > 1:  # the first step may glide
            assert _is_seen(view), bridge.cursor.position
        if bridge.cursor.stop_after(bridge.session.grain) is None:
            break
    assert len({(one.left, one.top) for one in cameras}) > 10


def test_a_single_step_glides(view: CanvasView, bridge: Bridge) -> None:
    _zoom(view)
    bridge.move_to(5)
    QTest.qWait(_GLIDE)
    before = view.camera.copy()
    bridge.move_to(bridge.cursor.end - 20)
    assert view.camera == before
    QTest.qWait(_GLIDE)
    assert _is_seen(view)
    assert view.camera.zoom == before.zoom


@pytest.mark.parametrize("position", [60, 150])
def test_a_view_that_becomes_small_still_shows_the_step(view: CanvasView, bridge: Bridge, position: int) -> None:
    _zoom(view)
    bridge.move_to(position)
    QTest.qWait(_GLIDE)
    for height in (600, 420, 300, 500):
        view.resize(view.width(), height)
        assert _is_seen(view), height


def test_who_has_moved_away_is_not_brought_back_by_another_size(view: CanvasView, bridge: Bridge) -> None:
    _zoom(view)
    bridge.move_to(60)
    QTest.qWait(_GLIDE)
    view.camera.pan(-3000.0, 0.0)
    assert not _is_seen(view)
    view.resize(view.width(), 420)
    assert not _is_seen(view)
