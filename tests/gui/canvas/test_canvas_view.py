"""The view: rings and cards follow the cursor; every look, size and value is painted without a warning."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.debugger.grain import Grain
from engine.debugger.session import Session
from graphs.level import Level
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.callout import place_callout
from gui.canvas.canvas_view import CanvasView
from gui.canvas.marks import ring_rect
from gui.canvas.picture import paint_stage, render_picture, staged
from gui.canvas.stage import Stage


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [0.75, 1.0, 3.0])
def test_every_look_is_painted(bridge: Bridge, appearance: Appearance, theme: str, scale: float) -> None:
    appearance.set_theme(theme)
    appearance.set_scale(scale)
    for position in (0, 40, 150, 215):
        bridge.move_to(position)
        image = render_picture(bridge, appearance, QSize(900, 500))
        assert len({image.pixel(x, y) for x in range(0, 900, 7) for y in range(0, 500, 7)}) > 4


def test_every_step_is_painted_with_ring_and_card(view: CanvasView, bridge: Bridge, qapp: QApplication) -> None:
    for position in bridge.cursor.stops(Grain.OPERATION)[1::3].tolist():
        bridge.move_to(position)
        assert view.stage.current_node() >= 0
        view.viewport().repaint()


def test_the_card_never_covers_the_ring(stage: Stage, bridge: Bridge) -> None:
    for position in bridge.cursor.stops(Grain.OPERATION)[1::7].tolist():
        bridge.move_to(position)
        frame, node, card = stage.frame(), stage.current_node(), stage.callout()
        assert card is not None
        at = place_callout(frame, node, card.size)
        ring = ring_rect(frame, node, 9.0 * frame.unit)
        rect = QRectF(at, card.size)
        assert QRectF(0, 0, frame.camera.width, frame.camera.height).contains(rect)
        assert not rect.intersects(ring)


def test_backward_steps_ring_the_step_they_differentiate(stage: Stage, bridge: Bridge) -> None:
    for span in bridge.tape.spans():
        for step in range(span.first, span.last):
            bridge.move_to(step + 1)
            node = stage.current_node()
            assert int(stage.scene.drawing.entry[node]) == span.of


def test_the_update_rings_its_parameter(stage: Stage, bridge: Bridge) -> None:
    for name, entry in bridge.tape.updates.items():
        bridge.move_to(entry + 1)
        assert stage.scene.drawing.label[stage.current_node()] == name


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, 0.0])
def test_values_that_are_not_finite_are_painted_as_such(
    bridge: Bridge, appearance: Appearance, value: float
) -> None:
    for step in bridge.tape.steps:
        if step.index % 3 == 0:
            step.value = np.full(np.shape(step.value), value)
    bridge.move_to(bridge.cursor.end)
    stage = staged(bridge, appearance, QSize(900, 500))
    for zoom in (1.0, 6.0):
        stage.camera.zoom_about(zoom, 450, 250)
        image = QImage(900, 500, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(image)
        paint_stage(painter, stage)
        painter.end()
        if np.isnan(value):
            marked = appearance.color("not_finite").rgb()
            assert any(image.pixel(x, y) == marked for x in range(900) for y in range(0, 500, 3))


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("mode", ["overlay", "opened"])
def test_every_level_and_mode_is_painted(view: CanvasView, bridge: Bridge, level: Level, mode: str) -> None:
    bridge.move_to(150)
    view.set_backward_mode(mode)
    view.set_mode(level)
    view.viewport().repaint()
    view.set_view("folded")
    view.viewport().repaint()
    assert view.level is level


def test_wheel_and_keys_move_the_camera(view: CanvasView) -> None:
    before = view.camera.copy()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.camera.left > before.left
    QTest.keyClicks(view, "+")
    assert view.camera.zoom > before.zoom


def test_dragging_pans_and_selects_nothing(view: CanvasView, bridge: Bridge) -> None:
    before = view.camera.to_scene(400, 300)
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=QPoint(400, 300))
    QTest.mouseMove(port, QPoint(430, 330))
    QTest.mouseRelease(port, left, pos=QPoint(430, 330))
    np.testing.assert_allclose(view.camera.to_scene(430, 330), before, atol=1e-6)
    assert bridge.selection is None


def test_larger_text_makes_the_graph_larger(view: CanvasView, appearance: Appearance) -> None:
    before = view.camera.zoom
    appearance.set_scale(2.0)
    assert view.camera.zoom == pytest.approx(2 * before)


def test_the_canvas_has_a_name_for_screen_readers(view: CanvasView) -> None:
    face = QAccessible.queryAccessibleInterface(view)
    assert face.text(QAccessible.Text.Name) == "Graph of the network"


def test_another_iteration_is_shown_where_the_last_one_was(view: CanvasView, bridge: Bridge) -> None:
    view.zoom_in()
    bridge.session.run.next_iteration()
    bridge.step()  # the view is there at once
    before = view.camera.copy()
    bridge.session.open_iteration(1)
    assert view.camera == before
    assert view.stage.source.tape is bridge.tape


def test_the_folded_view_shows_the_time_step_of_the_cursor(bridge, view):
    view.set_view("folded")
    for t in (1, 3, 2):
        bridge.run_to(next(s.index for s in bridge.tape if s.symbol == "z" and s.scope.path == f"t={t}/rnn"))
        shown = {bridge.tape[entry].scope.path for entry in view.stage.scene.drawing.entry if entry >= 0}
        assert f"t={t}/rnn" in shown
        assert not {f"t={other}/rnn" for other in (1, 2, 3) if other not in (t, t - 1)} & shown
    bridge.move_to(bridge.cursor.end)
    assert "t=2/rnn" in {bridge.tape[entry].scope.path for entry in view.stage.scene.drawing.entry if entry >= 0}


def test_the_folded_view_passes_to_the_end_of_a_longer_tape(bridge, view):
    """Sentences and trees differ in length: the step at hand on the new tape is none of the old one."""
    longer = Session(bridge.lesson, bridge.settings.changed(bits=12)).tape
    view.set_view("folded")
    bridge.session.open_iteration(0, at_end=True, tape=longer)
    assert view.stage.source.tape is longer
    assert view.stage.frame().scene.drawing.entry.max() < len(longer)


def test_the_canvas_may_be_resized_while_it_hears_of_another_lesson(bridge, view, qtbot):
    """The lesson's panels open and leave less room before the new tape is announced; the old one was looked up."""
    bridge.open_lesson("lstm")
    qtbot.waitUntil(lambda: bridge.lesson.id == "lstm", timeout=20_000)
    bridge.run_to(600)
    bridge.select(700)
    bridge.lesson_changed.connect(lambda: view.resize(view.width() - 200, view.height()))
    bridge.restarted.connect(lambda: bridge.select(len(bridge.tape) - 1))
    bridge.restarted.connect(lambda: view.resize(view.width() - 50, view.height()))
    for name in ("binary-addition", "deep-rnn", "binary-addition"):
        bridge.open_lesson(name)
        qtbot.waitUntil(lambda name=name: bridge.lesson.id == name, timeout=20_000)
        view.viewport().repaint()
        assert view.stage.frame().scene.drawing.entry.max() < len(bridge.tape)
