"""The view of gates: what a cell has, nothing before its time, units in the order asked for."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.views.gates import GatesView
from gui.views.unit_order import ORDERS, order_of
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("lstm", layers=2, hidden=5, batch=3))


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> GatesView:
    return showing(GatesView, bridge, (1500, 320))


def symbols(view: GatesView) -> list[str]:
    return [one.values.quantity.series.symbol for one in view.grid.heatmaps]


def places(view: GatesView) -> set[str]:
    return {one.values.quantity.series.place for one in view.grid.heatmaps}


def test_all_gates_and_states_of_a_layer_are_there(view: GatesView) -> None:
    assert symbols(view) == ["f", "g", "i", "o", "c", "h"]
    assert all(place.startswith("layer=1/") for place in places(view))
    view.show_place(1)
    assert all(place.startswith("layer=2/") for place in places(view))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"cell": "gru"}, ["r", "z", "n", "h"]),
        ({"cell": "peephole_lstm"}, ["f", "g", "i", "o", "c", "h"]),
        ({"cell": "lstm", "forget_gate": False}, ["g", "i", "o", "c", "h"]),
        ({"cell": "leaky"}, ["n", "h"]),
        ({"cell": "rnn"}, ["h"]),
    ],
)
def test_another_cell_has_other_gates(
    view: GatesView, bridge: Bridge, settings: dict[str, object], expected: list[str]
) -> None:
    bridge.change_settings(**settings)
    assert symbols(view) == expected


def test_a_net_without_cells_is_said_to_have_none(view: GatesView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.open_lesson("binary-addition")
    assert symbols(view) == ["z"]
    bridge.open_lesson("lstm")
    assert symbols(view) == ["f", "g", "i", "o", "c", "h"]


def test_gradients_come_with_the_backward_pass(view: GatesView, bridge: Bridge) -> None:
    view.show_gradients(True)
    forget = view.grid.heatmaps[0].values
    assert forget.quantity.gradient
    bridge.move_to(bridge.tape.backward_start)
    assert all(forget.column(t) is None for t in range(1, 9))
    bridge.move_to(bridge.cursor.end)
    entry = forget.quantity.series.entry(5)
    assert entry is not None
    gradient = bridge.tape.gradient(entry)
    assert gradient is not None
    np.testing.assert_array_equal(forget.column(5), gradient[0])


def test_nothing_is_shown_or_sorted_before_the_cursor_passes_it(view: GatesView, bridge: Bridge) -> None:
    view.sort_units("mean", "c")
    assert view.grid.heatmaps[0].values.order == (0, 1, 2, 3, 4)
    bridge.move_to(bridge.tape.backward_start)
    view.sort_units("mean", "c")
    cell = next(one.values for one in view.grid.heatmaps if one.values.quantity.series.symbol == "c")
    columns = [column for t in range(1, 9) if (column := cell.column(t)) is not None]
    means = np.mean(columns, axis=0)
    assert cell.order == tuple(np.argsort(-means, kind="stable"))
    assert (np.diff([means[unit] for unit in cell.order]) <= 0).all()


def test_pointing_and_clicking_in_a_sorted_picture_mean_the_unit_itself(
    view: GatesView, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.move_to(bridge.tape.backward_start)
    view.sort_units("mean", "c")
    heatmap = view.grid.heatmaps[0]
    order = heatmap.values.order
    assert order is not None
    assert order != tuple(range(5))
    row = heatmap.area.height() / 5
    point = QPointF(heatmap.axis.centre(3), heatmap.area.top() + 1.5 * row).toPoint()
    qtbot.mouseMove(heatmap.viewport(), point + QPoint(1, 0))
    qtbot.mouseClick(heatmap.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert heatmap.pointed_cell == (order[1], 3)
    assert bridge.focus_unit == order[1]
    assert bridge.selection == heatmap.values.quantity.series.entry(3)
    assert bridge.selection is not None
    value = float(bridge.tape[bridge.selection].value[0, order[1]])
    assert f"{value:.4g}" in view.grid.reading


def test_every_order_holds_every_unit_once_and_bad_numbers_do_no_harm() -> None:
    series = np.random.default_rng(0).standard_normal((6, 9))
    series[2, 4], series[3, 1] = np.nan, np.inf
    for name in ORDERS:
        assert sorted(order_of(name, series)) == list(range(9))
        assert order_of(name, series[:0]) == tuple(range(9))
        assert sorted(order_of(name, series[:1])) == list(range(9))


def test_units_alike_stand_together() -> None:
    time = np.linspace(0, 6, 50)
    series = np.stack([np.sin(time), np.cos(time), 2 * np.sin(time) + 1, 0.5 * np.cos(time), -np.sin(time)], axis=1)
    chain = order_of("likeness", series)
    assert abs(chain.index(0) - chain.index(2)) == 1
    assert abs(chain.index(1) - chain.index(3)) == 1


def test_units_that_change_early_come_first() -> None:
    series = np.zeros((8, 3))
    series[6:, 0] = series[2:, 1] = series[4:, 2] = 1.0
    assert order_of("change", series) == (1, 2, 0)
