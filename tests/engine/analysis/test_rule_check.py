"""The checker of rules catches wrong rules: a check that cannot fail proves nothing."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from engine.analysis.rule_check import check_rule
from engine.errors import OperationError
from engine.operation import Operation, operation
from engine.ops.arithmetic import multiply, negate, scale, sum_all
from engine.tensor import Tensor

VALUES = np.array([[0.7, -1.3], [2.1, 0.4]])


def square_with(rule: Callable[..., Tensor]) -> Operation:
    return dataclasses.replace(operation("square"), gradients=(rule,))


def test_the_right_factor_passes() -> None:
    found = check_rule(square_with(lambda g, out, a: multiply(g, scale(a, factor=2.0))), [VALUES], 0)
    assert found is not None
    assert found.agrees
    assert found.compared == 4


@pytest.mark.parametrize("factor", [2.001, 1.999, 2.00001])
def test_a_factor_slightly_off_is_caught(factor: float) -> None:
    found = check_rule(square_with(lambda g, out, a: multiply(g, scale(a, factor=factor))), [VALUES], 0)
    assert found is not None
    assert not found.agrees
    assert found.error == pytest.approx(abs(factor / 2 - 1), rel=1e-3)
    assert found.ratio == pytest.approx(factor / 2)


def test_a_wrong_sign_is_caught() -> None:
    found = check_rule(square_with(lambda g, out, a: negate(multiply(g, scale(a, factor=2.0)))), [VALUES], 0)
    assert found is not None
    assert not found.agrees
    assert found.ratio == pytest.approx(1.0)


def test_a_gradient_of_the_wrong_shape_is_caught() -> None:
    found = check_rule(square_with(lambda g, out, a: sum_all(g)), [VALUES], 0)
    assert found is not None
    assert not found.agrees


def test_a_missing_rule_names_operation_and_argument() -> None:
    lame = dataclasses.replace(operation("multiply"), name="lame", gradients=operation("multiply").gradients[:1])
    assert check_rule(lame, [VALUES, VALUES], 0) is not None
    with pytest.raises(OperationError, match="lame has no gradient rule for argument 2"):
        check_rule(lame, [VALUES, VALUES], 1)


def test_kinks_are_left_out_and_counted() -> None:
    found = check_rule(operation("relu"), [np.array([[0.0, 1.0, -1.0]])], 0)
    assert found is not None
    assert found.agrees
    assert (found.compared, found.kinks) == (2, 1)


def test_a_kink_nearby_is_no_excuse() -> None:
    near = np.array([[3e-6, -3e-6, 1e-4]])
    right = check_rule(operation("relu"), [near], 0)
    assert right is not None
    assert right.agrees
    wrong = dataclasses.replace(operation("relu"), gradients=(lambda g, out, a: g,))
    found = check_rule(wrong, [near], 0)
    assert found is not None
    assert not found.agrees


@pytest.mark.parametrize("distance", [1.5e-6, 1e-6, 5e-7, 1e-7, 5e-8, 1e-9, 1e-12])
def test_a_kink_that_differences_step_over_is_not_held_against_the_rule(distance: float) -> None:
    for at in (distance, -distance):
        found = check_rule(operation("relu"), [np.array([[at, 1.0, -2.0, 3.0]])], 0)
        assert found is not None
        assert found.agrees
    wrong = dataclasses.replace(operation("tanh"), gradients=(lambda g, out, a: g,))
    found = check_rule(wrong, [np.array([[distance + 0.01, 0.3]])], 0)
    assert found is not None
    assert not found.agrees


def test_masked_scores_are_checked_where_they_are_finite() -> None:
    scores, mask = np.array([[0.3, -0.2, 1.1]]), np.array([[0, 1, 0]])
    for name, inputs in (("masked_fill", [scores, mask]), ("softmax", [np.where(mask, -np.inf, scores)])):
        found = check_rule(operation(name), inputs, 0)
        assert found is not None
        assert found.agrees
    wrong = dataclasses.replace(operation("softmax"), gradients=(lambda g, out, a: multiply(g, out),))
    found = check_rule(wrong, [np.where(mask, -np.inf, scores)], 0)
    assert found is not None
    assert not found.agrees


def test_what_is_not_a_number_agrees_with_nothing() -> None:
    found = check_rule(operation("square"), [np.array([[np.nan, 1.0]])], 0)
    assert found is not None
    assert not found.agrees
