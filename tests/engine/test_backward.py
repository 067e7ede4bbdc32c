"""The backward pass as steps on the tape."""

import numpy as np
import pytest

from engine.backward import backward
from engine.errors import OperationError
from engine.operation import Operation, operation, register
from engine.ops.activations import stop_gradient, tanh
from engine.ops.arithmetic import add, multiply, sum_all
from engine.ops.products import matmul
from engine.tape import Phase, Tape
from engine.tensor import Tensor
from engine.training.run import Run
from tests.engine.small_lesson import small


def test_each_gradient_is_computed_by_operations_on_the_tape() -> None:
    tape = Run(*small()).tape(0)
    for index in range(tape.backward_start, tape.update_start):
        step = tape[index]
        assert step.operation is None or operation(step.operation.name) is step.operation
        assert all(source.index < index for source in step.inputs)
    W = next(step for step in tape if step.symbol == "W")
    total = tape[tape.gradient_totals[W.index][-1]]
    assert total.operation is not None
    assert total.operation.name == "add"


def test_a_span_tells_rule_contribution_and_sum() -> None:
    tape = Run(*small()).tape(0)
    W = next(step for step in tape if step.symbol == "W")
    spans = [span for span in tape.spans() if tape[span.of].inputs[span.argument] is W]
    assert len(spans) == 3
    assert [span.total for span in spans] == tape.gradient_totals[W.index]
    so_far = np.zeros_like(W.value)
    for span in spans:
        assert tape.phase(span.contribution) is Phase.BACKWARD
        so_far = so_far + tape[span.contribution].value
        np.testing.assert_array_equal(tape[span.total].value, so_far)


def test_the_hidden_state_adds_what_comes_from_later_to_what_comes_from_its_own_output() -> None:
    """dH_next^t = dH_prev^(t+1) + dH_s^t is an add on the tape, in time step t."""
    tape = Run(*small()).tape(0)
    z_1 = next(step for step in tape if step.symbol == "z" and step.scope.path.startswith("t=1"))
    total = tape[tape.gradient_totals[z_1.index][-1]]
    assert total.operation is not None
    assert total.operation.name == "add"
    assert total.scope.path == "t=1/rnn"
    assert [source.scope.path for source in total.inputs] == ["t=2/rnn", "t=1/output"]


def test_a_hundred_thousand_steps_need_no_recursion() -> None:
    tape = Tape()
    w = tape.parameter("w", np.array([[0.5]]))
    value: Tensor = w
    for _ in range(100_000):
        value = tanh(value)
    backward(tape, sum_all(value))
    assert len(tape) > 400_000
    assert np.isfinite(gradient(tape, w)).all()
    tape.release()


def gradient(tape: Tape, tensor: Tensor) -> np.ndarray:
    """The gradient that arrived at a tensor."""
    arrived = tape.gradient(tensor.index)
    assert arrived is not None
    return arrived


def test_a_repeated_operand_receives_both_gradients() -> None:
    tape = Tape()
    w = tape.parameter("w", np.array([[3.0]]))
    backward(tape, sum_all(multiply(w, w)))
    np.testing.assert_allclose(gradient(tape, w), [[6.0]])


def test_no_gradient_passes_a_stop() -> None:
    tape = Tape()
    w = tape.parameter("w", np.array([[3.0]]))
    backward(tape, sum_all(multiply(stop_gradient(w), w)))
    np.testing.assert_allclose(gradient(tape, w), [[3.0]])


def test_what_no_parameter_leads_to_gets_no_gradient() -> None:
    tape = Tape()
    x, W = tape.input("x", np.ones((1, 2))), tape.parameter("W", np.ones((2, 1)))
    backward(tape, sum_all(matmul(x, W)))
    assert tape.gradient(x.index) is None
    np.testing.assert_allclose(gradient(tape, W), [[1.0], [1.0]])


def test_a_missing_rule_is_an_error_that_names_operation_and_argument() -> None:
    lame = Operation("lame", np.add, (lambda g, out, a, b: g,), "?", "", ("",), 2)
    tape = Tape()
    w = tape.parameter("w", np.ones((1, 1)))
    made = add(w, w)
    made.operation = lame
    with pytest.raises(OperationError, match="lame has no gradient rule for argument 2"):
        backward(tape, sum_all(made))


def test_the_table_refuses_doubles() -> None:
    with pytest.raises(OperationError, match="add is registered twice"):
        register("add", np.add, (), symbol="+", formula="", gradient_formulas=())


def test_an_unknown_operation_is_named_with_the_known_ones() -> None:
    with pytest.raises(OperationError, match="no operation nonsense.*matmul"):
        operation("nonsense")


def test_recording_changes_no_operand() -> None:
    lesson, settings = small(bias=True, clip=0.1, optimizer="adam")
    run = Run(lesson, settings)
    before = {name: value.copy() for name, value in run.state(0).parameters.items()}
    run.next_iteration()
    for name, value in run.state(0).parameters.items():
        np.testing.assert_array_equal(value, before[name])
