"""Breakpoints stop where they say, in both directions."""

import numpy as np
import pytest

from engine.address import find
from engine.debugger.breakpoints import Breakpoint, Condition
from engine.debugger.events import BreakpointHit, Event
from engine.debugger.session import Session
from engine.errors import AddressError, SettingError
from tests.engine.small_lesson import small


def session(**values: object) -> Session:
    return Session(*small(**values))


def test_runs_stop_behind_each_matching_step_forward_and_backward() -> None:
    debugged = session()
    debugged.add_breakpoint(Breakpoint("forward/t=*/**/z"))
    places = find(debugged.tape, "forward/t=*/**/z", debugged.cursor.addresses)
    seen = []
    for _ in places:
        debugged.run_on()
        seen.append(debugged.cursor.current)
    assert seen == places
    debugged.run_on()
    assert debugged.position == debugged.cursor.end
    back = []
    for _ in places:
        debugged.run_back()
        back.append(debugged.cursor.current)
    assert back == places[::-1]
    debugged.run_back()
    assert debugged.position == 0


def test_a_hit_is_counted_and_told() -> None:
    debugged = session()
    told: list[Event] = []
    debugged.listen(told.append)
    point = Breakpoint("backward/t=2/**/add#1")
    debugged.add_breakpoint(point)
    debugged.run_on()
    assert point.hits == 1
    assert [event for event in told if isinstance(event, BreakpointHit)] == [
        BreakpointHit(point, find(debugged.tape, "backward/t=2/**/add#1")[0])
    ]


def test_a_disabled_or_removed_breakpoint_stops_nothing() -> None:
    debugged = session()
    point = Breakpoint("**/z")
    debugged.add_breakpoint(point)
    debugged.switch_breakpoint(point, False)
    debugged.run_on()
    assert debugged.position == debugged.cursor.end
    debugged.remove_breakpoint(point)
    assert debugged.breakpoints == []


def test_conditions_look_at_the_value() -> None:
    debugged = session(weight_std=3.0)
    tape = debugged.tape
    norms = {index: float(np.linalg.norm(tape[index].value)) for index in find(tape, "forward/**/u")}
    middle = sorted(norms.values())[1]
    above = Breakpoint("forward/**/u", Condition.NORM_ABOVE, middle).steps(tape)
    below = Breakpoint("forward/**/u", Condition.NORM_BELOW, middle).steps(tape)
    assert above == [index for index, norm in norms.items() if norm > middle]
    assert below == [index for index, norm in norms.items() if norm < middle]
    assert Breakpoint("**", Condition.NOT_FINITE).steps(tape) == []


def test_the_first_number_that_is_not_finite_is_found() -> None:
    debugged = session(activation="identity", weight_std=1000.0, dtype="float32", bits=30)
    debugged.add_breakpoint(Breakpoint("**", Condition.NOT_FINITE))
    for _ in range(20):
        debugged.run_on()
        current = debugged.cursor.current
        assert current is not None
        if not np.isfinite(debugged.tape[current].value).all():
            break
    else:
        pytest.fail("nothing overflowed")
    before = [step.value for step in debugged.tape.steps[:current] if step.operation is not None]
    assert all(np.isfinite(value).all() for value in before)


def test_the_same_breakpoint_is_kept_once() -> None:
    debugged = session()
    debugged.add_breakpoint(Breakpoint("**/z"))
    debugged.add_breakpoint(Breakpoint("**/z"))
    assert len(debugged.breakpoints) == 1
    debugged.toggle_breakpoint(find(debugged.tape, "forward/t=1/**/z")[0])
    assert len(debugged.breakpoints) == 2
    debugged.toggle_breakpoint(find(debugged.tape, "forward/t=1/**/z")[0])
    assert len(debugged.breakpoints) == 1


def test_bad_breakpoints_are_refused() -> None:
    with pytest.raises(AddressError):
        Breakpoint("")
    with pytest.raises(SettingError):
        Breakpoint("**", Condition.NORM_ABOVE, float("nan"))
