"""The view of activations: which one is shown, its points as they are revealed, links to the other views."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.debugger.cursor import Cursor
from engine.tape import Tape
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.activation_points import ActivationPoints, reach_of
from gui.views.activation_steps import ActivationSteps
from gui.views.activations import ActivationsView
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of())


@pytest.fixture
def gated(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("lstm"))


def shown(showing: Showing, bridge: Bridge, appearance: Appearance) -> ActivationsView:
    return showing(ActivationsView, bridge, (900, 300), appearance)


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> ActivationsView:
    return shown(showing, bridge, appearance)


def points(view: ActivationsView) -> ActivationPoints:
    assert view.points is not None
    return view.points


def entry(bridge: Bridge, symbol: str, t: int) -> int:
    return next(s.index for s in bridge.tape if s.symbol == symbol and s.scope.path.startswith(f"t={t}/"))


def test_points_are_the_tapes_numbers_as_they_are_revealed(view: ActivationsView, bridge: Bridge) -> None:
    assert not len(points(view).u)
    u, z = entry(bridge, "u", 1), entry(bridge, "z", 1)
    bridge.run_to(u)
    np.testing.assert_array_equal(points(view).u, np.asarray(bridge.tape[u].value)[0])
    assert not points(view).executed
    assert "Not yet computed" in view.sentence
    bridge.run_to(z)
    values = np.asarray(bridge.tape[z].value)[0]
    np.testing.assert_array_equal(points(view).values, values)
    np.testing.assert_allclose(points(view).slopes, values * (1 - values))
    bridge.step_back()
    assert not points(view).executed


def test_the_one_under_the_cursor_is_shown_else_the_last_one(view: ActivationsView, bridge: Bridge) -> None:
    bridge.run_to(entry(bridge, "z", 3))
    assert points(view).step.index == entry(bridge, "z", 3)
    bridge.step()
    assert points(view).step.index == entry(bridge, "z", 3)
    bridge.run_to(entry(bridge, "y", 3))
    assert points(view).step.index == entry(bridge, "y", 3)
    bridge.run_to(entry(bridge, "L", 3))
    assert points(view).step.index == entry(bridge, "y", 3)
    bridge.run_to(entry(bridge, "u", 4))
    assert points(view).step.index == entry(bridge, "y", 3)


def test_the_gradient_rule_of_an_activation_shows_it(view: ActivationsView, bridge: Bridge) -> None:
    wanted = entry(bridge, "z", 5)
    span = next(span for span in bridge.tape.spans() if span.of == wanted)
    for index in range(span.first, span.last + 1):
        bridge.run_to(index)
        assert points(view).step.index == wanted
    bridge.move_to(bridge.cursor.end)
    assert points(view).executed


def test_a_picked_activation_comes_first(view: ActivationsView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    bridge.select(entry(bridge, "z", 2))
    assert points(view).step.time == 2
    bridge.select(None)
    assert points(view).step.time != 2


def test_one_can_be_kept_and_follows_the_time_step(view: ActivationsView, bridge: Bridge) -> None:
    assert view.choices == ["Follow the cursor", "z = σ(u)", "y = σ(v)"]
    bridge.run_to(entry(bridge, "L", 6))
    view.choose(1)
    assert points(view).step.index == entry(bridge, "z", 6)
    bridge.run_to(entry(bridge, "L", 7))
    assert points(view).step.index == entry(bridge, "z", 7)
    bridge.session.restart(bridge.settings.changed(bits=4))
    bridge.run_to(entry(bridge, "y", 2))
    assert points(view).step.index == entry(bridge, "z", 2)
    bridge.session.restart(bridge.settings.changed(activation="tanh"))
    bridge.run_to(entry(bridge, "y", 2))
    assert points(view).step.index == entry(bridge, "y", 2)
    view.choose(0)
    assert points(view).step.index == entry(bridge, "y", 2)


def test_gates_are_told_apart(showing: Showing, gated: Bridge, appearance: Appearance) -> None:
    view = shown(showing, gated, appearance)
    assert [text.split(" ")[0] for text in view.choices[1:5]] == ["f", "g", "i", "o"]
    gated.move_to(gated.tape.backward_start)
    for place, symbol in enumerate("fgio", start=1):
        view.choose(place)
        assert gated.tape[points(view).step.index].symbol == symbol
        view.plot.grab()


def test_layers_are_told_apart(showing: Showing, appearance: Appearance) -> None:
    bridge = lesson_bridge("deep-rnn")
    view = shown(showing, bridge, appearance)
    assert len(set(view.choices)) == len(view.choices)
    assert any("[2]" in text for text in view.choices)


def test_sequences_of_a_batch(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(batch=3)
    view = shown(showing, bridge, appearance)
    bridge.run_to(entry(bridge, "z", 4))
    view.show_sequence(2)
    np.testing.assert_array_equal(points(view).values, np.asarray(bridge.tape[entry(bridge, "z", 4)].value)[2])
    bridge.session.restart(bridge.settings.changed(batch=1))
    bridge.run_to(entry(bridge, "z", 4))
    assert points(view).sequences == 1


def test_saturated_units_are_counted(view: ActivationsView, bridge: Bridge) -> None:
    bridge.run_to(entry(bridge, "z", 4))
    slopes = points(view).slopes
    count = int((slopes < 0.025).sum())
    assert points(view).saturated == count
    assert f"{count} of 16 units" in view.sentence
    bridge.session.restart(bridge.settings.changed(activation="relu"))
    bridge.run_to(entry(bridge, "z", 4))
    off = int((np.asarray(bridge.tape[entry(bridge, "u", 4)].value) <= 0).sum())
    assert f"{off} of 16 units" in view.sentence
    assert "off" in view.sentence


def test_pointing_and_clicking_are_linked(view: ActivationsView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.run_to(entry(bridge, "L", 4))
    view.choose(1)
    plot, index = view.plot, entry(bridge, "z", 4)
    panel = plot.panels[0]
    unit = int(np.argmin(points(view).u))
    place = panel.places(points(view).u, points(view).values)[unit]
    qtbot.mouseMove(plot, QPoint(round(place.x()), round(place.y())))
    assert bridge.hover == (index, unit)
    assert f"unit {unit}:" in view.reading
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert bridge.selection == index
    assert bridge.focus_unit == unit
    qtbot.mouseMove(plot, QPoint(2, 2))
    assert bridge.hover is None
    qtbot.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert bridge.cursor.position == index + 1


def test_keys_go_from_unit_to_unit(view: ActivationsView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.run_to(entry(bridge, "z", 4))
    plot = view.plot
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.unit == 2
    assert bridge.hover == (entry(bridge, "z", 4), 2)
    qtbot.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert bridge.selection == entry(bridge, "z", 4)
    assert bridge.focus_unit == 1


def test_other_views_point_here(view: ActivationsView, bridge: Bridge) -> None:
    bridge.run_to(entry(bridge, "z", 4))
    before = view.plot.grab().toImage()
    bridge.hover_at(entry(bridge, "u", 4), 3)
    assert view.plot.grab().toImage() != before
    bridge.hover_at(entry(bridge, "z", 4), 999)
    bridge.hover_at(entry(bridge, "L", 4), 0)
    assert view.plot.grab().toImage() == before


@pytest.mark.parametrize("size", [(200, 160), (500, 700), (1600, 200)])
def test_all_sizes_scales_themes_and_languages(
    view: ActivationsView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    bridge.run_to(entry(bridge, "z", 4))
    for _ in every_look(appearance):
        view.resize(*size)
        assert len(colors_of(view.plot.grab().toImage())) > 4


def test_huge_numbers_and_nan_are_drawn_and_told(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(activation="relu", weight_std=1000.0, bits=62, hidden=32, dtype="float32")
    view = shown(showing, bridge, appearance)
    for t in (1, 20, 40, 62):
        bridge.run_to(entry(bridge, "z", t))
        view.plot.grab()
    assert points(view).not_finite
    assert "not finite" in view.sentence


@pytest.mark.parametrize("settings", [{"activation": "identity"}, {"delta_out": "course"}, {"hidden": 1}])
def test_every_activation_is_drawn(showing: Showing, appearance: Appearance, settings: dict[str, object]) -> None:
    bridge = bridge_of(**settings)
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.tape.backward_start)
    for place in (1, 2):
        view.choose(place)
        assert points(view).executed
        assert len(colors_of(view.plot.grab().toImage())) > 3


def test_a_hidden_view_costs_nothing_and_comes_back_right(view: ActivationsView, bridge: Bridge) -> None:
    bridge.run_to(entry(bridge, "z", 2))
    view.hide()
    bridge.run_to(entry(bridge, "z", 4))
    assert points(view).step.time == 2
    view.show()
    assert points(view).step.time == 4


def test_axes_reach_as_far_as_the_numbers() -> None:
    assert reach_of([np.array([0.1])]) == 4
    assert reach_of([np.array([5.0, np.nan, np.inf])]) == 6
    assert reach_of([np.array([500.0])]) == 20
    assert reach_of([np.array([])]) == 4


def test_a_tape_without_activations() -> None:
    tape = Tape()
    steps = ActivationSteps(tape)
    assert steps.current(Cursor(tape), None) is None
    assert steps.at_time(("rnn", "tanh", 0), Cursor(tape)) is None
    assert steps.choices() == []


def test_what_lies_beyond_the_axis_is_at_its_edge_with_an_arrow(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of(weight_std=30.0)
    view = shown(showing, bridge, appearance)
    bridge.run_to(entry(bridge, "z", 8))
    u, panel = points(view).u, view.plot.panels[0]
    assert panel.reach == 20
    assert (np.abs(u) > 20).any()
    assert all(panel.area.left() <= place.x() <= panel.area.right() for place in panel.places(u, points(view).values))
    assert view.plot.beyond == (bool((u < -20).any()), bool((u > 20).any()))
    view.plot.grab()


def test_steps_that_reveal_nothing_of_it_cost_nothing(
    view: ActivationsView, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge.run_to(entry(bridge, "z", 1))
    painted: list[int] = []
    monkeypatch.setattr(view.plot, "show_points", lambda *_: painted.append(bridge.cursor.position))
    seen = set()
    while bridge.cursor.position < entry(bridge, "z", 3):
        bridge.step()
        shown_now = points(view)
        seen.add((shown_now.step.index, len(shown_now.u), shown_now.executed))
    assert len(seen) - 1 <= len(painted) <= len(seen), "what was shown before the first step is painted already"
    assert len(painted) < (entry(bridge, "z", 3) - entry(bridge, "z", 1)) / 2
    bridge.run_to(entry(bridge, "z", 3))
    assert painted[-1] == bridge.cursor.position
