"""Only what changed is painted again: the picture that is kept is always the one that painting all would give."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView
from gui.canvas.changes import changed_rects
from gui.canvas.frame import Frame
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.legend import paint_legend
from gui.foresight import Foresight

EVERY = 7
_GLIDE = 500
"""Milliseconds after which the view stands still."""


def _pixels(pixmap: QPixmap) -> np.ndarray:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def _kept(view: CanvasView) -> np.ndarray:
    """The view's graph without what lies over it."""
    QApplication.processEvents()
    graph = min(view.scene().items(), key=lambda item: item.zValue())
    pixmap = QPixmap(view.viewport().size())
    painter = QPainter(pixmap)
    graph.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return _pixels(pixmap)


def _fresh(view: CanvasView) -> np.ndarray:
    pixmap = QPixmap(view.viewport().size())
    painter = QPainter(pixmap)
    frame = view.stage.frame()
    GraphPainter().paint(painter, frame)
    paint_legend(painter, frame)
    painter.end()
    return _pixels(pixmap)


def _compare(view: CanvasView) -> None:
    # Qt draws the same letter a little differently from time to time.
    away = np.abs(_kept(view).astype(int) - _fresh(view)).max(axis=2)
    assert (away > 90).sum() <= 12, view.stage.frame().revealed.position
    assert (away > 40).sum() <= 60, view.stage.frame().revealed.position


def _look_ahead(view: CanvasView) -> None:
    """Let the view prepare the next step."""
    QTest.qWait(1)
    (foresight,) = view.findChildren(Foresight)
    while not foresight.is_done:
        QApplication.processEvents()


def _walk_and_compare(view: CanvasView, bridge: Bridge, every: int = EVERY) -> None:
    for position in [*range(bridge.cursor.end), *range(bridge.cursor.end, -1, -1)]:
        bridge.move_to(position)
        QApplication.processEvents()
        if position % every == 0:
            _compare(view)


def test_stepping_through_a_tape_and_back(view: CanvasView, bridge: Bridge) -> None:
    _walk_and_compare(view, bridge)


@pytest.mark.parametrize("zoom", [0.3, 0.6, 1.6, 3.4])
def test_at_other_zooms(view: CanvasView, bridge: Bridge, appearance: Appearance, zoom: float) -> None:
    view.camera.zoom_about(zoom / view.camera.zoom, 500.0, 300.0)
    view.zoom_in()
    QTest.qWait(_GLIDE)
    view.set_follows_cursor(False)
    appearance.changed.emit()  # pictures of values kept from the way there are a fraction of a pixel smaller
    _walk_and_compare(view, bridge, 23)


def _open_backward(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    view.set_backward_mode("opened")


def _fold(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    view.set_view("folded")


def _grow(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    appearance.set_scale(1.5)


def _darken(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    appearance.set_theme("dark")


def _break(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    bridge.toggle_breakpoint(20)


def _select(view: CanvasView, bridge: Bridge, appearance: Appearance) -> None:
    bridge.select(12)
    bridge.hover_at(9)


@pytest.mark.parametrize("change", [_open_backward, _fold, _grow, _darken, _break, _select])
def test_changes_between_steps(
    view: CanvasView, bridge: Bridge, appearance: Appearance, change: Callable[..., None]
) -> None:
    for position in (40, 41, 130):
        bridge.move_to(position)
        QApplication.processEvents()
    change(view, bridge, appearance)
    _compare(view)
    for position in (131, 132, 133, 160, 161, 42, 41):
        bridge.move_to(position)
        _compare(view)


@pytest.mark.parametrize("change", [_open_backward, _fold, _grow, _darken, _break, _select])
def test_changes_between_a_step_and_the_one_foreseen(
    view: CanvasView, bridge: Bridge, appearance: Appearance, change: Callable[..., None]
) -> None:
    bridge.move_to(130)
    _look_ahead(view)
    change(view, bridge, appearance)
    for way in (bridge.step, bridge.step, bridge.step_back, bridge.step_back, bridge.step_back):
        way()
        _compare(view)


@pytest.mark.parametrize("start", [1, 60, 128, 200])
@pytest.mark.parametrize("way", ["step", "step_back"])
def test_a_step_that_was_foreseen_paints_nothing(
    view: CanvasView, bridge: Bridge, start: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    paint = GraphPainter.paint

    def counted(self: GraphPainter, painter: QPainter, frame: Frame) -> None:
        painted.append(frame.revealed.position)
        paint(self, painter, frame)

    view.set_follows_cursor(False)
    bridge.move_to(start)
    getattr(bridge, way)()
    for _ in range(8):
        _look_ahead(view)
        with monkeypatch.context() as patch:
            patch.setattr(GraphPainter, "paint", counted)
            getattr(bridge, way)()
            QApplication.processEvents()
        assert not painted
    _compare(view)


@pytest.mark.parametrize("zoom", [0.3, 0.8, 1.6])
def test_panning(view: CanvasView, bridge: Bridge, appearance: Appearance, zoom: float) -> None:
    bridge.move_to(150)
    QTest.qWait(_GLIDE)
    view.camera.zoom_about(zoom / view.camera.zoom, 500.0, 300.0)
    appearance.changed.emit()
    QTest.qWait(50)
    port, at = view.viewport(), QPoint(700, 400)
    nothing = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, Qt.MouseButton.LeftButton, nothing, at)
    for dx, dy in ((23, 0), (23, 0), (-40, 0), (0, 31), (0, 31), (0, -90), (-17, -23), (-17, 40), (50, 12)):
        at += QPoint(dx, dy)
        QTest.mouseMove(port, at)
        _compare(view)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, nothing, at)


def test_a_step_leaves_most_of_the_picture(view: CanvasView, bridge: Bridge) -> None:
    """Else nothing would be won."""
    shares = []
    before = view.stage.frame()
    for position in range(1, bridge.cursor.end):
        bridge.move_to(position)
        now = view.stage.frame()
        rects = changed_rects(before, now)
        whole = now.camera.width * now.camera.height
        shares.append(1.0 if rects is None else float((rects[:, 2] * rects[:, 3]).sum()) / whole)
        before = now
    assert np.median(shares) < 0.2
