"""The gradient check panel: the engine's verdict in words, cells that lead to steps, results that go out of date."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from engine.analysis.comparison import Comparison
from engine.analysis.contributions import contributions
from engine.analysis.gradient_check import check_gradients
from engine.debugger.session import Session
from gui.actions.action import Desk
from gui.actions.table import all_actions
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.checked_gradients import CheckedCell, CheckedGradients
from gui.main_window import MainWindow
from gui.views.check_colors import error_color
from gui.views.check_model import CheckModel
from gui.views.check_reading import blame, error_text, verdict
from gui.views.gradient_check import GradientCheckView
from tests.engine.small_lesson import small
from tests.gui.views.showing import Showing


@pytest.fixture
def panel(showing: Showing, appearance: Appearance):
    def make(**values: object) -> tuple[GradientCheckView, Bridge]:
        bridge = Bridge(Session(*small(**values)), appearance)
        return showing(GradientCheckView, bridge, (900, 300), appearance), bridge

    return make


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=30_000)


def press(qtbot: QtBot, view: GradientCheckView, bridge: Bridge, text: str) -> None:
    next(button for button in view.findChildren(QPushButton) if button.text() == text and button.isVisible()).click()
    settle(qtbot, bridge)


def check(qtbot: QtBot, view: GradientCheckView, bridge: Bridge) -> None:
    bridge.gradients.start()
    settle(qtbot, bridge)


def result(bridge: Bridge) -> CheckedGradients:
    assert bridge.gradients.result is not None
    return bridge.gradients.result


def said(view: GradientCheckView, kind: str) -> str:
    labels = [label for label in view.findChildren(QLabel) if label.isVisible() and label.property("kind") == kind]
    return " ".join(label.text() for label in labels)


def buttons(view: GradientCheckView) -> list[str]:
    return [button.text() for button in view.findChildren(QPushButton) if button.isVisible()]


def test_before_a_check_it_says_what_it_does(panel) -> None:
    view, _ = panel()
    assert buttons(view) == ["Check this iteration"]
    assert not view.table.isVisible()
    assert "whole iteration" in said(view, "caption")


def test_the_switch_of_the_lesson_makes_it_fail_and_pass(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    press(qtbot, view, bridge, "Check this iteration")
    assert "All gradients agree" in said(view, "good")
    choice = view.findChildren(QComboBox)[0]
    for value, kind, words in (("course", "error", "δ_out is wrong"), ("exact", "good", "All gradients agree")):
        choice.setCurrentText(value)
        choice.textActivated.emit(value)
        settle(qtbot, bridge)
        assert bridge.settings["delta_out"] == value
        assert "Outdated" in said(view, "warning")
        press(qtbot, view, bridge, "Check this iteration")
        assert words in said(view, kind)
        assert ("sigmoid_course" in said(view, "error")) == (value == "course")
        assert not said(view, "warning")
        assert ("Show the first wrong step" in buttons(view)) == (value == "course")
    bridge.change_settings(delta_out="course")
    settle(qtbot, bridge)
    assert choice.currentText() == "course"


def test_cells_are_the_engine_s_comparisons(qtbot: QtBot, panel) -> None:
    view, bridge = panel(bias=True, batch=2)
    check(qtbot, view, bridge)
    report = check_gradients(bridge.tape, bridge.settings.integer("seed"))
    found = result(bridge)
    assert [row.name for row in found.parameters] == [one.name for one in report.parameters]
    assert found.times == (1, 2, 3)
    for row, one in zip(found.parameters, report.parameters, strict=True):
        same(row.whole.comparison, one.whole)
        parts = {part.time: part for part in contributions(bridge.tape, row.name)}
        for step in one.steps:
            same(row.steps[step.time].comparison, step.comparison)
            assert row.steps[step.time].norm == parts[step.time].norm
            assert row.steps[step.time].entry == parts[step.time].spans[-1].contribution
        assert row.whole.norm == np.linalg.norm(bridge.tape[row.whole.entry].value)


def same(one: Comparison, other: Comparison) -> None:
    np.testing.assert_equal((one.error, one.ratio, one.agrees), (other.error, other.ratio, other.agrees))


def test_the_button_goes_to_the_first_wrong_step(qtbot: QtBot, panel) -> None:
    view, bridge = panel(delta_out="course")
    check(qtbot, view, bridge)
    press(qtbot, view, bridge, "Show the first wrong step")
    # The backward pass begins at the last time step.
    assert bridge.cursor.addresses[bridge.selection] == "backward/t=3/output/multiply#2"
    assert bridge.cursor.current == bridge.selection
    assert not any(bridge.cursor.revealed(row.whole.entry) for row in result(bridge).parameters)


def test_a_click_picks_the_step_and_a_double_click_runs_there(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    check(qtbot, view, bridge)
    table = view.table
    row = result(bridge).parameters[0]
    for column, cell in ((0, row.whole), (2, row.steps[2])):
        place = table.visualRect(table.model().index(0, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert bridge.selection == table.marked == cell.entry
        assert bridge.cursor.position == 0
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bridge.cursor.current == row.steps[2].run_to
    qtbot.mouseMove(table.viewport(), QPoint(place.x() + 1, place.y()))
    qtbot.waitUntil(lambda: bridge.hover == (row.steps[2].entry, None), timeout=20_000)


def test_keys_walk_the_table_and_leave_the_window_s_own(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    check(qtbot, view, bridge)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(view.table, Qt.Key.Key_Right, shift)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    cell = result(bridge).parameters[0].steps[1]
    assert bridge.selection == cell.entry
    qtbot.keyClick(view.table, Qt.Key.Key_Return, shift)
    assert bridge.cursor.current == cell.run_to
    current = view.table.currentIndex()
    qtbot.keyClick(view.table, Qt.Key.Key_Right)
    assert view.table.currentIndex() == current


def test_another_iteration_makes_it_pale_until_one_comes_back(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    check(qtbot, view, bridge)
    bridge.go_to_iteration(2)
    settle(qtbot, bridge)
    assert view.table.faded
    assert said(view, "warning") == "Outdated: this is iteration 0; iteration 2 is open. Check again."
    assert not said(view, "good")
    view.table.picked.emit(0, 1)
    view.table.run_wanted.emit(0, 1)
    assert bridge.selection is None
    assert bridge.cursor.position == 0
    bridge.go_to_iteration(0)
    settle(qtbot, bridge)
    assert not view.table.faded
    assert said(view, "good")
    bridge.reset()
    settle(qtbot, bridge)
    assert view.table.faded
    assert "before the run was restarted" in said(view, "warning")
    press(qtbot, view, bridge, "Check this iteration")
    assert not view.table.faded


def test_another_lesson_forgets_it(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    check(qtbot, view, bridge)
    bridge.lesson_changed.emit()
    assert bridge.gradients.result is None
    assert not view.table.isVisible()


@pytest.mark.impatient
def test_it_can_be_cancelled_at_once(qtbot: QtBot, panel) -> None:
    view, bridge = panel(hidden=64, bits=16)
    messages: list[str] = []
    bridge.message.connect(lambda text, _: messages.append(text))
    press_only = next(button for button in view.findChildren(QPushButton) if button.isVisible())
    press_only.click()
    assert bridge.gradients.running
    assert view.findChildren(QProgressBar)[0].isVisible()
    bridge.run_to(30)
    assert bridge.cursor.current == 30
    qtbot.waitUntil(lambda: bridge.busy is None or bridge.busy.total > 0, timeout=20_000)
    next(button for button in view.findChildren(QPushButton) if button.text() == "Cancel").click()
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)
    assert not bridge.gradients.running
    assert bridge.gradients.result is None
    assert messages == ["Cancelled; the gradients were not checked."]
    assert buttons(view) == ["Check this iteration"]


def test_a_loss_that_is_not_finite_is_said_in_place(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    bridge.tape[bridge.tape.loss].value = np.float64("nan")
    check(qtbot, view, bridge)
    assert said(view, "error") == "The loss of this iteration is nan, so its gradients cannot be checked."
    assert not view.table.isVisible()
    assert buttons(view) == ["Check again"]


def test_gradients_that_are_not_finite_are_wrong_and_painted(qtbot: QtBot, panel) -> None:
    view, bridge = panel()
    contribution = contributions(bridge.tape, "W_out")[1].spans[-1].contribution
    bridge.tape[contribution].value[:] = np.nan
    check(qtbot, view, bridge)
    assert "passed on or added up" in said(view, "error")
    assert not view.grab().isNull()
    press(qtbot, view, bridge, "Show the first wrong step")
    assert bridge.selection == contribution


def test_kinks_are_marked_and_explained(qtbot: QtBot, panel) -> None:
    view, bridge = panel(activation="relu", bias=True, init="he", bits=4)
    check(qtbot, view, bridge)
    marked = [cell for row in result(bridge).parameters for cell in row.cells if cell.comparison.kinks]
    assert marked
    assert all(error_text(cell).endswith("*") for cell in marked)
    assert "* " in said(view, "caption")
    assert "kink" in said(view, "caption")


def test_single_precision_is_checked_in_double(qtbot: QtBot, panel) -> None:
    view, bridge = panel(dtype="float32")
    bridge.go_to_iteration(3)
    settle(qtbot, bridge)
    check(qtbot, view, bridge)
    assert result(bridge).agrees
    assert "computed again in float64" in said(view, "caption")
    row = result(bridge).parameters[0]
    assert row.whole.norm == pytest.approx(np.linalg.norm(bridge.tape[row.whole.entry].value), rel=1e-5)


def test_the_action_shows_the_panel_and_starts(qtbot: QtBot, showing: Showing, appearance: Appearance) -> None:
    bridge = showing.keep(Bridge(Session(*small()), appearance))
    window = MainWindow(bridge, appearance)
    qtbot.addWidget(window)
    window.show()
    window.toggle_panel("gradient_check")
    assert not window.panel_shown("gradient_check")
    action = next(action for action in all_actions() if action.id == "run.check_gradients")
    action.callback(Desk(bridge, appearance, window))
    assert window.panel_shown("gradient_check")
    settle(qtbot, bridge)
    assert bridge.gradients.result is not None
    qtbot.waitUntil(lambda: bool(window.findChildren(GradientCheckView)), timeout=20_000)
    window.settle()
    assert window.findChildren(GradientCheckView)[0].table.isVisible()
    window.close()


@pytest.mark.parametrize("code", ["en", "ja"])
def test_an_inner_rule_is_named_too(qtbot: QtBot, panel, appearance: Appearance, code: str) -> None:
    _, bridge = panel(delta_out="course")
    appearance.set_language(code)
    fault = check_gradients(bridge.tape).faults[0]
    assert "δ_out" in blame(fault, appearance)
    fields = {name: getattr(fault, name) for name in type(fault).__slots__}
    inner = type(fault)(**{**fields, "of_output": False, "operation": "tanh"})
    assert "tanh" in blame(inner, appearance)
    assert "δ_out" not in blame(inner, appearance)


def test_colours_tell_agreement_from_difference(appearance: Appearance) -> None:
    def color(error: float, agrees: bool, compared: int = 4, ratio: float = 1.0) -> tuple[int, int] | None:
        cell = CheckedCell(Comparison(error, ratio, compared, 4, 0, agrees), 1.0, 0, 0)
        found = error_color(cell, appearance)
        return None if found is None else (found.red(), found.blue())

    good, better, bad = color(1e-7, True), color(1e-11, True), color(0.3, False)
    assert good is not None
    assert better is not None
    assert bad is not None
    assert bad[0] > bad[1]
    assert better[1] > better[0]
    assert better[0] < good[0]
    assert color(math.inf, False) is not None
    assert color(math.nan, False) is not None
    assert color(0.0, True, ratio=math.nan) is None
    assert color(0.0, True, compared=0) is None


@pytest.mark.parametrize(("width", "height"), [(300, 180), (1800, 400), (1, 1)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_paints_at_every_size_theme_and_language(
    qtbot: QtBot, panel, appearance: Appearance, width: int, height: int, scale: float
) -> None:
    view, bridge = panel(delta_out="course")
    check(qtbot, view, bridge)
    view.resize(width, height)
    appearance.set_scale(scale)
    appearance.set_theme("dark")
    appearance.set_language("ja")
    assert not view.grab().isNull()
    assert "δ_out が誤っています" in said(view, "error")
    view.resize(view.minimumSizeHint().expandedTo(view.minimumSize()))
    assert not view.grab().isNull()


def test_the_table_reads_aloud(qtbot: QtBot, panel, appearance: Appearance) -> None:
    _, bridge = panel()
    bridge.gradients.start()
    settle(qtbot, bridge)
    model = CheckModel(appearance)
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    model.show_result(bridge.gradients.result, appearance.labels(bridge.tape))
    assert (model.rowCount(), model.columnCount()) == (3, 4)
    text = model.data(model.index(1, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(text, str)
    assert "t = 2" in text
    assert "entries compared" in text
    assert verdict(result(bridge), appearance)[0] == "good"
