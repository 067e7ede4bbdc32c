"""The gradient check of a whole recording."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from engine.analysis.gradient_check import CheckError, GradientCheck, check_gradients
from engine.operation import Rule, operation
from engine.ops.arithmetic import multiply, one_minus, scale, square
from engine.tape import Tape
from engine.tensor import Tensor
from engine.training.run import Run
from tests.engine.small_lesson import small


@contextmanager
def rule_replaced(name: str, rule: Rule) -> Iterator[None]:
    """Within it an operation has another gradient rule; rows are frozen, so this is not done by assignment."""
    row = operation(name)
    right = row.gradients
    object.__setattr__(row, "gradients", (rule, *right[1:]))
    try:
        yield
    finally:
        object.__setattr__(row, "gradients", right)


def tape(**values: object) -> Tape:
    return Run(*small(**values)).tape(0)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity"])
@pytest.mark.parametrize(
    "other", [{}, {"bias": True, "batch": 3}, {"truncation": 2, "clip": 0.1}, {"bits": 6, "seed": 3}]
)
def test_exact_gradients_agree(activation: str, other: dict[str, object]) -> None:
    report = check_gradients(tape(activation=activation, **other))
    assert report.agrees
    assert {check.name for check in report.parameters} >= {"W_in", "W_out", "W"}
    assert max(check.whole.error for check in report.parameters) < 1e-4
    for check in report.parameters:
        assert [step.time for step in check.steps] == list(range(1, len(check.steps) + 1))


def test_the_course_s_gradient_fails_and_its_output_rule_is_named() -> None:
    report = check_gradients(tape(delta_out="course"))
    assert not report.agrees
    assert not any(check.agrees for check in report.parameters)
    (fault,) = report.faults
    assert (fault.operation, fault.output, fault.of_output, fault.steps) == ("sigmoid_course", "y", True, 3)
    assert fault.address == "forward/t=1/output/sigmoid_course#1"


def test_the_course_s_error_is_what_its_formula_makes_it() -> None:
    """It takes σ'(y) for σ'(v) = y (1 − y), so each step's share of ∂L/∂W_out is off by the quotient of the two."""
    recorded = tape(delta_out="course")
    y = np.array([step.value.item() for step in recorded if step.symbol == "y"])
    squashed_again = 1 / (1 + np.exp(-y))
    off = squashed_again * (1 - squashed_again) / (y * (1 - y))
    W_out = next(check for check in check_gradients(recorded).parameters if check.name == "W_out")
    np.testing.assert_allclose([step.comparison.ratio for step in W_out.steps], off, rtol=1e-5)


def test_a_wrong_rule_anywhere_is_found_and_named() -> None:
    def off(g: Tensor, out: Tensor, a: Tensor) -> Tensor:
        return scale(multiply(g, one_minus(square(out))), factor=2.001 / 2)

    with rule_replaced("tanh", off):
        wrong = tape(activation="tanh")
        report = check_gradients(wrong)
    assert not report.agrees
    (fault,) = report.faults
    assert (fault.operation, fault.of_output) == ("tanh", False)
    assert fault.address == "forward/t=1/rnn/tanh#1"
    assert fault.comparison.error == pytest.approx(5e-4, rel=1e-2)
    by_name = {check.name: check for check in report.parameters}
    assert by_name["W_out"].agrees
    assert not by_name["W"].agrees


def test_truncation_is_compared_with_the_truncated_gradient() -> None:
    """Differences of the loss itself would find what truncation leaves out; the check must not."""
    cut, whole = tape(truncation=1, bits=5), tape(bits=5)
    W = next(step.index for step in cut if step.symbol == "W")
    truncated, full = cut.gradient(W), whole.gradient(W)
    assert truncated is not None
    assert full is not None
    assert np.abs(truncated - full).max() > 1e-6
    assert check_gradients(cut).agrees


def test_a_loss_that_is_not_finite_cannot_be_checked() -> None:
    recorded = tape()
    recorded[recorded.loss].value = np.array(np.nan)
    with pytest.raises(CheckError, match="nan"):
        GradientCheck(recorded)


def test_the_portions_of_work_add_up_to_the_total() -> None:
    check = GradientCheck(tape(bias=True))
    done = list(check.run())
    assert done == sorted(done)
    assert done[-1] == check.total


def test_kinks_are_counted_not_hidden() -> None:
    """A bias at zero and the inputs (0, 0) put every ReLU of the first step on its kink."""
    for seed in range(20):
        recorded = tape(activation="relu", bias=True, seed=seed)
        x = next(step for step in recorded if step.symbol == "x")
        if not x.value.any():
            break
    report = check_gradients(recorded)
    assert report.agrees
    assert report.kinks > 0
