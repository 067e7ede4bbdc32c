"""Forcing a weight in the view of attention: the pass follows, says so, and comes back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.tape import Tape
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention import AttentionView
from gui.views.attention_menu import cell_menu
from gui.views.attention_plot import AttentionPlot
from gui.views.forced_notice import ForcedNotice
from gui.views.number_entry import NumberEntry
from tests.gui.views.plot_pictures import picture
from tests.gui.views.seq2seq_lesson import seq2seq_bridge
from tests.gui.views.showing import Showing
from tests.gui.views.transformer_lesson import transformer_bridge

Opened = Callable[..., tuple[Bridge, AttentionView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(transformer: bool = False, **settings: object) -> tuple[Bridge, AttentionView]:
        if transformer:
            bridge = transformer_bridge(**settings)
        else:
            bridge = seq2seq_bridge("date_formats", **{"attention": "dot", "padding": "masked", **settings})
        return bridge, showing(AttentionView, bridge, (1100, 360))

    return open_view


def plot_of(view: AttentionView) -> AttentionPlot:
    assert view.plot is not None
    return view.plot


def wait(bridge: Bridge, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=10_000)


def row_of(view: AttentionView, row: int) -> np.ndarray:
    rows = plot_of(view).rows
    return rows.numbers(rows.table.weights[row], row)


def bits(tape: Tape) -> bytes:
    return b"".join(np.ascontiguousarray(step.value).tobytes() for step in tape)


def test_a_weight_is_forced_and_the_place_stays(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot = plot_of(view)
    bridge.run_to(plot.rows.table.weights[5])
    address, before = bridge.cursor.addresses[bridge.cursor.position - 1], row_of(view, 3).copy()
    first = bits(bridge.tape)
    view.forcing.force(plot.rows, (3, 2), 0.75)
    wait(bridge, qtbot)
    assert bridge.cursor.addresses[bridge.cursor.position - 1] == address
    after = row_of(view, 3)
    assert after[2] == 0.75
    np.testing.assert_array_equal(np.delete(after, 2), np.delete(before, 2))
    assert plot.rows.forced(3).tolist() == [place == 2 for place in range(len(after))]
    assert "forced; computed was" in plot.reading(3, 3)
    bridge.undo()
    wait(bridge, qtbot)
    assert bits(bridge.tape) == first
    assert not plot.rows.forced(3).any()
    bridge.redo()
    wait(bridge, qtbot)
    assert row_of(view, 3)[2] == 0.75


def test_looking_only_at_one_place_and_no_longer(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot, first = plot_of(view), bits(bridge.tape)
    masked = plot.rows.masked(2)
    view.forcing.look_only_here(plot.rows, (2, 1))
    wait(bridge, qtbot)
    np.testing.assert_array_equal(row_of(view, 2), np.eye(len(masked))[1])
    np.testing.assert_array_equal(plot.rows.masked(2), masked)
    view.forcing.stop(plot.rows, 2)
    wait(bridge, qtbot)
    assert bits(bridge.tape) == first


def test_the_pass_is_said_to_be_forced_until_all_is_stopped(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    notice = view.findChild(ForcedNotice)
    assert notice is not None
    assert not notice.isVisible()
    for cell in ((3, 2), (4, 0)):
        view.forcing.force(plot_of(view).rows, cell, 0.5)
        wait(bridge, qtbot)
    assert notice.isVisible()
    assert "2" in notice.text
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    wait(bridge, qtbot)
    assert not notice.isVisible()
    assert bridge.session.edits == ()


def test_another_iteration_has_nothing_forced_and_undo_comes_back(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    view.forcing.force(plot_of(view).rows, (3, 2), 0.5)
    wait(bridge, qtbot)
    bridge.go_to_iteration(1)
    wait(bridge, qtbot)
    assert bridge.session.edits == ()
    bridge.undo()
    wait(bridge, qtbot)
    assert (bridge.iteration, bridge.session.edits) == (0, ())
    bridge.redo()
    wait(bridge, qtbot)
    assert row_of(view, 3)[2] == 0.5


def test_forced_cells_are_marked(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot = plot_of(view)
    view.forcing.force(plot.rows, (3, 2), 0.5)
    wait(bridge, qtbot)
    bridge.move_to(bridge.tape.backward_start)
    image, mark = picture(plot), Appearance().color("warning").rgb()
    marked = []
    for t in (2, 3, 4):
        cell = plot.cell_box(3, t).toAlignedRect().adjusted(3, 3, -3, -3)
        inner = {image.pixel(x, y) for x in range(cell.left(), cell.right()) for y in range(cell.top(), cell.bottom())}
        marked.append(mark in inner)
    assert marked == [False, True, False]


def point_at(plot: AttentionPlot, row: int, t: int, qtbot: QtBot) -> None:
    """Move the mouse to a cell, wherever the layout has put it by now."""
    QApplication.processEvents()
    for beside in (QPoint(1, 1), QPoint(0, 0)):
        qtbot.mouseMove(plot.viewport(), plot.cell_box(row, t).center().toPoint() + beside)
    assert plot.target is not None
    assert plot.target.unit == t - 1


def test_keys_on_the_cell_pointed_at(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    plot = plot_of(view)
    bridge.move_to(bridge.tape.backward_start)
    point_at(plot, 4, 2, qtbot)
    qtbot.keyClick(plot, Qt.Key.Key_O)
    wait(bridge, qtbot)
    assert row_of(view, 4)[1] == 1.0
    point_at(plot, 4, 3, qtbot)
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    wait(bridge, qtbot)
    assert bridge.session.edits == ()
    point_at(plot, 4, 2, qtbot)
    qtbot.keyClick(plot, Qt.Key.Key_F)
    entry = view.findChild(NumberEntry)
    assert entry is not None
    entry.line.setText("0,5")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    wait(bridge, qtbot)
    assert row_of(view, 4)[1] == 0.5


@pytest.mark.parametrize("text", ["", "abc", "1.5", "-0.1", "nan", "inf", "9" * 400])
def test_what_is_no_weight_is_refused_in_a_sentence(qtbot: QtBot, text: str) -> None:
    look = Appearance()
    view = QMenu()
    qtbot.addWidget(view)
    entry, taken = NumberEntry(0.0, 1.0, look, view), list[float]()
    entry.ask(0.25, taken.append)
    assert entry.number == 0.25
    entry.line.clear()
    qtbot.keyClicks(entry.line, text)
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert taken == []
    assert entry.isVisible()
    assert "from 0 to 1, not" in entry.sentence.text()
    entry.line.setText("1e-2")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert taken == [0.01]


def test_masked_cells_and_averages_cannot_be_forced(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(formats="english")
    plot, said = plot_of(view), list[str]()
    bridge.message.connect(lambda text, kind: said.append(text))
    for sequence in range(3):
        view.show_sequence(sequence)
        if plot.rows.masked(0).any():
            break
    column = int(np.flatnonzero(plot.rows.masked(0))[0])
    view.forcing.force(plot.rows, (0, column), 0.5)
    assert bridge.busy is None
    assert "masked" in said[-1]
    menu = cell_menu(view.forcing, plot.rows, (0, column), lambda: None, Appearance(), view)
    assert [action.isEnabled() for action in menu.actions() if not action.isSeparator()] == [True] + [False] * 4


def test_one_head_of_a_transformer(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(transformer=True)
    assert view.grid is not None
    average = view.grid.rows
    said: list[str] = []
    bridge.message.connect(lambda text, kind: said.append(text))
    view.forcing.force(average, (0, 0), 0.5)
    assert "choose one head" in said[-1]
    rows = view.grid.panels[2]
    entry = rows.table.weights[4]
    before = np.array(bridge.tape[entry].value)
    view.forcing.force(rows, (4, 1), 0.5)
    wait(bridge, qtbot)
    now = view.grid.panels[2]
    after = np.array(bridge.tape[now.table.weights[4]].value)
    changed = np.argwhere(after != before)
    assert changed.tolist() == [[0, 2, 4, 1]]
    bridge.move_to(bridge.cursor.end)
    view.grab()
    QApplication.processEvents()


def test_a_key_on_a_cell_of_the_grid(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(transformer=True)
    bridge.move_to(bridge.tape.backward_start)
    QApplication.processEvents()
    grid = view.grid
    assert grid is not None
    corner = grid.geometry_of_heads.maps[1].topLeft().toPoint() + QPoint(2, 2)
    qtbot.mouseMove(grid, corner + QPoint(1, 0))
    qtbot.mouseMove(grid, corner)
    qtbot.keyClick(grid, Qt.Key.Key_O)
    wait(bridge, qtbot)
    rows = grid.panels[1]
    numbers = rows.numbers(rows.table.weights[0], 0)
    assert numbers[0] == 1.0
    assert numbers.sum() == 1.0
