"""The loss view: what the run has reached and nothing more, NaN told, clicks that go there."""


import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.loss import LossView
from gui.views.loss_axes import decade_ticks, linear_ticks, whole_ticks
from gui.views.loss_plot import LossPlot
from gui.views.loss_series import WINDOW, RunningSeries, bounds, in_decades, thinned
from tests.engine.small_lesson import small
from tests.gui.views.showing import Showing

NAN = float("nan")


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(Bridge(Session(*small())))


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> LossView:
    return showing(LossView, bridge, (700, 260))


def go(qtbot: QtBot, bridge: Bridge, iteration: int) -> None:
    bridge.go_to_iteration(iteration)
    settle(qtbot, bridge)


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)
    qtbot.wait(150)


def drawn(view: LossView) -> LossPlot:
    return view.findChildren(LossPlot)[0]


def test_running_mean_is_that_of_the_last_finite_values() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=700).tolist()
    values[350] = NAN
    values[351] = float("inf")
    series = RunningSeries()
    for count in (1, 5, 180, 181, 700):
        series.extend_to(values, count)
    finite = np.array([value if np.isfinite(value) else NAN for value in values])
    np.testing.assert_array_equal(series.values, finite)
    for place in (0, 3, 99, 100, 349, 400, 699):
        window = finite[max(0, place - WINDOW + 1) : place + 1]
        assert series.means[place] == pytest.approx(np.nanmean(window), abs=1e-12)
    assert np.isnan(series.means[350:352]).all()


def test_running_mean_of_the_largest_numbers_does_not_warn() -> None:
    series = RunningSeries()
    series.extend_to([1.7e308] * 5 + [NAN] * 200, 205)
    assert np.isnan(series.means[100:]).all()


def test_thinning_keeps_extremes_and_gaps() -> None:
    values = np.sin(np.arange(100_000) / 500)
    values[43_210] = 9.0
    values[60_000:70_000] = NAN
    x, y = thinned(values, 0, len(values), 300)
    assert len(x) == len(y) == 600
    assert np.nanmax(y) == 9.0
    assert (np.diff(x) >= 0).all()
    inside = (x > 60_500) & (x < 69_500)
    assert inside.any()
    assert np.isnan(y[inside]).all()
    x, y = thinned(values, 10, 20, 300)
    assert x.tolist() == list(range(10, 20))
    assert thinned(values[:0], -3, 7, 100)[0].size == 0


def test_bounds_hold_everything_finite() -> None:
    values = np.array([0.0, NAN, 2.0])
    assert bounds([values], logarithmic=False) == (0.0, 2.1)
    assert bounds([], logarithmic=True) == (-1.0, 0.0)
    low, high = bounds([in_decades(np.array([0.0, 1e-6, 10.0, -1.0]))], logarithmic=True)
    assert low < -6
    assert high > 1


def test_empty_at_first_then_what_was_reached(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    sentence = "Run ahead to an iteration to see how the loss falls."
    assert next(label for label in view.findChildren(QLabel) if label.text() == sentence).isVisible()
    go(qtbot, bridge, 300)
    assert drawn(view).isVisible()
    # The newest iteration is open at its start: its loss is not revealed.
    assert view.revealed_counts() == (300, 300)
    bridge.move_to(bridge.tape.loss + 1)
    assert view.revealed_counts() == (301, 300)
    bridge.move_to(bridge.cursor.end)
    assert view.revealed_counts() == (301, 301)
    bridge.move_to(0)
    assert view.revealed_counts() == (300, 300)
    go(qtbot, bridge, 10)
    assert view.revealed_counts() == (301, 301)


def test_restart_empties_the_view(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    go(qtbot, bridge, 50)
    bridge.change_settings(seed=8)
    settle(qtbot, bridge)
    assert view.revealed_counts() == (0, 0)
    assert not drawn(view).isVisible()


def test_picking_goes_to_the_iteration(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    go(qtbot, bridge, 200)
    plot = drawn(view)
    plot.picked.emit(120, False)
    plot.picked.emit(60, False)
    plot.picked.emit(61, True)
    settle(qtbot, bridge)
    assert bridge.iteration == 61
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(1, 40))
    settle(qtbot, bridge)
    assert bridge.iteration == 0
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(plot.x_of(150)), 40))
    settle(qtbot, bridge)
    assert abs(bridge.iteration - 150) <= 1
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() - 1, 40))
    settle(qtbot, bridge)
    assert bridge.iteration == 200


