"""The bridge: every command, both ways, and that nothing is lost by undo, cancel or a wrong wish."""

import math

import pytest

from engine.debugger.breakpoints import Condition
from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.bridge import Bridge
from gui.run_control import RunControl


class Log(list):
    """The names of the signals in the order in which they came, and the messages."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []
        for name in ("cursor_moved", "tape_changed", "lesson_changed", "grain_changed", "breakpoints_changed",
                     "history_changed", "selection_changed", "hover_changed", "focus_unit_changed"):  # fmt: skip
            getattr(bridge, name).connect(lambda name=name: self.append(name))
        bridge.restarted.connect(lambda changes: self.append("restarted"))
        bridge.message.connect(lambda text, kind: self.messages.append((kind, text)))

    @property
    def problems(self) -> list[str]:
        return [text for kind, text in self.messages if kind == "problem"]


@pytest.fixture
def bridge(qapp):
    made = Bridge(Session(lesson_named("binary-addition")))
    yield made
    made.close()


@pytest.fixture
def log(bridge):
    return Log(bridge)


def wait(qtbot, bridge):
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)


def test_step_and_back_are_one(bridge, log):
    bridge.step()
    first = bridge.cursor.position
    bridge.step()
    bridge.step_back()
    assert bridge.cursor.position == first
    bridge.step_back()
    assert bridge.cursor.position == 0
    assert log == ["cursor_moved"] * 4
    bridge.step_back()
    assert len(log) == 4


def test_run_on_and_back(bridge, qtbot):
    bridge.run_on()
    assert bridge.cursor.position == bridge.cursor.end
    bridge.run_on()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (1, bridge.cursor.end)
    bridge.run_back()
    assert (bridge.iteration, bridge.cursor.position) == (1, 0)
    bridge.run_back()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (0, 0)


def test_step_over_the_end_opens_the_next_iteration_and_back(bridge, log, qtbot):
    bridge.move_to(bridge.cursor.end)
    del log[:]
    bridge.step()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (1, 0)
    assert log == ["tape_changed", "history_changed", "cursor_moved"]
    bridge.step_back()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (0, bridge.cursor.end)


def test_grain_of_an_iteration_steps_from_end_to_end(bridge, qtbot):
    bridge.set_grain(Grain.ITERATION)
    for iteration in range(3):
        bridge.step()
        wait(qtbot, bridge)
        assert (bridge.iteration, bridge.cursor.position) == (iteration, bridge.cursor.end)
    bridge.step_back()
    bridge.step_back()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (1, 0)


def test_run_to_and_move_to(bridge):
    bridge.run_to(39)
    assert bridge.cursor.current == 39
    bridge.move_to(10**9)
    assert bridge.cursor.position == bridge.cursor.end
    bridge.move_to(-5)
    assert bridge.cursor.position == 0


def test_settings_change_restarts_says_so_and_is_undone(bridge, log, qtbot):
    bridge.step()
    del log[:]
    bridge.change_settings(hidden=32)
    wait(qtbot, bridge)
    assert log == ["restarted", "tape_changed", "history_changed", "cursor_moved"]
    assert log.messages[-1] == ("info", "hidden: 16 → 32; restarted at iteration 0.")
    assert (bridge.settings["hidden"], bridge.cursor.position) == (32, 0)
    bridge.change_settings(bias=True, activation="tanh")
    wait(qtbot, bridge)
    assert log.messages[-1][1].startswith("activation: sigmoid → tanh, bias: false → true;")
    for wanted in (32, 16):
        bridge.undo()
        wait(qtbot, bridge)
        assert (bridge.settings["hidden"], bridge.settings["bias"]) == (wanted, False)
    bridge.undo()
    bridge.redo()
    bridge.redo()
    wait(qtbot, bridge)
    assert bridge.settings["bias"] is True
    assert bridge.undo_stack.undoText() == "activation: sigmoid → tanh, bias: false → true"


def test_a_wrong_setting_is_one_sentence_and_changes_nothing(bridge, log):
    bridge.step()
    bridge.change_settings(hidden=0)
    bridge.change_settings(colour="red")
    bridge.change_settings(hidden=16)
    assert len(log.problems) == 2
    assert log.problems[0] == "hidden must be at least 1, not 0."
    assert bridge.cursor.position > 0
    assert not bridge.undo_stack.canUndo()


def test_too_little_memory_is_one_sentence_and_keeps_the_run(bridge, log, qtbot):
    run = bridge.session.run
    bridge.change_settings(hidden=1_000_000)
    wait(qtbot, bridge)
    assert len(log.problems) == 1
    assert bridge.session.run is run
    assert not bridge.undo_stack.canUndo()


def test_breakpoints_are_added_hit_removed_and_undone(bridge, log):
    bridge.toggle_breakpoint()
    assert len(log.problems) == 1
    bridge.toggle_breakpoint(60)
    assert bridge.breakpoint_steps == (60,)
    bridge.run_on()
    assert bridge.cursor.current == 60
    assert log.messages[-1][1].startswith("Stopped at the breakpoint forward/")
    bridge.undo()
    assert bridge.breakpoint_steps == ()
    bridge.redo()
    assert bridge.breakpoint_steps == (60,)
    bridge.toggle_breakpoint()
    assert bridge.session.breakpoints == []
    bridge.undo()
    assert bridge.breakpoint_steps == (60,)
    bridge.switch_breakpoint(bridge.session.breakpoints[0], False)
    assert bridge.breakpoint_steps == ()


def test_breakpoints_with_a_wrong_address_are_refused(bridge, log):
    bridge.add_breakpoint("no/such/step")
    bridge.add_breakpoint("a//b")
    assert len(log.problems) == 2
    bridge.add_breakpoint("forward/**/z", Condition.NORM_ABOVE, 1e9)
    bridge.add_breakpoint("forward/**/z", Condition.NORM_ABOVE, 1e9)
    assert len(bridge.session.breakpoints) == 1


def test_selection_wins_over_the_cursor_and_survives_a_new_tape(bridge, log, qtbot):
    bridge.step()
    assert bridge.selected == bridge.cursor.current
    bridge.select(30)
    bridge.select(30)
    assert log.count("selection_changed") == 1
    assert bridge.selected == 30
    address = bridge.cursor.addresses[30]
    bridge.change_settings(bias=True)
    wait(qtbot, bridge)
    assert bridge.selection != 30
    assert bridge.cursor.addresses[bridge.selection] == address
    told = [name for name in log if name in ("tape_changed", "selection_changed")]
    assert told == ["selection_changed", "tape_changed", "selection_changed"]  # views know the new tape by then
    bridge.select(10**6)
    assert bridge.selection is None


@pytest.mark.parametrize(("picked", "values", "stays"), [(70, {"bits": 2}, False), (30, {"bias": True}, True)])
def test_whoever_is_told_of_a_restart_finds_the_new_tape_and_what_is_picked_on_it(bridge, picked, values, stays):
    """A restart ends playing, and whoever hears of that asks for the picked step: it lay beyond the new tape."""
    bridge.select(picked)
    bridge.hover_at(picked)
    address = bridge.cursor.addresses[picked]
    bridge.play()
    heard = []

    def look(name):
        heard.append(name)
        assert bridge.hover is None
        assert bridge.cursor.addresses[bridge.selected] == address if stays else bridge.selected is None

    for name in ("playing_changed", "selection_changed", "hover_changed", "tape_changed", "cursor_moved"):
        getattr(bridge, name).connect(lambda name=name: look(name))
    bridge.restarted.connect(lambda changes: look("restarted"))
    bridge.session.restart(bridge.settings.changed(**values))
    assert not bridge.playing
    assert set(heard) == {
        "playing_changed", "selection_changed", "hover_changed", "tape_changed", "cursor_moved", "restarted"
    }  # fmt: skip


def test_hover_and_focus_unit(bridge, log):
    bridge.hover_at(7, 3)
    bridge.hover_at(7, 3)
    assert bridge.hover == (7, 3)
    bridge.hover_at(None)
    assert bridge.hover is None
    bridge.set_focus_unit(5)
    bridge.set_focus_unit(-2)
    assert bridge.focus_unit == 0
    assert log == ["hover_changed", "hover_changed", "focus_unit_changed", "focus_unit_changed"]


@pytest.mark.impatient
def test_far_ahead_is_trained_while_the_window_answers(bridge, qtbot):
    bridge.go_to_iteration(400)
    assert bridge.busy is not None
    done = []
    bridge.busy_changed.connect(lambda: done.append(bridge.busy.done if bridge.busy else None))
    wait(qtbot, bridge)
    assert bridge.iteration == 400
    assert done[-1] is None
    assert any(value for value in done)
    assert len(bridge.session.run.history) == 401


@pytest.mark.impatient
def test_what_touches_the_run_is_refused_while_busy(bridge, log, qtbot):
    bridge.go_to_iteration(100_000)
    run = bridge.session.run
    for refused in (
        bridge.reset, bridge.undo, bridge.redo, bridge.play, lambda: bridge.go_to_iteration(2),
        lambda: bridge.change_settings(hidden=3), lambda: bridge.open_lesson("binary-addition"),
    ):  # fmt: skip
        refused()
    assert log.problems == ["The run is at work: cancel it first, or wait."] * 7
    bridge.step()
    assert bridge.cursor.position > 0
    assert bridge.session.run is run
    bridge.cancel()
    wait(qtbot, bridge)


@pytest.mark.impatient
def test_cancel_keeps_what_was_reached(bridge, log, qtbot):
    bridge.step()
    bridge.go_to_iteration(100_000)
    qtbot.waitUntil(lambda: bridge.busy.done > 10, timeout=20_000)
    bridge.cancel()
    wait(qtbot, bridge)
    reached = bridge.session.run.reached
    assert 1 < reached < 100_000
    assert (bridge.iteration, bridge.cursor.current) == (0, bridge.cursor.current)
    assert log.messages[-1][0] == "info"
    assert str(reached) in log.messages[-1][1]
    bridge.go_to_iteration(reached - 1)
    wait(qtbot, bridge)
    assert bridge.iteration == reached - 1
    assert bridge.session.run.reached == reached


def test_train_on_stops_at_a_condition(bridge, qtbot):
    bridge.change_settings(iterations=60)
    wait(qtbot, bridge)
    losses = [float(tape.steps[tape.loss].value) for tape in _tapes(60)]
    bound = sorted(losses)[3]
    bridge.add_breakpoint(bridge.cursor.addresses[bridge.tape.loss], Condition.NORM_BELOW, bound)
    expected = next(number for number, loss in enumerate(losses) if loss < bound)
    bridge.train_on()
    wait(qtbot, bridge)
    assert bridge.iteration == expected
    assert bridge.cursor.current == bridge.tape.loss
    assert bridge.session.breakpoints[0].hits == 1
    bridge.train_on()
    wait(qtbot, bridge)
    assert bridge.iteration > expected


def _tapes(count):
    run = Session(lesson_named("binary-addition")).run
    return [run.tape(number) for number in range(count)]


def test_train_on_without_a_breakpoint_goes_through_the_last_iteration(bridge, qtbot):
    bridge.change_settings(iterations=30)
    bridge.train_on()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.position) == (29, bridge.cursor.end)


def test_the_first_bad_step_is_found_and_gone_to(bridge, log, qtbot):
    bridge.change_settings(activation="identity", weight_std=1000.0, bits=62, hidden=64, dtype="float32")
    bridge.go_to_iteration(40)
    wait(qtbot, bridge)
    bad = bridge.first_bad
    assert bad is not None
    assert [text for text in log.problems if bad.address in text]
    bridge.go_to_first_bad()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.cursor.current) == (bad.iteration, bad.index)
    assert not math.isfinite(bridge.tape[bad.index].value.sum())
    bridge.change_settings(bits=8)
    wait(qtbot, bridge)
    assert bridge.first_bad is None


def test_reset_and_another_lesson(bridge, log, qtbot):
    bridge.change_settings(hidden=4)
    bridge.go_to_iteration(3)
    wait(qtbot, bridge)
    bridge.reset()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.session.run.reached, bridge.settings["hidden"]) == (0, 1, 4)
    bridge.open_lesson("binary-addition")
    wait(qtbot, bridge)
    assert bridge.settings["hidden"] == 16
    bridge.open_lesson("no-such-lesson")
    assert len(log.problems) == 1


def test_playing_stops_at_a_breakpoint_and_at_the_end(bridge, qtbot):
    bridge.set_speed(math.inf)
    bridge.toggle_breakpoint(60)
    bridge.play()
    qtbot.waitUntil(lambda: not bridge.playing, timeout=10_000)
    assert bridge.cursor.current == 60
    bridge.set_grain(Grain.TIME_STEP)
    bridge.play()
    qtbot.waitUntil(lambda: not bridge.playing, timeout=10_000)
    assert bridge.cursor.position == bridge.cursor.end


def test_playing_through_iterations_until_paused(bridge, qtbot):
    bridge.set_grain(Grain.PHASE)
    bridge.set_speed(math.inf)
    bridge.set_through_iterations(True)
    bridge.play()
    qtbot.waitUntil(lambda: bridge.iteration >= 2, timeout=10_000)
    bridge.pause()
    wait(qtbot, bridge)  # an iteration that is being trained is still opened
    where = (bridge.iteration, bridge.cursor.position)
    qtbot.wait(60)
    assert (bridge.iteration, bridge.cursor.position) == where


@pytest.mark.parametrize(("asked", "got"), [(0.1, 0.5), (7.0, 7.0), (1000.0, 60.0), (math.inf, math.inf)])
def test_speed_is_kept_within_bounds(bridge, asked, got):
    bridge.set_speed(asked)
    assert bridge.speed == got


def test_an_error_of_our_own_is_not_swallowed(bridge, monkeypatch, qtbot):
    def broken(*_):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("gui.run_control.reach", broken)
    with pytest.raises(ZeroDivisionError, match="planted"):
        bridge.go_to_iteration(1)
    assert bridge.busy is None


def test_messages_are_in_the_users_language(qapp):
    class Shouting:
        def say(self, english, **values):
            return english.format(**values).upper()

        def say_error(self, error):
            return str(error).upper()

    control = RunControl(Session(lesson_named("binary-addition")), Shouting())
    heard = []
    control.message.connect(lambda text, kind: heard.append(text))
    control.change_settings({"hidden": 0})
    assert heard == ["HIDDEN MUST BE AT LEAST 1, NOT 0."]
    control.close()
