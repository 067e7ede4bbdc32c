"""Layers over time: order of recording, scopes, states handed on, padding."""

import numpy as np
import pytest

from engine.analysis.series import series
from engine.scope import ScopeKind
from engine.tape import Tape
from engine.tensor import Role
from engine.training.iteration import batch_of
from engine.training.run import Run
from tests.engine.cells.networks import ALL_CELLS, entry, tape_of
from tests.engine.cells.sequences import LENGTH, ROWS, Sequences, lesson_of, recorded_tape

FIRST_STATE = {"cec": "c"}


def visits(tape: Tape) -> list[str]:
    """The places of cells in the order in which the forward pass comes to them."""
    found: list[str] = []
    for step in tape.steps[: tape.backward_start]:
        place = step.scope.enclosing(ScopeKind.CELL)
        if place is not None and (not found or found[-1] != place.path):
            found.append(place.path)
    return found


# --- order and scopes --------------------------------------------------------------------------------------------


def test_one_way_goes_time_step_by_time_step_and_up() -> None:
    assert visits(tape_of(cell="gru", layers=2)) == [f"t={t}/layer={layer}/gru" for t in (1, 2, 3) for layer in (1, 2)]
    assert visits(tape_of(cell="gru")) == [f"t={t}/gru" for t in (1, 2, 3)]


def test_both_ways_go_layer_by_layer_on_and_back() -> None:
    expected = [
        f"t={t}/layer={layer}/{way}/rnn"
        for layer in (1, 2)
        for way, order in (("forward", (1, 2, 3)), ("backward", (3, 2, 1)))
        for t in order
    ]
    assert visits(tape_of(cell="rnn", layers=2, bidirectional=True)) == expected


def test_each_time_step_is_answered_before_the_next_one() -> None:
    tape = tape_of(cell="lstm", layers=2)
    forward = [step for step in tape.steps[: tape.backward_start] if step.scope.path.startswith("t=")]
    times = [step.scope.line()[0].number or 0 for step in forward]
    assert times == sorted(times)
    y = [step for step in tape if step.role is Role.OUTPUT]
    assert [step.scope.path for step in y] == [f"t={t}/output" for t in (1, 2, 3)]


def test_a_layer_reads_what_the_one_below_says() -> None:
    tape = tape_of(cell="gru", layers=3)
    for time in (1, 2, 3):
        for layer in (2, 3):
            below = entry(tape, "h", f"t={time}/layer={layer - 1}/gru")
            gates = [step for step in tape if step.scope.path == f"t={time}/layer={layer}/gru/reset"]
            assert gates[0].inputs[0] is below


def test_both_ways_are_put_side_by_side() -> None:
    tape = tape_of(cell="lstm", bidirectional=True)
    for time in (1, 2, 3):
        both = entry(tape, "h", f"t={time}/both")
        ways = [entry(tape, "h", f"t={time}/{way}/lstm") for way in ("forward", "backward")]
        assert list(both.inputs) == ways
        np.testing.assert_array_equal(both.value, np.concatenate([way.value for way in ways], axis=1))


# --- states ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_final_states_are_those_after_the_last_step(cell: str) -> None:
    tape = tape_of(cell=cell, layers=2, bidirectional=True)
    first = FIRST_STATE.get(cell, "h")
    for layer in (1, 2):
        for way, last in (("forward", 3), ("backward", 1)):
            index = entry(tape, first, f"t={last}/layer={layer}/{way}/{cell}").index
            assert tape.final_states[f"layer{layer}.{way}.{first}"] == index


