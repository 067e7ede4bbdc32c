"""Contributions by loss and time step: items appear as the backward pass adds them, cut ones never."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.analysis.itemized import Itemization
from engine.analysis.items import Reach
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.contributions import ContributionsView
from gui.views.size_scale import SizeScale
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of, picture
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of(truncation=5, batch=3))


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> ContributionsView:
    return shown(showing, bridge, appearance)


def shown(showing: Showing, bridge: Bridge, appearance: Appearance, items: str = "z") -> ContributionsView:
    made = showing(ContributionsView, bridge, (900, 420), appearance)
    made.show_by_loss(True)
    made.source.finish()
    made.show_items(items)
    QApplication.processEvents()
    return made


def point_of(view: ContributionsView, row: int, t: int) -> QPoint:
    grid = view.matrix.grid()
    return QPoint(round(grid.axis.centre(t)), round(grid.top(row) + grid.row / 2))


def point_at(qtbot: QtBot, view: ContributionsView, point: QPoint) -> None:
    """Move the mouse there, from elsewhere: where it was left by the test before, Qt tells of no move."""
    for one in (QPoint(2, 2), point):
        qtbot.mouseMove(view.matrix.viewport(), one)


def test_states_and_parameters_can_be_chosen_the_state_first(view: ContributionsView) -> None:
    assert view.choice.names[0] == "z"
    assert set(view.choice.names[1:]) == {"W_in", "W_out", "W"}
    view.show_items("W")
    assert view.matrix.items is not None
    assert view.matrix.items.name == "W"


def test_the_rows_by_time_step_come_back(view: ContributionsView) -> None:
    assert view.by_loss
    view.show_by_loss(False)
    assert view.rows.isVisible()
    assert not view.matrix.isVisible()
    assert "contributions added" in view.reading


def test_nothing_is_computed_while_nobody_looks(
    qtbot: QtBot, bridge: Bridge, appearance: Appearance
) -> None:
    made = ContributionsView(bridge, appearance)
    qtbot.addWidget(made)
    made.show()
    bridge.move_to(bridge.cursor.end)
    QApplication.processEvents()
    assert not made.source.items
    made.show_by_loss(True)
    qtbot.waitUntil(lambda: made.source.done == 1.0)
    made.hide()
    bridge.session.restart(bridge.settings.changed(bits=5))
    bridge.move_to(bridge.cursor.end)
    QApplication.processEvents()
    assert not made.source.items


def test_no_number_is_computed_before_one_can_be_seen(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    assert view.source.done == 0.0
    bridge.move_to(bridge.tape.backward_start + 3)
    qtbot.waitUntil(lambda: view.source.done == 1.0)


@pytest.mark.parametrize("name", ["z", "W", "W_out"])
def test_items_show_when_they_have_arrived(view: ContributionsView, bridge: Bridge, name: str) -> None:
    whole = Itemization(bridge.tape)
    wanted = whole.run()[name]
    view.show_items(name)
    assert not view.matrix.shown.any()
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    bridge.move_to(bridge.tape.backward_start)
    seen = []
    while bridge.cursor.position < bridge.cursor.end:
        bridge.step()
        there = view.matrix.shown
        assert np.array_equal(there, (wanted.arrival >= 0) & (wanted.arrival < bridge.cursor.position))
        seen.append(int(there.sum()))
        picture(view.matrix)
    assert seen == sorted(seen)
    assert seen[-1] == int((wanted.reach == Reach.OPEN).sum())
    items = view.matrix.items
    assert items is not None
    np.testing.assert_array_equal(items.norms, wanted.norms)


def test_nothing_shows_before_the_loss_is_reached(showing: Showing, appearance: Appearance) -> None:
    pictures = []
    for seed in (1, 2):
        bridge = bridge_of(seed=seed)
        view = shown(showing, bridge, appearance)
        bridge.move_to(bridge.tape.backward_start)
        view.source.finish()
        pictures.append((picture(view.matrix), view.reading))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ["z", "W"])
def test_stepping_draws_what_a_jump_draws(
    view: ContributionsView, bridge: Bridge, showing: Showing, appearance: Appearance, name: str
) -> None:
    view.show_items(name)
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    bridge.move_to(bridge.tape.backward_start)
    for _ in range(90):
        bridge.step()
        view.matrix.viewport().grab()
    stepped = picture(view.matrix)
    other = shown(showing, bridge, appearance, name)
    assert picture(other.matrix) == stepped


def test_going_back_takes_items_away(view: ContributionsView, bridge: Bridge) -> None:
    pictures = []
    for position in (bridge.tape.backward_start, bridge.cursor.end, bridge.tape.backward_start):
        bridge.move_to(position)
        view.source.finish()
        pictures.append(picture(view.matrix))
    assert pictures[0] == pictures[2]
    assert pictures[0] != pictures[1]


def test_pointing_reads_and_links_an_item(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    items = view.matrix.items
    assert items is not None
    point_at(qtbot, view, point_of(view, 3, 2))
    assert bridge.hover == (int(items.shows[3, 1]), None)
    assert "∂E_4/∂z^2" in view.reading
    assert "of the gradient at t = 2" in view.reading
    point_at(qtbot, view, point_of(view, 6, 2))
    assert "is cut" in view.reading
    assert bridge.hover == (int(items.places[1]), None)
    point_at(qtbot, view, point_of(view, 1, 4))
    assert "does not depend" in view.reading


def test_clicks_select_and_run_to_the_step_that_has_it(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.move_to(bridge.tape.backward_start)
    view.source.finish()
    items = view.matrix.items
    assert items is not None
    point_at(qtbot, view, point_of(view, 4, 2))
    assert "not yet computed" in view.reading
    qtbot.mouseClick(view.matrix.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, 4, 2))
    assert bridge.selection == items.shows[4, 1]
    qtbot.mouseDClick(view.matrix.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, 4, 2))
    assert bridge.cursor.position == items.arrival[4, 1] + 1
    view.source.finish()
    assert view.matrix.shown[4, 1]
    picture(view.matrix)


def test_items_can_be_reached_by_keys(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    items = view.matrix.items
    assert items is not None
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view.matrix, key, shift)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Return)
    assert bridge.selection == items.shows[2, 1]


def test_the_bars_answer_like_the_matrix(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    bars, items = view.matrix.bars_area(), view.matrix.items
    assert bars is not None
    assert items is not None
    column = int(np.argmax(items.norms.sum(axis=0)))
    point = QPoint(round(view.matrix.axis.centre(items.times[column])), round(bars.bottom() - 2))
    point_at(qtbot, view, point)
    assert f"^{items.times[column]}" in view.reading
    assert bridge.hover is not None
    assert bridge.hover[0] in items.shows[:, column]


def test_other_views_light_up_their_items(view: ContributionsView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    items = view.matrix.items
    assert items is not None
    plain = picture(view.matrix)
    for entry in (int(items.shows[4, 1]), int(items.places[1])):
        bridge.hover_at(entry)
        assert picture(view.matrix) != plain
    bridge.hover_at(None)
    assert picture(view.matrix) == plain


def test_one_sequence_of_the_batch(view: ContributionsView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    assert view.matrix.items is not None
    squares = np.zeros_like(view.matrix.items.norms)
    whole = view.matrix.items.norms
    for number in range(3):
        view.show_sequence(number)
        view.source.finish()
        squares += view.matrix.items.norms ** 2
        assert (view.matrix.items.norms <= whole + 1e-15).all()
    np.testing.assert_allclose(np.sqrt(squares), whole, rtol=1e-9)
    view.show_sequence(None)
    view.source.finish()
    np.testing.assert_array_equal(view.matrix.items.norms, whole)


def test_another_tape_keeps_the_choice(view: ContributionsView, bridge: Bridge) -> None:
    view.show_items("W")
    bridge.session.restart(bridge.settings.changed(bits=4, bias=True))
    assert view.matrix.items is None
    bridge.move_to(bridge.cursor.end)
    view.source.finish()
    assert view.choice.name == "W"
    assert view.matrix.items is not None
    assert view.matrix.items.norms.shape == (4, 4)
    assert {"b", "c"} <= set(view.choice.names)
    assert "10 of 10 items added" in view.reading


def test_what_is_not_finite_is_survived(qtbot: QtBot, showing: Showing, appearance: Appearance) -> None:
    for settings in (
        {"activation": "relu", "weight_std": 1000.0, "bits": 62, "hidden": 32, "dtype": "float32"},
        {"activation": "relu", "weight_std": 0.0},
    ):
        bridge = bridge_of(**settings)
        view = shown(showing, bridge, appearance, "W")
        bridge.move_to(bridge.cursor.end)
        view.source.finish()
        for logarithmic in (True, False):
            view.show_logarithmic(logarithmic)
            point_at(qtbot, view, point_of(view, 3, 2))
            picture(view.matrix)
            assert view.reading


@pytest.mark.parametrize("size", [(300, 180), (1800, 300), (60, 40), (700, 900)])
def test_all_sizes_scales_themes_and_languages(
    view: ContributionsView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    bridge.move_to(160)
    view.source.finish()
    view.resize(*size)
    for _ in every_look(appearance):
        for logarithmic in (True, False):
            view.show_logarithmic(logarithmic)
            assert len(colors_of(picture(view.matrix))) > 2


@pytest.mark.parametrize("logarithmic", [True, False])
def test_every_size_has_a_place_on_the_scale(logarithmic: bool) -> None:
    for greatest in (1e-300, 3e-7, 1.0, 2e5, 1e305):
        sizes = np.array([0.0, greatest / 1e5, greatest])
        scale = SizeScale.over(sizes, logarithmic=logarithmic)
        shares = scale.shares(sizes)
        assert shares[0] == 0
        assert np.isfinite(shares).all()
        assert 0 < shares[2] <= 1 + 1e-9
        assert list(scale.ticks()) == sorted(scale.ticks())


def test_a_logarithmic_scale_tells_the_small_from_nothing(appearance: Appearance) -> None:
    scale = SizeScale.over(np.array([1e-9, 1.0]), logarithmic=True)
    least, greatest = scale.colors(np.array([1e-9, 1.0]), appearance)
    ground = appearance.color("ground")
    assert tuple(least[:3]) != (ground.red(), ground.green(), ground.blue())
    assert tuple(least) != tuple(greatest)
