"""The view of gradient flow: norms as they arrive, the other activations truly recorded, odd numbers told."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from engine.analysis.gradient_flow import gradient_flow
from engine.lesson import lessons
from engine.training.run import Run
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.flow_plot import FlowPlot
from gui.views.flow_recurrence import Recurrence, recurrences
from gui.views.gradient_flow import GradientFlowView
from gui.views.log_scale import LogScale
from gui.views.tape_series import series_on
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of, picture
from tests.gui.views.showing import Showing

INF, NAN = float("inf"), float("nan")


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of())


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> GradientFlowView:
    return shown(showing, bridge, appearance)


def shown(showing: Showing, bridge: Bridge, appearance: Appearance) -> GradientFlowView:
    return showing(GradientFlowView, bridge, (900, 300), appearance)


def plot_of(view: GradientFlowView) -> FlowPlot:
    assert view.plot is not None
    return view.plot


def ways(bridge: Bridge) -> list[Recurrence]:
    return recurrences(bridge.tape, series_on(bridge.tape))


def names(view: GradientFlowView) -> list[tuple[str, str]]:
    """Places and symbols of what is shown."""
    return [curve.quantity.key[:2] for curve in plot_of(view).flow.curves]


def curves(view: GradientFlowView) -> dict[str, np.ndarray]:
    """What is drawn, by activation; the run's own under ""."""
    return plot_of(view).revealed


def compared(qtbot: QtBot, view: GradientFlowView) -> dict[str, np.ndarray]:
    qtbot.waitUntil(lambda: len(curves(view)) == 4, timeout=10_000)
    return curves(view)


def test_what_the_gradient_passes_is_found_on_the_tape(bridge: Bridge) -> None:
    (found,) = ways(bridge)
    assert found.input is not None
    assert (found.state.symbol, found.input.symbol, found.activation, found.weight) == ("z", "u", "sigmoid", "W")


def test_norms_appear_from_right_to_left_and_are_those_of_the_engine(view: GradientFlowView, bridge: Bridge) -> None:
    bridge.move_to(bridge.tape.backward_start)
    assert (curves(view)[""] == -1).all()
    hidden = 8
    while bridge.cursor.position < bridge.tape.update_start:
        bridge.step()
        norms = curves(view)[""]
        flow = gradient_flow(bridge.tape, "u", bridge.cursor.position)
        expected = [-1.0 if flow[t] is None else flow[t] for t in range(1, 9)]
        np.testing.assert_array_equal(norms, expected)
        assert int((norms == -1).sum()) in (hidden, hidden - 1)
        hidden = int((norms == -1).sum())
    assert hidden == 0
    bridge.step_back()
    bridge.move_to(bridge.tape.backward_start)
    assert (curves(view)[""] == -1).all()