@pytest.mark.parametrize("cell", ALL_CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_states_are_carried_into_the_next_iteration(cell: str, layers: int) -> None:
    run = Run(*lesson_of(Sequences(carries_state=True), cell=cell, layers=layers))
    for _ in run.advance(3):
        pass
    for iteration in (0, 1):
        tape, following = run.tape(iteration), run.tape(iteration + 1)
        ends = {name: tape[index].value for name, index in tape.final_states.items()}
        assert set(run.state(iteration + 1).states) == set(ends)
        begins = [step.value for step in following if step.role is Role.STATE and step.is_given]
        for begin, name in zip(begins, following.final_states, strict=True):
            np.testing.assert_array_equal(begin, ends[name])
        assert any(np.any(begin) for begin in begins)
    assert not run.state(0).states


def test_states_start_at_zero_where_a_task_does_not_carry_them_on() -> None:
    run = Run(*lesson_of(Sequences(), cell="lstm"))
    for _ in run.advance(2):
        pass
    assert not run.state(1).states
    assert not any(np.any(step.value) for step in run.tape(1) if step.role is Role.STATE and step.is_given)


# --- padding -----------------------------------------------------------------------------------------------------

LENGTHS = (2, 4, 1)


@pytest.mark.parametrize("cell", ALL_CELLS)
@pytest.mark.parametrize("values", [{"layers": 2}, {"bidirectional": True, "layers": 2}, {"truncation": 2}])
@pytest.mark.parametrize("at_end", [False, True])
def test_what_stands_in_the_padding_changes_nothing(cell: str, values: dict[str, object], at_end: bool) -> None:
    plain, odd = (
        recorded_tape(Sequences(lengths=LENGTHS, padding=padding, at_end=at_end), cell=cell, **values)
        for padding in (0.0, 123.0)
    )
    assert plain[plain.loss].value == odd[odd.loss].value
    for step in plain:
        if step.role is Role.PARAMETER:
            np.testing.assert_array_equal(plain.gradient(step.index), odd.gradient(step.index), err_msg=step.symbol)
    for name, index in plain.final_states.items():
        np.testing.assert_array_equal(plain[index].value, odd[odd.final_states[name]].value)


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_the_gradient_of_padding_is_exactly_zero(cell: str) -> None:
    tape = recorded_tape(Sequences(lengths=LENGTHS), cell=cell)
    for step in tape.steps[: tape.backward_start]:
        place = step.scope.enclosing(ScopeKind.CELL)
        time = step.scope.enclosing(ScopeKind.TIME)
        gradient = tape.gradient(step.index)
        if place is None or time is None or gradient is None or step.value.shape[0] != ROWS or step.is_given:
            continue
        for row, length in enumerate(LENGTHS):
            if (time.number or 0) > length:
                assert not np.any(gradient[row]), (step, row)


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_a_padded_sequence_ends_as_it_would_alone(cell: str) -> None:
    task = Sequences(lengths=LENGTHS)
    lesson, settings = lesson_of(task, cell=cell, layers=2)
    tape = Run(lesson, settings).tape(0)
    first = FIRST_STATE.get(cell, "h")
    masked = series(tape, Role.STATE)[f"layer=2/mask/{first}"]
    real = series(tape, Role.STATE)[f"layer=2/{cell}/{first}"]
    end = tape[tape.final_states[f"layer2.{first}"]].value
    for row, length in enumerate(LENGTHS):
        np.testing.assert_array_equal(end[row], real[length - 1, row])
        for time in range(length, LENGTH):
            np.testing.assert_array_equal(masked[time, row], end[row])
    mask = batch_of(lesson, settings, 0).mask
    assert mask is not None
    assert mask.sum() == sum(LENGTHS)


def test_masks_are_on_the_tape_beside_what_they_mask() -> None:
    tape = recorded_tape(Sequences(lengths=LENGTHS), cell="lstm", layers=2)
    masks = [step for step in tape if step.symbol == "m"]
    assert [step.scope.path for step in masks] == [f"t={t}" for t in range(1, LENGTH + 1)]
    chosen = [step for step in tape if step.operation is not None and step.operation.name == "choose"]
    assert len(chosen) == 2 * 2 * LENGTH
    for step in chosen:
        assert step.inputs[0] in masks
        assert step.symbol in {"h", "c"}
        assert step.scope.path.endswith("/mask")
