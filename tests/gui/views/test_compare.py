"""Systems compared: on the same data, at the same iteration, their cursors tied; nothing beyond the cursor."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.analysis.series import time_of
from gui.bridge import Bridge
from gui.views.compare import CompareView
from gui.views.compare_gates import CompareGates
from gui.views.compare_losses import CompareLosses
from gui.views.compare_norms import CompareNorms
from gui.views.compare_table import CompareTable
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("adding-problem", length=6, hidden=4, batch=2))


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> Iterator[CompareView]:
    made = showing(CompareView, bridge, (1200, 320))
    yield made
    made.systems.close()


def arrived(qtbot: QtBot, view: CompareView) -> None:
    qtbot.waitUntil(lambda: not view.systems.waiting, timeout=20_000)


def come(qtbot: QtBot, bridge: Bridge, iteration: int) -> None:
    qtbot.waitUntil(lambda: bridge.iteration == iteration, timeout=20_000)


def test_it_begins_with_something_to_compare_with(view: CompareView) -> None:
    assert [one.name for one in view.systems.systems] == ["gru", "lstm"]
    assert "gru" not in view.systems.choices


def test_the_data_and_the_seed_are_the_same(view: CompareView, bridge: Bridge) -> None:
    view.systems.compare_with(["rnn", "lstm"])
    for one in view.systems.systems:
        inputs = [step.value for step in one.bridge.tape.steps if step.symbol == "x"]
        own = [step.value for step in bridge.tape.steps if step.symbol == "x"]
        np.testing.assert_array_equal(inputs, own)


def test_cursors_are_tied_and_come_along_to_another_iteration(
    view: CompareView, bridge: Bridge, qtbot: QtBot
) -> None:
    view.systems.compare_with(["rnn", "lstm"])
    bridge.go_to_iteration(3)
    qtbot.waitUntil(lambda: bridge.iteration == 3, timeout=20_000)
    arrived(qtbot, view)
    backward = [
        step.index for step in bridge.tape.steps[bridge.tape.backward_start : bridge.tape.update_start]
        if time_of(step) == 3
    ]  # fmt: skip
    bridge.run_to(backward[-1])
    for one in view.systems.systems[1:]:
        assert one.bridge.iteration == 3
        current = one.bridge.cursor.current
        assert current is not None
        assert one.bridge.tape.phase(current) == bridge.tape.phase(backward[-1])
        assert time_of(one.bridge.tape[current]) in {2, 3}  # where both are under way, either
    bridge.move_to(0)
    assert all(one.bridge.cursor.position == 0 for one in view.systems.systems)


def test_norms_come_from_right_to_left(view: CompareView, bridge: Bridge) -> None:
    view.systems.compare_with(["rnn"])
    plot = view.findChild(CompareNorms)
    assert plot is not None
    bridge.move_to(bridge.tape.backward_start)
    assert all((plot.norms(one) < 0).all() for one in view.systems.systems)
    bridge.move_to(bridge.cursor.end)
    for one in view.systems.systems:
        norms = plot.norms(one)
        states = {time_of(step): step for step in one.bridge.tape.steps if step.symbol == "h" and time_of(step)}
        for t in range(1, 7):
            gradient = one.bridge.tape.gradient(states[t].index)
            assert gradient is not None
            assert norms[t - 1] == pytest.approx(float(np.linalg.norm(gradient)))


def test_the_table_counts_and_tells_the_loss_when_it_is_reached(view: CompareView, bridge: Bridge) -> None:
    view.systems.compare_with(["rnn"])
    table = view.findChild(CompareTable)
    assert table is not None
    gru, rnn = table.rows()
    assert (gru[0], gru[1], gru[3]) == ("gru", str(3 * (2 * 4 + 16 + 4) + 5), "…")
    assert (rnn[0], rnn[1]) == ("rnn", str(2 * 4 + 16 + 4 + 5))
    bridge.move_to(bridge.tape.backward_start)
    assert "…" not in [row[3] for row in table.rows()]


def test_losses_are_means_and_a_click_goes_there(view: CompareView, bridge: Bridge, qtbot: QtBot) -> None:
    view.show_form("losses")
    bridge.go_to_iteration(9)
    qtbot.waitUntil(lambda: bridge.iteration == 9, timeout=20_000)
    arrived(qtbot, view)
    losses = view.findChild(CompareLosses)
    assert losses is not None
    own = view.systems.systems[0]
    history = bridge.session.run.history.losses
    np.testing.assert_allclose(losses.means(own), [np.mean(history[: n + 1]) for n in range(10)])
    losses.resize(800, 240)
    middle = QPoint(round(losses.area.left() + losses.area.width() * 4 / 9), round(losses.area.center().y()))
    qtbot.mouseClick(losses, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: bridge.iteration == 4, timeout=20_000)
    arrived(qtbot, view)


def test_gates_stand_side_by_side(view: CompareView) -> None:
    view.show_form("gates")
    gates = view.findChild(CompareGates)
    assert gates is not None
    counts = [len(one.grid.heatmaps) for one in gates.views]
    assert counts == [4, 6]  # r, z, n, h and f, g, i, o, c, h


def test_settings_and_lessons_are_followed(view: CompareView, bridge: Bridge) -> None:
    bridge.change_settings(hidden=7, cell="rnn")
    assert [one.name for one in view.systems.systems] == ["rnn", "lstm"]
    assert view.systems.systems[1].bridge.settings["hidden"] == 7
    bridge.open_lesson("binary-addition")
    assert view.systems.key == "activation"
    view.systems.compare_with(["tanh", "relu", "identity"])
    assert [one.name for one in view.systems.systems] == ["sigmoid", "tanh", "relu"]
    bridge.open_lesson("recursive-net")
    view.grab()


def test_nothing_is_computed_while_nobody_looks(view: CompareView, bridge: Bridge, qtbot: QtBot) -> None:
    view.hide()
    bridge.go_to_iteration(2)
    qtbot.waitUntil(lambda: bridge.iteration == 2, timeout=20_000)
    assert view.systems.waiting
    view.show()
    arrived(qtbot, view)


def test_tapes_that_nobody_shows_are_let_go(view: CompareView, bridge: Bridge, qtbot: QtBot) -> None:
    """They may be large, and every iteration has one for each system."""
    left = []
    for iteration in (1, 2, 3):
        left += [weakref.ref(one.bridge.tape) for one in view.systems.systems]
        bridge.go_to_iteration(iteration)
        come(qtbot, bridge, iteration)
        arrived(qtbot, view)
        bridge.move_to(bridge.cursor.end)
        view.grab()
    gc.collect()
    assert sum(tape() is not None for tape in left) <= 2
