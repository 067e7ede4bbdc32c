"""The view of attention: the right numbers at the right place, nothing before its time, masks seen as masks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.lesson import lesson_named
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention import AttentionView
from gui.views.attention_plot import AttentionPlot
from tests.gui.views.plot_pictures import picture, stepped_picture
from tests.gui.views.seq2seq_lesson import seq2seq_bridge
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, AttentionView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(look: Appearance | None = None, **settings: object) -> tuple[Bridge, AttentionView]:
        bridge = seq2seq_bridge("date_formats", **{"attention": "dot", "padding": "masked", **settings})
        return bridge, showing(AttentionView, bridge, (1100, 320), look)

    return open_view


def plot_of(view: AttentionView) -> AttentionPlot:
    assert view.plot is not None
    return view.plot


def weights_of(bridge: Bridge) -> list[int]:
    return [step.index for step in bridge.tape.steps if step.role is Role.ATTENTION]


def point_at(plot: AttentionPlot, row: int, t: int) -> QPoint:
    return plot.cell_box(row, t).center().toPoint()


def test_rows_grow_with_the_cursor(opened: Opened) -> None:
    bridge, view = opened()
    rows, entries = plot_of(view).rows, weights_of(bridge)
    assert len(entries) == 10
    assert all(rows.shown(row, bridge.cursor) is None for row in range(10))
    bridge.run_to(entries[3])
    assert [rows.shown(row, bridge.cursor) is not None for row in range(10)] == [True] * 4 + [False] * 6
    np.testing.assert_array_equal(rows.numbers(entries[3], 3), bridge.tape[entries[3]].value[0])


def test_scores_weights_and_their_gradients(opened: Opened) -> None:
    bridge, view = opened(attention="additive")
    plot, entry = plot_of(view), weights_of(bridge)[5]
    score = bridge.tape[entry].inputs[0].index
    bridge.move_to(bridge.tape.backward_start)
    view.show_gradients(True)
    assert plot.rows.shown(5, bridge.cursor) is None
    bridge.move_to(bridge.cursor.end)
    for before, index in ((False, entry), (True, score)):
        view.show_scores(before)
        gradient = bridge.tape.gradient(index)
        assert gradient is not None
        shown = plot.rows.shown(5, bridge.cursor)
        assert shown is not None
        np.testing.assert_array_equal(plot.rows.numbers(shown, 5), gradient[0])
    view.show_gradients(False)
    assert plot.rows.shown(5, bridge.cursor) == score
    assert plot.scale().least < 0
    view.show_scores(False)
    assert (plot.scale().least, plot.scale().greatest) == (0.0, 1.0)


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("gradient", [False, True])
def test_the_picture_does_not_depend_on_what_is_hidden(opened: Opened, before: bool, gradient: bool) -> None:
    pictures = []
    for init in ("xavier", "he"):
        bridge, view = opened(init=init)
        view.show_scores(before)
        view.show_gradients(gradient)
        bridge.move_to(weights_of(bridge)[0] - 6)
        pictures.append(picture(plot_of(view)))
    assert pictures[0] == pictures[1]


def test_a_step_at_a_time_gives_the_picture_of_a_jump(opened: Opened) -> None:
    bridge, view = opened()
    end = weights_of(bridge)[4] + 2
    bridge.run_to(weights_of(bridge)[1])
    grown = stepped_picture(bridge, plot_of(view), end)
    plot_of(view).show_rows(plot_of(view).rows)
    assert picture(plot_of(view)) == grown


def test_masked_cells_are_said_and_look_masked(opened: Opened) -> None:
    bridge, view = opened(formats="english")
    plot = plot_of(view)
    bridge.move_to(bridge.tape.backward_start)
    found = False
    for sequence in range(3):
        view.show_sequence(sequence)
        masked = plot.rows.masked(0)
        np.testing.assert_array_equal(plot.rows.numbers(weights_of(bridge)[0], 0)[masked], 0.0)
        assert [not plot.tokens.source(column) for column in range(len(masked))] == masked.tolist()
        if masked.any():
            found = True
            t = int(np.flatnonzero(masked)[0]) + 1
            assert "masked" in plot.reading(0, t)
            assert "masked" not in plot.reading(0, 1)
            image, cell = picture(plot).copy(), plot.cell_box(0, t)
            colors = {image.pixel(int(cell.left()) + x, int(cell.center().y())) for x in range(3, 16)}
            assert len(colors) > 1
    assert found


def test_symbols_stand_along_both_axes(opened: Opened) -> None:
    bridge, view = opened(formats="japanese", padding="read")
    plot = plot_of(view)
    texts = [plot.tokens.source(column) for column in range(plot.rows.table.width)]
    assert "年" in texts
    assert "".join(plot.tokens.asked(row) for row in range(10)).count("-") == 2
    assert plot.tokens.answered(0) is None
    bridge.move_to(bridge.tape.backward_start)
    answers = [plot.tokens.answered(row) for row in range(10)]
    assert all(answers)
    assert [plot.tokens.is_right(row) for row in range(10)] == [
        answer == plot.tokens.asked(row) for row, answer in enumerate(answers)
    ]


def test_pointing_clicking_and_double_clicking(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot, entries = plot_of(view), weights_of(bridge)
    bridge.run_to(entries[3])
    point = point_at(plot, 2, 5)
    qtbot.mouseMove(plot.viewport(), point + QPoint(1, 0))
    qtbot.mouseMove(plot.viewport(), point)
    assert bridge.hover == (entries[2], 4)
    value = float(bridge.tape[entries[2]].value[0, 4])
    assert f"{value:.4g}"[:5] in view.reading
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == entries[2]
    later = point_at(plot, 7, 2)
    qtbot.mouseMove(plot.viewport(), later)
    assert "not yet computed" in view.reading
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=later)
    assert bridge.cursor.current == entries[7]
    assert "not yet computed" not in view.reading


def test_another_view_s_hover_is_marked(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    before = picture(plot_of(view))
    bridge.hover_at(weights_of(bridge)[6], 3)
    assert picture(plot_of(view)) != before
    bridge.hover_at(None)
    assert picture(plot_of(view)) == before


def test_the_wheel_zooms_where_the_mouse_is(opened: Opened) -> None:
    bridge, view = opened()
    plot = plot_of(view)
    cell = plot.cell_box(4, 6)
    for _ in range(6):
        turn(plot, cell.center(), 240)
    assert plot.zoom > 4
    assert plot.cell_box(4, 6).contains(cell.center())
    assert plot.horizontalScrollBar().maximum() > 0
    for row in (0, 9):  # the cursor's row comes into sight
        bridge.run_to(weights_of(bridge)[row])
        assert row in plot.visible_rows()
    for _ in range(20):
        turn(plot, cell.center(), -240)
    assert plot.zoom == 1
    assert plot.horizontalScrollBar().maximum() == 0


def turn(plot: AttentionPlot, point: QPointF, angle: int) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        point, plot.viewport().mapToGlobal(point), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    plot.wheelEvent(event)


@pytest.mark.parametrize("size", [(220, 120), (400, 200), (1600, 700)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_labels_and_cells_do_not_meet(opened: Opened, size: tuple[int, int], scale: float) -> None:
    _, view = opened(Appearance(language="ja", scale=scale))
    view.resize(*size)
    QApplication.processEvents()
    plot = plot_of(view)
    made = plot.arrangement
    columns = list(made.labels.values())
    assert all(one.right <= other.left + 1e-6 for one, other in zip(columns, columns[1:], strict=False))
    assert columns[-1].right <= made.area.left()
    assert made.area.top() >= made.head
    view.grab()


def test_keys_move_the_pointer(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot = plot_of(view)
    bridge.run_to(weights_of(bridge)[2])
    plot.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key, shift)
    assert plot.target is not None
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert bridge.selection == plot.target.entry


def test_numbers_that_are_not_finite_do_no_harm(opened: Opened) -> None:
    large = {"cell": "rnn", "activation": "relu", "optimizer": "sgd", "learning_rate": 1e12, "clip": 0.0}
    bridge, view = opened(attention="general", init="normal", weight_std=100.0, **large)
    for _ in bridge.session.run.advance(3):
        pass
    bridge.session.open_iteration(2)
    bad = [not np.isfinite(np.asarray(bridge.tape[entry].value)).all() for entry in weights_of(bridge)]
    assert any(bad)
    bridge.move_to(bridge.tape.backward_start)
    for before in (True, False):
        view.show_scores(before)
        view.grab()
        assert plot_of(view).reading(0, 1)
    bridge.move_to(bridge.cursor.end)
    view.show_gradients(True)
    view.grab()


def test_a_net_without_attention_is_said_to_have_none(opened: Opened) -> None:
    bridge, view = opened(attention="none")
    assert view.plot is None
    bridge.session.restart(bridge.settings.changed(attention="scaled dot"))
    assert plot_of(view).isVisible()
    bridge.step()
    bridge.session.restart(bridge.settings.changed(attention="none", batch=2))
    assert not plot_of(view).isVisible()
    bridge.move_to(bridge.cursor.end)
    bridge.session.open_lesson(lesson_named("binary-addition"))
    view.grab()


def test_a_source_read_from_its_end_stands_in_the_order_of_its_text(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(reversed=True, padding="read")
    plot, entry = plot_of(view), weights_of(bridge)[2]
    bridge.move_to(bridge.tape.backward_start)
    width = plot.rows.table.width
    boxes = [plot.cell_box(2, t).left() for t in range(1, width + 1)]
    assert boxes == sorted(boxes, reverse=True)
    text = "".join(plot.tokens.source(t - 1) for t in range(width, 0, -1))
    assert text.startswith(bridge.lesson.task.batch(bridge.settings, np.random.default_rng(0)).about["texts"][0, 0][:3])
    area = plot.area
    assert plot.axis.between(area.left() + 0.5, area.right() - 0.5) == range(1, width + 1)
    assert plot.axis.at(area.left() + 1) == width
    QApplication.processEvents()
    point = point_at(plot, 2, 4)
    qtbot.mouseMove(plot.viewport(), point + QPoint(1, 0))
    qtbot.mouseMove(plot.viewport(), point)
    assert bridge.hover == (entry, 3)
    in_order = color_at(plot, 2, 9)
    view.show_as_read(True)
    assert plot.cell_box(2, 1).left() == area.left()
    assert color_at(plot, 2, 9) == in_order
    view.show_as_read(False)
    for _ in range(8):
        turn(plot, plot.cell_box(2, 10).center(), 240)
    seen = plot.visible_times()
    assert 10 in seen
    assert len(seen) < width
    view.grab()


def color_at(plot: AttentionPlot, row: int, t: int) -> int:
    """Of a cell, beside its number."""
    image = picture(plot)  # first: what is due may change the layout
    return image.pixel(plot.cell_box(row, t).topLeft().toPoint() + QPoint(4, 4))


def test_a_source_read_from_its_start_is_not_mirrored(opened: Opened) -> None:
    _, view = opened()
    assert plot_of(view).cell_box(0, 1).left() == plot_of(view).area.left()
