"""From a vector to a sequence: what enters each time step, and where the gradient goes back."""

import pytest

from engine.analysis.gradient_check import GradientCheck
from engine.tensor import Role
from engine.training.run import Run
from tests.engine.cells.networks import ALL_CELLS, entry, network, tape_of

MODEL = "vector_to_sequence"


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_gradients_agree_with_differences(cell: str) -> None:
    checked = GradientCheck(Run(*network(MODEL, cell=cell, hidden=2)).next_iteration(), seed=3)
    for _ in checked.run():
        pass
    assert checked.report.agrees


@pytest.mark.parametrize("feedback", ["output", "output-cut"])
def test_the_output_enters_the_next_time_step(feedback: str) -> None:
    tape = tape_of(MODEL, feedback=feedback, layers=2)
    for time in (1, 2, 3):
        entering = entry(tape, "x_y", f"t={time}/feedback")
        x, y = entering.inputs
        assert x is entry(tape, "x", f"t={time}")
        if time == 1:
            assert y.role is Role.CONSTANT
            assert not y.value.any()
            continue
        before = entry(tape, "y", f"t={time - 1}/output")
        if feedback == "output":
            assert y is before
            assert len([span for span in tape.spans() if tape[span.of] is entering and span.argument == 1]) == 1
        else:
            assert y.operation is not None
            assert y.operation.name == "stop_gradient"
            assert y.inputs == (before,)
            assert y.index not in tape.gradient_totals or len(tape.gradient_totals[before.index]) == 1


def test_nothing_may_be_fed_back() -> None:
    tape = tape_of(MODEL, feedback="nothing")
    assert entry(tape, "W_x", "").shape == (2, 3)
    assert not [step for step in tape if step.symbol == "x_y"]
    assert entry(tape_of(MODEL), "W_x", "").shape == (3, 3)


def test_the_first_layer_reads_what_enters_and_the_read_out_the_last() -> None:
    tape = tape_of(MODEL, cell="gru", layers=2)
    for time in (1, 2, 3):
        product = next(step for step in tape if step.scope.path == f"t={time}/layer=1/gru/reset")
        assert product.inputs[0] is entry(tape, "x_y", f"t={time}/feedback")
        read_out = next(step for step in tape if step.scope.path == f"t={time}/output")
        assert read_out.inputs[0] is entry(tape, "h", f"t={time}/layer=2/gru")
