"""Watches and breakpoints follow the session, and say in place what cannot be."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from engine.address import find_one
from engine.debugger.breakpoints import Condition
from gui.appearance import SCALES, Appearance
from gui.bridge import Bridge
from gui.views.address_field import AddressField
from gui.views.row_table import RowTable
from gui.views.sentence import Sentence
from gui.views.watch_model import BAR_ROLE, NORM
from gui.views.watches import WatchesView
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("binary-addition"))


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> WatchesView:
    return showing(WatchesView, bridge, (1000, 260), appearance)


def named(view: QWidget, kind: type[QWidget], name: str) -> Any:
    return next(widget for widget in view.findChildren(kind) if widget.accessibleName() == name)


def table(view: QWidget, name: str) -> RowTable:
    return named(view, RowTable, name)


def rows(view: QWidget, name: str) -> list[tuple[str, ...]]:
    model = table(view, name).model()
    return [tuple(str(model.index(row, column).data()).strip() for column in range(model.columnCount()))
            for row in range(model.rowCount())]  # fmt: skip


def add(qtbot: QtBot, view: QWidget, text: str, field: str = "Address to watch") -> AddressField:
    made = named(view, AddressField, field)
    made.clear()
    made.setFocus()
    qtbot.keyClicks(made, text)
    made.completer().popup().hide()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    return made


def sentences(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(Sentence) if not label.isHidden()]


def choose(view: QWidget, name: str, text: str) -> None:
    named(view, QComboBox, name).setCurrentText(text)


def press(view: QWidget, name: str) -> None:
    named(view, QAbstractButton, name).click()


# --- watches --------------------------------------------------------------------------------------------------


def test_a_watch_shows_nothing_beyond_the_cursor(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=2/rnn/z[0, 3]")
    assert rows(view, "Watches") == [("forward/t=2/rnn/z[0, 3]", "not computed yet", "")]
    index = find_one(bridge.tape, "forward/t=2/rnn/z")
    bridge.run_to(index)
    (_, now, norm), = rows(view, "Watches")
    assert float(now) == pytest.approx(bridge.tape[index].value[0, 3], abs=1e-4)
    assert norm
    bridge.step_back()
    assert rows(view, "Watches")[0][1:] == ("not computed yet", "")


def test_several_steps_stand_below_a_head_and_the_cut_is_said(qtbot: QtBot, view: WatchesView) -> None:
    add(qtbot, view, "forward/t=*/**/z")
    shown = rows(view, "Watches")
    assert shown[0][:2] == ("forward/t=*/**/z", "8 steps")
    assert [row[0] for row in shown[1:]] == [f"t={t}/rnn/z" for t in range(1, 9)]
    add(qtbot, view, "backward/t=*/**")
    assert rows(view, "Watches")[9][1].startswith("first 8 of ")
    assert len(rows(view, "Watches")) == 18


def test_a_new_watch_comes_into_view(qtbot: QtBot, view: WatchesView) -> None:
    watched = table(view, "Watches")
    for text in ("forward/t=*/**/z", "backward/t=*/**", "given/W"):
        add(qtbot, view, text)
        assert watched.viewport().rect().contains(watched.visualRect(watched.currentIndex()).center())
    assert watched.current_row() == 18


def test_a_gradient_is_read_as_far_as_it_was_summed(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    choose(view, "What to watch", "gradient")
    add(qtbot, view, "W")
    totals = bridge.tape.gradient_totals[find_one(bridge.tape, "given/W")]
    assert rows(view, "Watches")[0][:2] == ("∂E/∂ W", "not computed yet")
    bridge.run_to(totals[0])
    assert rows(view, "Watches")[0][1].startswith("so far [")
    bridge.run_to(totals[-1])
    assert rows(view, "Watches")[0][1].startswith("[")


def test_bars_compare_values_and_gradients_apart(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=*/**/z")
    choose(view, "What to watch", "gradient")
    add(qtbot, view, "forward/t=*/**/z")
    bridge.move_to(bridge.cursor.end)
    model = table(view, "Watches").model()
    bars = [model.index(row, NORM).data(BAR_ROLE) for row in range(model.rowCount())]
    values, gradients = ([bar[0] for bar in bars if bar and bar[1] == color] for color in ("forward", "backward"))
    assert (len(values), len(gradients), max(values), max(gradients)) == (8, 8, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("forward/t=99/rnn/z", "No step has the address forward/t=99/rnn/z."),
        ("", "“” is not an address"),
        ("given/W[0, 99]", "given/W has no element [0, 99]; its shape is [16, 16]."),
        ("given/W[x]", "Write one element as [n, j]"),
    ],
)
def test_a_wrong_watch_is_refused_in_place(qtbot: QtBot, view: WatchesView, text: str, sentence: str) -> None:
    field = add(qtbot, view, text)
    assert field.property("wrong") is True
    assert field.text() == text
    assert sentences(view)[0].startswith(sentence)
    assert not rows(view, "Watches")
    qtbot.keyClicks(field, "x")
    assert (field.property("wrong"), sentences(view)) == (False, [])


def test_the_field_offers_addresses_while_typing(qtbot: QtBot, view: WatchesView) -> None:
    field = named(view, AddressField, "Address to watch")
    field.setFocus()
    qtbot.keyClicks(field, "rnn/z")
    assert field.offers()[0] == "forward/t=*/rnn/z"
    field.completer().popup().hide()


def test_the_step_that_is_looked_at_is_watched_by_its_symbol(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    name = "Watch the step that is looked at"
    assert not named(view, QAbstractButton, name).isEnabled()
    bridge.select(find_one(bridge.tape, "forward/t=4/output/y"))
    press(view, name)
    press(view, name)
    assert [row[0] for row in rows(view, "Watches")] == ["forward/t=4/output/y"]


def test_a_click_picks_the_step(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=*/**/z")
    watched = table(view, "Watches")
    place = watched.visualRect(watched.model().index(2, 0)).center()
    qtbot.mouseClick(watched.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bridge.selection == find_one(bridge.tape, "forward/t=2/rnn/z")


def test_pointing_links_views(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=1/rnn/z")
    watched = table(view, "Watches")
    watched.pointed_at.emit(0)
    assert bridge.hover == (find_one(bridge.tape, "forward/t=1/rnn/z"), None)
    watched.pointed_at.emit(-1)
    assert bridge.hover is None


def test_keys_remove_and_reorder(qtbot: QtBot, view: WatchesView) -> None:
    for text in ("given/W", "given/W_in", "given/W_out"):
        add(qtbot, view, text)
    watched = table(view, "Watches")
    qtbot.keyClick(watched, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row[0] for row in rows(view, "Watches")] == ["given/W", "given/W_out", "given/W_in"]
    qtbot.keyClick(watched, Qt.Key.Key_Delete)
    assert [row[0] for row in rows(view, "Watches")] == ["given/W", "given/W_in"]
    qtbot.keyClick(watched, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(view, "Remove the watch (Delete)")
    press(view, "Remove the watch (Delete)")
    assert not rows(view, "Watches")
    assert not named(view, QAbstractButton, "Remove the watch (Delete)").isEnabled()


def test_watches_survive_other_settings(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=8/rnn/z")
    bridge.change_settings(bits=3)
    qtbot.waitUntil(lambda: bridge.settings["bits"] == 3 and bridge.busy is None)
    assert rows(view, "Watches")[0][1] == "no such step on this tape"
    bridge.change_settings(bits=8)
    qtbot.waitUntil(lambda: bridge.settings["bits"] == 8 and bridge.busy is None)
    assert rows(view, "Watches")[0][1] == "not computed yet"


def test_a_hidden_view_catches_up_when_shown(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=1/rnn/z")
    view.hide()
    bridge.move_to(bridge.cursor.end)
    view.show()
    assert rows(view, "Watches")[0][1].startswith("[")


# --- breakpoints ----------------------------------------------------------------------------------------------


def test_a_breakpoint_is_added_with_its_condition_and_undone(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    choose(view, "When to stop", "norm above")
    threshold = named(view, QLineEdit, "Threshold of the norm")
    threshold.setText("2.5")
    add(qtbot, view, "z", "Address to stop at")
    (point,) = bridge.session.breakpoints
    assert (point.address, point.condition, point.threshold) == ("**/z", Condition.NORM_ABOVE, 2.5)
    assert rows(view, "Breakpoints") == [("**/z", "norm > 2.5", "0")]
    bridge.undo()
    assert not rows(view, "Breakpoints")


@pytest.mark.parametrize(
    ("address", "threshold", "sentence"),
    [
        ("nowhere/z", "1", "No step has the address nowhere/z."),
        ("", "1", "“” is not an address"),
        ("given/W", "1", "given/W is given, not computed"),
        ("**/z", "much", "The threshold must be a number such as 0.5, not “much”."),
        ("**/z", "nan", "The threshold must be a number"),
    ],
)
def test_a_wrong_breakpoint_is_refused_in_place(
    qtbot: QtBot, view: WatchesView, bridge: Bridge, address: str, threshold: str, sentence: str
) -> None:
    choose(view, "When to stop", "norm below")
    field = named(view, QLineEdit, "Threshold of the norm")
    field.setText(threshold)
    assert field.isVisible()
    add(qtbot, view, address, "Address to stop at")
    assert sentences(view)[0].startswith(sentence)
    assert not bridge.session.breakpoints


def test_the_box_switches_and_hits_are_counted(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=1/rnn/z", "Address to stop at")
    bridge.run_on()
    assert rows(view, "Breakpoints")[0][2] == "1"
    stopped = table(view, "Breakpoints")
    stopped.go_to_row(0)
    stopped.setFocus()
    qtbot.keyClick(stopped, Qt.Key.Key_Space)
    assert not bridge.session.breakpoints[0].enabled
    qtbot.keyClick(stopped, Qt.Key.Key_Delete)
    assert not bridge.session.breakpoints


def test_a_double_click_runs_to_the_next_match(qtbot: QtBot, view: WatchesView, bridge: Bridge) -> None:
    add(qtbot, view, "forward/t=*/**/y", "Address to stop at")
    stopped = table(view, "Breakpoints")
    for t in (1, 2):
        stopped.activated.emit(stopped.model().index(0, 0))
        assert bridge.cursor.current == find_one(bridge.tape, f"forward/t={t}/output/y")
    bridge.move_to(bridge.cursor.end)
    stopped.activated.emit(stopped.model().index(0, 0))
    assert sentences(view) == ["No step after the cursor is stopped by forward/t=*/**/y."]


# --- looks ----------------------------------------------------------------------------------------------------


def test_tables_stand_side_by_side_or_one_above_the_other(qtbot: QtBot, view: WatchesView) -> None:
    (split,) = view.findChildren(QSplitter)
    assert split.orientation() is Qt.Orientation.Horizontal
    view.resize(300, 420)
    assert split.orientation() is Qt.Orientation.Vertical


@pytest.mark.parametrize("scale", [SCALES[0], 1.0, SCALES[-1]])
@pytest.mark.parametrize("size", [(300, 180), (1600, 900)])
def test_everything_is_drawn_inside_at_every_scale(
    qtbot: QtBot, view: WatchesView, appearance: Appearance, scale: float, size: tuple[int, int]
) -> None:
    appearance.set_scale(scale)
    add(qtbot, view, "forward/t=*/**/z")
    view.resize(round(size[0] * max(1.0, scale)), size[1])
    watched = table(view, "Watches")
    qtbot.waitUntil(lambda: watched.mapTo(view, QPoint(watched.width(), 0)).x() <= view.width())
    view.grab()
    assert watched.rowHeight(0) == appearance.whole_px(24)


def test_language_and_theme_change_live(qtbot: QtBot, view: WatchesView, appearance: Appearance) -> None:
    add(qtbot, view, "forward/t=1/rnn/z")
    add(qtbot, view, "nowhere/x")
    appearance.set_language("ja")
    headings = {label.text() for label in view.findChildren(QLabel) if label.property("kind") == "heading"}
    assert headings == {"ウォッチ", "ブレークポイント"}
    assert sentences(view) == ["アドレス nowhere/x の演算はありません。"]
    ink = table(view, "ウォッチ").model().index(0, 0).data(Qt.ItemDataRole.ForegroundRole)
    appearance.set_theme("dark")
    assert table(view, "ウォッチ").model().index(0, 0).data(Qt.ItemDataRole.ForegroundRole) != ink


def test_everything_that_takes_the_keyboard_has_a_name(view: WatchesView) -> None:
    takers = [widget for widget in view.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
              and widget.window() is view]  # fmt: skip
    assert len(takers) >= 8
    assert [type(widget).__name__ for widget in takers if not widget.accessibleName()] == []
