"""The view of contributions: bars as they are added, shares that sum to 1, a sum that is the gradient."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from engine.analysis.contributions import contributions
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.contribution_rows import share_text
from gui.views.contribution_sums import parameter_sums
from gui.views.contributions import ContributionsView
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of, picture
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of(bias=True, batch=3))


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> ContributionsView:
    return shown(showing, bridge, appearance)


def shown(showing: Showing, bridge: Bridge, appearance: Appearance) -> ContributionsView:
    return showing(ContributionsView, bridge, (900, 700), appearance)


def test_every_parameter_has_a_row_the_recurrent_ones_first(view: ContributionsView) -> None:
    names = [one.name for one in view.rows.parameters]
    assert sorted(names) == ["W", "W_in", "W_out", "b", "c"]
    assert set(names[:3]) == {"W", "W_in", "b"}


def test_rows_are_the_engine_s_contributions_at_every_position(view: ContributionsView, bridge: Bridge) -> None:
    while bridge.cursor.position < bridge.cursor.end:
        bridge.step()
        for row, one in enumerate(view.rows.parameters):
            sums = view.rows.sums(row)
            expected = {found.time: found for found in contributions(bridge.tape, one.name, bridge.cursor.position)}
            assert set(np.flatnonzero(sums.arrived)) == set(expected)
            for t, found in expected.items():
                assert t is not None
                assert sums.norms[t] == pytest.approx(found.norm, rel=1e-12)
                assert sums.shares[t] == pytest.approx(found.share, rel=1e-9, abs=1e-12, nan_ok=True)
            # The highest bits are always 0: the gradient of W_in begins with a contribution of nothing.
            if sums.size > 0:
                assert np.nansum(sums.shares) == pytest.approx(1.0)


def test_going_back_takes_bars_away(view: ContributionsView, bridge: Bridge) -> None:
    pictures = []
    for position in (bridge.tape.backward_start, bridge.cursor.end, bridge.tape.backward_start):
        bridge.move_to(position)
        pictures.append(picture(view.rows))
    assert pictures[0] == pictures[2]
    assert pictures[0] != pictures[1]
    assert not view.rows.sums(0).arrived.any()


def test_nothing_shows_before_it_arrives(showing: Showing, appearance: Appearance) -> None:
    pictures = []
    for seed in (1, 2):
        bridge = bridge_of(seed=seed)
        view = shown(showing, bridge, appearance)
        bridge.move_to(bridge.tape.backward_start)
        pictures.append((picture(view.rows), view.reading))
    assert pictures[0] == pictures[1]


def test_stepping_draws_what_a_jump_draws(
    view: ContributionsView, bridge: Bridge, showing: Showing, appearance: Appearance
) -> None:
    bridge.move_to(bridge.tape.backward_start)
    for _ in range(80):
        bridge.step()
        view.rows.viewport().grab()
    stepped = picture(view.rows)
    assert picture(shown(showing, bridge, appearance).rows) == stepped


def test_the_running_sum_ends_at_the_gradient(view: ContributionsView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    for row, one in enumerate(view.rows.parameters):
        gradient = bridge.tape.gradient(one.index)
        assert gradient is not None
        sums = view.rows.sums(row)
        assert sums.size == pytest.approx(np.linalg.norm(gradient))
        assert sums.running[min(one.times)] == pytest.approx(sums.size)
        assert one.difference <= 1e-10 * max(1.0, float(np.abs(gradient).max()))
    assert "difference" in view.reading


def test_the_check_would_notice_a_wrong_contribution(bridge: Bridge) -> None:
    one = parameter_sums(bridge.tape)[0]
    one.spans[0] = one.spans[0]._replace(contribution=one.spans[1].contribution)
    assert one.difference > 1e-6


def test_clicks_select_the_contribution_and_run_behind_its_sum(
    view: ContributionsView, bridge: Bridge, qtbot: QtBot
) -> None:
    rows = view.rows
    span = rows.parameters[1].spans_at(6)[-1]
    assert span.total != span.contribution
    height = rows.area.height() / len(rows.parameters)
    point = QPoint(round(rows.axis.centre(6)), round(rows.area.top() + 1.4 * height))
    qtbot.mouseMove(rows.viewport(), point)
    assert "not yet" in view.reading
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == span.contribution
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.cursor.position == span.total + 1
    assert "share" in view.reading
    picture(rows)


def test_bars_can_be_reached_by_keys(view: ContributionsView, bridge: Bridge, qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view.rows, key, shift)
    qtbot.keyClick(view.rows, Qt.Key.Key_Return)
    assert bridge.selection == view.rows.parameters[1].spans_at(2)[-1].contribution
    assert QAccessible.queryAccessibleInterface(view.rows).text(QAccessible.Text.Name)


def test_what_is_not_finite_and_a_zero_gradient_are_survived(
    qtbot: QtBot, showing: Showing, appearance: Appearance
) -> None:
    for settings in (
        {"activation": "relu", "weight_std": 1000.0, "bits": 62, "hidden": 32, "dtype": "float32"},
        {"activation": "relu", "weight_std": 0.0},
        {"hidden": 300, "truncation": 3},
    ):
        bridge = bridge_of(**settings)
        view = shown(showing, bridge, appearance)
        bridge.move_to(bridge.cursor.end)
        qtbot.mouseMove(view.rows.viewport(), QPoint(round(view.rows.axis.centre(5)), 60))
        picture(view.rows)
        assert view.reading


@pytest.mark.parametrize("size", [(300, 180), (1800, 300), (60, 40)])
def test_all_sizes_scales_themes_and_languages(
    view: ContributionsView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    bridge.move_to(160)
    view.resize(*size)
    for _ in every_look(appearance):
        assert len(colors_of(picture(view.rows))) > 2


def test_restarts_are_followed(view: ContributionsView, bridge: Bridge) -> None:
    bridge.session.restart(bridge.settings.changed(bias=False, bits=4))
    bridge.move_to(bridge.cursor.end)
    assert len(view.rows.parameters) == 3
    picture(view.rows)


def test_shares_are_written_with_their_sign() -> None:
    assert [share_text(share) for share in (0.324, -0.04, 0.001, -0.001, float("nan"))] == [
        "+32 %", "−4 %", "0 %", "0 %", "NaN"
    ]  # fmt: skip