def test_wheel_zooms_and_double_click_shows_all(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    go(qtbot, bridge, 200)
    plot = drawn(view)
    whole, x = plot.shown, plot.width() / 2
    before = plot.iteration_at(x)
    for delta in (120, 120, 120):
        turn(plot, x, delta)
    assert plot.shown[1] - plot.shown[0] < 0.6 * (whole[1] - whole[0])
    assert plot.iteration_at(x) == pytest.approx(before)
    zoomed = plot.shown
    go(qtbot, bridge, 260)
    assert plot.shown == zoomed
    qtbot.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
    assert plot.shown[0] <= 0 < 259 <= plot.shown[1]
    turn(plot, x, -1200)
    assert plot.shown[0] <= 0 < 259 <= plot.shown[1]


def turn(plot: LossPlot, x: float, delta: int) -> None:
    place = QPointF(x, 40)
    QApplication.sendEvent(plot, QWheelEvent(
        place, plot.mapToGlobal(place), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))  # fmt: skip


@pytest.mark.parametrize("span", [(0.0, 3.1), (-2e-7, 5e-7), (0.0, 1e300), (5.0, 5.0001)])
def test_ticks_are_round_few_and_inside(span: tuple[float, float]) -> None:
    for ticks in (linear_ticks(*span, 6), whole_ticks(*span, 6)):
        assert len(ticks) <= 8
        assert all(span[0] - 1e-9 * abs(span[1]) <= value <= span[1] * (1 + 1e-9) for value, _ in ticks)
    assert len(linear_ticks(*span, 6)) >= 2


def test_decades() -> None:
    assert [text for _, text in decade_ticks(-3.2, 1.2, 6)] == ["0.001", "0.01", "0.1", "1", "10"]
    assert [text for _, text in decade_ticks(-0.5, 0.5, 9)] == ["0.5", "1", "2"]
    assert len(decade_ticks(-300, 300, 6)) <= 8


@pytest.mark.impatient
def test_run_ahead_shows_progress_and_can_be_cancelled(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    spin = view.findChildren(QSpinBox)[0]
    run, cancel = view.findChildren(QPushButton)
    spin.setValue(1_000_000)
    assert run.isVisible()
    assert not cancel.isVisible()
    run.click()
    qtbot.waitUntil(lambda: bridge.busy is not None and bridge.busy.done > 50, timeout=20_000)
    assert cancel.isVisible()
    assert not run.isVisible()
    qtbot.waitUntil(lambda: view.revealed_counts()[0] > 50, timeout=20_000)
    cancel.click()
    settle(qtbot, bridge)
    assert run.isVisible()
    assert view.revealed_counts()[0] == bridge.session.run.reached < 1_000_000


def test_says_where_it_is_no_longer_finite(qtbot: QtBot, view: LossView, bridge: Bridge) -> None:
    run = bridge.session.run
    go(qtbot, bridge, 30)
    for number in range(20, 30):
        run.history.losses[number] = run.history.gradient_norms[number] = NAN
    run.history.first_bad = 20
    go(qtbot, bridge, 40)
    warning = next(label for label in view.findChildren(QLabel) if "Not finite" in label.text())
    assert warning.isVisible()
    assert "iteration 20" in warning.text()
    warning.linkActivated.emit("bad")
    settle(qtbot, bridge)
    assert bridge.iteration == 20


@pytest.mark.parametrize(("width", "height"), [(300, 180), (1800, 300)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_paints_at_every_size_theme_and_language(
    qtbot: QtBot, showing: Showing, bridge: Bridge, width: int, height: int, scale: float
) -> None:
    go(qtbot, bridge, 150)
    bridge.session.run.history.losses[40] = NAN
    look = Appearance()
    view = showing(LossView, bridge, (width, height), look)
    drawn(view).set_logarithmic(True)
    drawn(view).set_shown("backward", True)
    look.set_scale(scale)
    look.set_theme("dark")
    look.set_language("ja")
    assert not view.grab().isNull()
    assert drawn(view).accessibleName() == "反復ごとの損失"
