"""What a step knows of itself."""

import numpy as np
import pytest

from engine.ops.activations import sigmoid
from engine.ops.arithmetic import add, multiply
from engine.scope import ScopeKind, cell, gate, part, time_step
from engine.source import source_lines, source_place
from engine.tape import Phase, Tape
from engine.tensor import Role, state


def test_a_step_keeps_operands_in_order_with_repeats() -> None:
    tape = Tape()
    a, b = tape.input("a", np.ones((1, 2))), tape.input("b", np.full((1, 2), 2.0))
    made = multiply(multiply(a, a), b)
    assert made.inputs[0].inputs == (a, a)
    assert made.inputs[1] is b
    assert [step.index for step in tape] == [0, 1, 2, 3]


def test_a_step_knows_its_place() -> None:
    tape = Tape()
    with tape.recording():
        x = tape.input("x", np.zeros((1, 1)))
        with time_step(3), part("encoder"), cell("lstm"), gate("forget"):
            inside = sigmoid(x)
        outside = sigmoid(x)
    assert inside.scope.path == "t=3/encoder/lstm/forget"
    assert [scope.kind for scope in inside.scope.line()] == [
        ScopeKind.TIME, ScopeKind.PART, ScopeKind.CELL, ScopeKind.GATE,
    ]  # fmt: skip
    time = inside.scope.enclosing(ScopeKind.TIME)
    assert time is not None
    assert time.number == 3
    assert outside.scope.path == ""


def test_a_scope_is_left_when_its_block_fails() -> None:
    tape = Tape()
    with tape.recording(), pytest.raises(RuntimeError), time_step(1):
        raise RuntimeError
    assert tape.scope.path == ""


def test_a_step_knows_its_source_line() -> None:
    tape = Tape()
    x = tape.input("x", np.zeros((1, 1)))
    made = x + x  # the line looked for
    place = source_place(made)
    assert place is not None
    assert place.file.endswith("test_tape.py")
    assert "the line looked for" in source_lines(place.file)[place.line - 1]
    assert place.function == "test_a_step_knows_its_source_line"
    first, last = place.function_lines
    assert first < place.line < last
    assert source_place(x) is None


def test_phases_divide_the_tape() -> None:
    tape = Tape()
    x = tape.input("x", np.zeros((1, 1)))
    add(x, x)
    tape.begin_backward()
    add(x, x)
    tape.begin_update()
    add(x, x)
    assert [tape.phase(index) for index in range(4)] == [Phase.FORWARD, Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE]


def test_naming_records_no_step() -> None:
    tape = Tape()
    x = tape.input("x", np.zeros((1, 1)))
    z = state("z", sigmoid(x))
    assert (z.symbol, z.role, len(tape)) == ("z", Role.STATE, 2)


def test_two_tapes_in_one_thread_do_not_mix() -> None:
    outer, inner = Tape(), Tape()
    with outer.recording(), time_step(1):
        with inner.recording(), time_step(2):
            made = sigmoid(inner.input("x", np.zeros((1, 1))))
        assert made.scope.path == "t=2"
        assert sigmoid(outer.input("x", np.zeros((1, 1)))).scope.path == "t=1"
    assert (len(outer), len(inner)) == (2, 2)
