"""The view of hidden states: only what is revealed, the right numbers, clicks that go there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.hidden_states import HiddenStatesView
from gui.views.tape_series import quantities, truncation_cuts
from gui.views.time_axis import TimeAxis, next_round
from gui.views.time_plot import TimePlot
from gui.views.unit_heatmap import UnitHeatmap
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of, picture
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of())


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> HiddenStatesView:
    return shown(showing, bridge, appearance)


def shown(
    showing: Showing, bridge: Bridge, appearance: Appearance, size: tuple[int, int] = (900, 320)
) -> HiddenStatesView:
    return showing(HiddenStatesView, bridge, size, appearance)


def cell_point(plot: TimePlot, unit: int, t: int) -> QPoint:
    assert isinstance(plot, UnitHeatmap)
    row = plot.area.height() / plot.values.units
    return QPointF(plot.axis.centre(t), plot.area.top() + (unit + 0.5) * row).toPoint()


def entry(bridge: Bridge, symbol: str, t: int) -> int:
    found = next(one for one in quantities(bridge.tape) if one.key == ("", symbol, False))
    index = found.series.entry(t)
    assert index is not None
    return index


def test_the_state_starts_at_its_initial_value_and_all_named_steps_can_be_shown(bridge: Bridge) -> None:
    found = quantities(bridge.tape)
    assert [one.key[1:] for one in found if not one.gradient] == [
        ("z", False), ("x", False), ("d", False), ("u", False), ("v", False), ("y", False), ("L", False)
    ]  # fmt: skip
    assert [one.key[1] for one in found if one.gradient] == ["z", "u", "v", "y"]
    state = found[0].series
    assert (state.first, state.last, state.width, state.batch) == (0, 8, 16, 1)
    assert bridge.tape[int(state.entries[0])].operation is None
    assert found[0].latex("3") == "z^{3}"
    assert next(one for one in found if one.key == ("", "u", True)).latex() == r"\delta^{t}"


def test_a_cut_state_is_no_second_state(qtbot: QtBot) -> None:
    bridge = bridge_of(truncation=3)
    assert truncation_cuts(bridge.tape) == [4, 7]
    state = quantities(bridge.tape)[0].series
    made_by = [bridge.tape[int(index)].operation for index in state.entries[1:]]
    assert {one.name for one in made_by if one is not None} == {"sigmoid"}
    bridge.close()


def test_nothing_is_shown_before_the_cursor_passes_it(view: HiddenStatesView, bridge: Bridge) -> None:
    index = entry(bridge, "z", 3)
    bridge.move_to(index)
    assert view.plot.values.column(3) is None
    assert "not yet" in view.plot.reading(4, 3)
    bridge.step()
    column = view.plot.values.column(3)
    assert column is not None
    np.testing.assert_array_equal(column, bridge.tape[index].value[0])
    bridge.step_back()
    assert view.plot.values.column(3) is None


def test_the_picture_does_not_depend_on_hidden_values(showing: Showing, appearance: Appearance) -> None:
    """Two runs that differ in all values look the same until the first of them is revealed."""
    pictures = []
    for std in (1.0, 2.0):
        bridge = bridge_of(weight_std=std)
        view = shown(showing, bridge, appearance)
        view.show_quantity("u")
        pictures.append(picture(view.plot))
        bridge.move_to(bridge.cursor.end)
        after = picture(view.plot)
        assert after != pictures[-1]
        bridge.move_to(0)
        assert picture(view.plot) == pictures[-1]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(("symbol", "gradient"), [("z", False), ("z", True), ("u", True), ("u", False)])
def test_stepping_column_by_column_draws_what_a_jump_draws(
    view: HiddenStatesView, bridge: Bridge, qtbot: QtBot, symbol: str, gradient: bool
) -> None:
    view.show_quantity(symbol, gradient)
    for _ in range(150):
        bridge.step()
        view.plot.viewport().grab()
    stepped = picture(view.plot)
    other = HiddenStatesView(bridge, Appearance())
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show_quantity(symbol, gradient)
    other.show()
    assert picture(other.plot) == stepped


def test_a_gradient_that_is_still_summed_says_so(view: HiddenStatesView, bridge: Bridge) -> None:
    view.show_quantity("z", gradient=True)
    totals = bridge.tape.gradient_totals[entry(bridge, "z", 7)]
    assert len(totals) == 2
    bridge.move_to(totals[0] + 1)
    column = view.plot.values.column(7)
    assert column is not None
    np.testing.assert_array_equal(column, bridge.tape[totals[0]].value[0])
    assert "so far" in view.plot.reading(0, 7)
    bridge.move_to(totals[1] + 1)
    assert "so far" not in view.plot.reading(0, 7)


def test_hover_click_and_double_click(view: HiddenStatesView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.move_to(entry(bridge, "z", 5) + 1)
    point = cell_point(view.plot, 3, 4)
    wanted = entry(bridge, "z", 4)
    qtbot.mouseMove(view.plot.viewport(), point)
    assert bridge.hover == (wanted, 3)
    number = f"{bridge.tape[wanted].value[0, 3]:.4f}"
    assert number in view.plot.reading(3, 4)
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == wanted
    assert bridge.focus_unit == 3
    qtbot.mouseDClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.cursor.position == wanted + 1
    qtbot.mouseMove(view.plot.viewport(), QPoint(2, 2))
    assert bridge.hover is None


def test_cells_can_be_reached_by_keys(view: HiddenStatesView, bridge: Bridge, qtbot: QtBot) -> None:
    plot, shift = view.plot, Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key, shift)
    assert bridge.hover == (entry(bridge, "z", 2), 1)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert bridge.selection == entry(bridge, "z", 2)
    qtbot.keyClick(plot, Qt.Key.Key_Return, shift)
    assert bridge.cursor.position == entry(bridge, "z", 2) + 1
    assert QAccessible.queryAccessibleInterface(plot).text(QAccessible.Text.Name)
    assert plot.accessibleDescription()


def test_hover_from_another_view_is_shown(view: HiddenStatesView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    before = picture(view.plot)
    bridge.hover_at(entry(bridge, "z", 2), 5)
    assert picture(view.plot) != before
    bridge.hover_at(None)
    assert picture(view.plot) == before


def test_the_sequence_of_a_batch_is_chosen(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(batch=4)
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.cursor.end)
    view.show_sequence(2)
    column = view.plot.values.column(8)
    assert column is not None
    np.testing.assert_array_equal(column, bridge.tape[entry(bridge, "z", 8)].value[2])


def test_many_units_are_cut_and_said_to_be(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(hidden=1000, activation="tanh")
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.tape.backward_start)
    assert "of 1,000" in view.plot.cut
    view.plot.verticalScrollBar().setValue(view.plot.verticalScrollBar().maximum())
    assert "–999 of" in view.plot.cut
    view.show_curves(True)
    assert "of 1,000" in view.plot.cut
    picture(view.plot)


def test_what_is_not_finite_is_survived(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(activation="relu", weight_std=1000.0, bits=62, hidden=32, dtype="float32")
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.cursor.end)
    assert not all(np.isfinite(bridge.tape[entry(bridge, "z", t)].value).all() for t in range(1, 63))
    for quantity in quantities(bridge.tape):
        view.show_quantity(*quantity.key[1:])
        for curves in (False, True):
            view.show_curves(curves)
            picture(view.plot)
    view.show_quantity("z")
    assert any(word in view.plot.reading(0, 60) for word in ("NaN", "∞", "10"))


@pytest.mark.parametrize("size", [(300, 180), (1800, 300), (60, 40)])
def test_all_sizes_scales_themes_and_languages(
    view: HiddenStatesView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    bridge.move_to(140)
    view.resize(*size)
    for _ in every_look(appearance):
        for curves in (False, True):
            view.show_curves(curves)
            assert len(colors_of(picture(view.plot))) > 2


def test_another_tape_keeps_the_quantity_where_it_can(view: HiddenStatesView, bridge: Bridge) -> None:
    view.show_quantity("u", gradient=True)
    bridge.session.restart(bridge.settings.changed(hidden=5, bits=4))
    assert view.quantity.key == ("", "u", True)
    assert view.plot.values.units == 5
    picture(view.plot)


def test_axis_columns() -> None:
    axis = TimeAxis(0, 8, 60.0, 10.0)
    assert axis.at(60.0) == 0
    assert axis.at(149.9) == 8
    assert axis.at(150.0) is None
    assert axis.centre(2) == 85.0
    assert list(axis.between(75.0, 95.0)) == [1, 2, 3]
    assert list(axis.labels(19.0)) == [0, 2, 4, 6, 8]
    assert [next_round(value) for value in (0.5, 1.5, 3, 7, 11, 70)] == [1, 2, 5, 10, 20, 100]