def test_other_activations_are_the_same_iteration_recorded_anew(
    view: GradientFlowView, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.move_to(bridge.cursor.end)
    found = compared(qtbot, view)
    assert set(found) == {"tanh", "relu", "identity", ""}
    for activation in ("tanh", "relu", "identity"):
        tape = Run(bridge.lesson, bridge.settings.changed(activation=activation)).tape(0)
        flow = gradient_flow(tape, "u")
        np.testing.assert_array_equal(found[activation], [flow[t] or 0.0 for t in range(1, 9)])


def test_other_activations_are_hidden_where_the_own_one_is(
    view: GradientFlowView, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.move_to(130)
    found = compared(qtbot, view)
    hidden = found[""] == -1
    assert 0 < hidden.sum() < 8
    for norms in found.values():
        np.testing.assert_array_equal(norms == -1, hidden)


def test_a_later_iteration_compares_with_its_own_parameters(
    view: GradientFlowView, bridge: Bridge, qtbot: QtBot
) -> None:
    for _ in bridge.session.run.advance(30):
        pass
    bridge.session.open_iteration(30, at_end=True)
    found = compared(qtbot, view)
    own = gradient_flow(bridge.tape, "u")
    np.testing.assert_array_equal(found[""], [own[t] for t in range(1, 9)])
    assert not np.array_equal(found["tanh"], found[""])


def test_the_comparison_is_switched_off(view: GradientFlowView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.move_to(bridge.cursor.end)
    compared(qtbot, view)
    view.switches[0].trigger()
    assert not view.compares
    assert set(curves(view)) == {""}


def test_a_dear_comparison_waits_to_be_asked_for_and_runs_in_a_thread(
    qtbot: QtBot, showing: Showing, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.views.activation_comparison._CHEAP", 0.0)
    monkeypatch.setattr("gui.views.activation_comparison._AT_ONCE", 0.0)
    bridge = bridge_of()
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.cursor.end)
    assert not view.compares
    qtbot.wait(20)
    assert set(curves(view)) == {""}
    view.switches[0].trigger()
    assert set(compared(qtbot, view)) == {"tanh", "relu", "identity", ""}


def test_the_bound_is_that_of_the_steepest_slope(view: GradientFlowView, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    view.switches[1].trigger()
    bound = plot_of(view).flow.bound
    assert bound is not None
    weight = next(step.value for step in bridge.tape if step.symbol == "W")
    assert bound.factor == pytest.approx(0.25 * np.linalg.svd(weight, compute_uv=False)[0])
    picture(plot_of(view))


def test_clicks_select_and_run(view: GradientFlowView, bridge: Bridge, qtbot: QtBot) -> None:
    plot = plot_of(view)
    state = next(step.index for step in bridge.tape if step.symbol == "u" and step.scope.path.startswith("t=6"))
    wanted = bridge.tape.gradient_totals[state][-1]
    point = QPoint(round(plot.axis.centre(6)), round(plot.area.center().y()))
    qtbot.mouseMove(plot.viewport(), point)
    assert bridge.hover == (wanted, None)
    assert "not yet" in plot.accessibleDescription()
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == wanted
    assert bridge.cursor.position == 0
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.cursor.position == wanted + 1
    qtbot.mouseMove(plot.viewport(), point + QPoint(60, 0))
    qtbot.mouseMove(plot.viewport(), point)
    assert "not yet" not in plot.accessibleDescription()
    assert QAccessible.queryAccessibleInterface(plot).text(QAccessible.Text.Name)


def test_zeros_cuts_and_what_is_not_finite_are_drawn(qtbot: QtBot, showing: Showing, appearance: Appearance) -> None:
    for settings in (
        {"activation": "relu", "truncation": 3},
        {"activation": "relu", "weight_std": 1000.0, "bits": 62, "hidden": 32, "dtype": "float32"},
        {"weight_std": 0.0},
    ):
        bridge = bridge_of(**settings)
        view = shown(showing, bridge, appearance)
        bridge.move_to(bridge.cursor.end)
        compared(qtbot, view)
        for switch in view.switches:
            switch.trigger()
            picture(plot_of(view))


def test_log_scale_has_lanes_for_what_has_no_logarithm() -> None:
    nothing = np.zeros(0)
    assert LogScale.over(np.array([-1.0, -1.0]), nothing) == LogScale(-4, 0)
    assert LogScale.over(np.array([2e-3, 0.5, -1.0]), nothing) == LogScale(-3, 0)
    assert LogScale.over(np.array([0.0, 1.0]), nothing).below == "0"
    assert LogScale.over(np.array([NAN, 1.0]), nothing).above
    far = LogScale.over(np.array([1.0, 0.1]), np.array([1e-150, 1e90]))
    assert (far.low, far.high) == (-7, 6)
    assert far.below.startswith("<")
    assert far.above.startswith(">")


def test_log_scale_places_values(appearance: Appearance) -> None:
    scale = LogScale(-2, 0, below="0", above="∞")
    area = QRectF(0, 0, 100, 200)
    inner = scale.inner(area, appearance)
    assert scale.y(1.0, area, appearance) == pytest.approx(inner.top())
    assert scale.y(0.1, area, appearance) == pytest.approx(inner.center().y())
    assert scale.y(0.0, area, appearance) > inner.bottom()
    assert scale.y(INF, area, appearance) < inner.top()
    assert scale.y(1e-9, area, appearance) == scale.y(0.0, area, appearance)


@pytest.mark.parametrize("size", [(300, 180), (1800, 300), (60, 40)])
def test_all_sizes_scales_themes_and_languages(
    view: GradientFlowView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    bridge.move_to(140)
    view.resize(*size)
    for _ in every_look(appearance):
        assert len(colors_of(picture(plot_of(view)))) > 2


def test_restarts_are_followed(view: GradientFlowView, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.session.restart(bridge.settings.changed(activation="tanh", bits=4, truncation=2))
    bridge.move_to(bridge.cursor.end)
    found = compared(qtbot, view)
    assert set(found) == {"sigmoid", "relu", "identity", ""}
    assert len(found[""]) == 4


def test_what_was_asked_of_one_tape_is_not_looked_for_on_the_next(
    qtbot: QtBot, bridge: Bridge, view: GradientFlowView
) -> None:
    """The LSTM has no u: curves without a point were to be drawn over its 8 time steps, and the process died of it."""
    view.switches[0].setChecked(True)
    bridge.move_to(bridge.cursor.end)
    bridge.open_lesson("lstm")
    qtbot.waitUntil(lambda: bridge.lesson.id == "lstm", timeout=20_000)
    qtbot.wait(20)
    assert {len(norms) for norms in curves(view).values()} == {8}


def test_where_the_activation_has_no_effect_there_is_nothing_to_compare(bridge: Bridge, view: GradientFlowView) -> None:
    assert view.switches[0].isEnabled()
    bridge.open_lesson("lstm")
    assert not view.switches[0].isEnabled()
    assert not view.switches[0].isChecked()
    assert plot_of(view).flow.activation == ""
    bridge.open_lesson("binary-addition")
    assert view.switches[0].isChecked(), "as before, where it can be had"


@pytest.mark.parametrize(
    ("lesson_id", "settings", "shown"),
    [
        ("gru", {}, ["h"]),
        ("lstm", {}, ["h", "c"]),
        ("lstm", {"layers": 2}, ["h", "c", "h", "c"]),
        ("lstm", {"layers": 2, "bidirectional": True}, ["h", "c", "h", "c"]),
        ("deep-rnn", {}, ["h", "h", "h"]),
        ("bidirectional-rnn", {}, ["h", "h"]),
        ("constant-error-carousel", {}, ["c"]),
        ("skip-connections", {}, ["u", "h"]),
        ("leaky-units", {}, ["h"]),
        ("recursive-net", {}, ["h"]),
    ],
)
def test_every_system_shows_its_states(
    qtbot: QtBot, appearance: Appearance, lesson_id: str, settings: dict[str, object], shown: list[str]
) -> None:
    bridge = lesson_bridge(lesson_id, **settings)
    view = GradientFlowView(bridge, appearance)
    qtbot.addWidget(view)
    found = names(view)
    assert [symbol for _, symbol in found] == shown
    if settings.get("bidirectional"):
        assert {place for place, _ in found} == {"layer=2/forward/lstm", "layer=2/backward/lstm"}
    bridge.move_to(bridge.cursor.end)
    last = bridge.tape.gradient_totals
    for curve in plot_of(view).flow.curves:
        expected = [np.linalg.norm(bridge.tape[last[entry][-1]].value) if entry in last else -1.0
                    for entry in curve.quantity.series.entries[1 - curve.quantity.series.first :].tolist()]  # fmt: skip
        np.testing.assert_array_equal(curve.norms(bridge.cursor), expected)
    bridge.close()


def test_what_is_padding_is_no_state(qtbot: QtBot) -> None:
    bridge = lesson_bridge("bidirectional-rnn")
    assert [one.state.scope.path for one in ways(bridge)] == ["t=8/forward/mask", "t=8/backward/mask"]
    assert {one.activation for one in ways(bridge)} == {"tanh"}
    bridge.close()


def test_gates_and_pre_activations_can_be_added_and_taken_away(
    showing: Showing, appearance: Appearance, bridge: Bridge
) -> None:
    bridge.open_lesson("lstm")
    view = shown(showing, bridge, appearance)
    assert {symbol for _, symbol, _ in view.choices} >= {"h", "c", "f", "i", "g", "o", "u_f", "u_i", "u_g", "u_o"}
    view.choices["", "f", True].trigger()
    assert [symbol for _, symbol in names(view)] == ["h", "c", "f"]
    assert view.choices["", "f", True].isChecked()
    bridge.move_to(bridge.cursor.end)
    assert picture(plot_of(view))
    for symbol in ("h", "c", "f"):
        view.choices["", symbol, True].trigger()
    assert [symbol for _, symbol in names(view)] == ["h", "c"], "with nothing chosen, what is shown at first"
    view.choices["", "o", True].trigger()
    bridge.session.restart(bridge.settings.changed(hidden=4))
    assert [symbol for _, symbol in names(view)] == ["h", "c", "o"]
    bridge.open_lesson("gru")
    assert [symbol for _, symbol in names(view)] == ["h"]


def test_options_say_why_they_cannot_be_had(showing: Showing, appearance: Appearance) -> None:
    """(lesson, whether activations can be compared, whether there is a bound)."""
    reasons = set()
    for lesson_id, compares, bounds in (
        ("gru", False, False), ("constant-error-carousel", False, False), ("skip-connections", True, False),
        ("leaky-units", True, True), ("rnn-layer", True, True), ("recursive-net", True, False),
    ):  # fmt: skip
        bridge = lesson_bridge(lesson_id)
        view = shown(showing, bridge, appearance)
        assert [action.isEnabled() for action in view.switches] == [compares, bounds], lesson_id
        reasons |= {action.toolTip() for action in view.switches if not action.isEnabled()}
    assert len(reasons) == 3


def test_the_bound_of_leaky_units_holds(showing: Showing, appearance: Appearance) -> None:
    bridge = lesson_bridge("leaky-units", activation="identity")
    view = shown(showing, bridge, appearance)
    view.switches[1].trigger()
    bound = plot_of(view).flow.bound
    assert bound is not None
    weight = next(step.value for step in bridge.tape if step.symbol == "W_h")
    tau = bridge.settings.number("tau")
    assert bound.factor == pytest.approx(1 - 1 / tau + np.linalg.svd(weight, compute_uv=False)[0] / tau)
    assert bound.curve.quantity.series.symbol == "h"


def test_the_same_comparison_for_the_state_of_leaky_units(
    qtbot: QtBot, showing: Showing, appearance: Appearance
) -> None:
    bridge = lesson_bridge("leaky-units")
    view = shown(showing, bridge, appearance)
    bridge.move_to(bridge.cursor.end)
    found = compared(qtbot, view)
    tape = Run(bridge.lesson, bridge.settings.changed(activation="relu")).tape(0)
    flow = gradient_flow(tape, "h")
    np.testing.assert_array_equal(found["relu"], [flow[t] or 0.0 for t in sorted(flow)])


def test_two_directions_are_revealed_from_both_ends(showing: Showing, appearance: Appearance) -> None:
    bridge = lesson_bridge("bidirectional-rnn", batch=2)
    view = shown(showing, bridge, appearance)
    tape = bridge.tape
    seen = set()
    for position in range(tape.backward_start, tape.update_start, 7):
        bridge.move_to(position)
        seen.add(tuple(tuple(curve.whole(bridge.cursor)) for curve in plot_of(view).flow.curves))
    partly = [there for _, there in seen if any(there) and not all(there)]
    assert partly, "the direction read from the end is differentiated first"
    assert all(there[0] or not there[-1] for there in partly), "from the first time step on"


def test_nothing_is_said_of_the_way_before_it_is_gone(showing: Showing, appearance: Appearance) -> None:
    bridge = lesson_bridge("skip-connections")
    view = shown(showing, bridge, appearance)
    first = next(step for step in bridge.tape if step.symbol == "h" and step.scope.path.startswith("t=1"))
    totals = bridge.tape.gradient_totals[first.index]
    bridge.move_to(totals[0] + 1)
    assert "times as large" not in view.reading
    bridge.move_to(bridge.cursor.end)
    assert "times as large" in view.reading


def test_every_lesson_has_gradients_to_show(showing: Showing, appearance: Appearance) -> None:
    bridge = bridge_of()
    view = shown(showing, bridge, appearance)
    for lesson in lessons():
        if lesson.task.name == "text":
            continue  # like the others; reading its text would take the time of all of them
        bridge.session.open_lesson(lesson)
        assert names(view), lesson.id
        assert picture(plot_of(view))
