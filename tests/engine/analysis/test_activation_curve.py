"""Curves of activations: their slopes are those of the gradient rules, and of differences."""

from __future__ import annotations

import numpy as np
import pytest

from engine.analysis.activation_curve import CURVES, activation_curve, is_activation, saturated, steepest
from engine.analysis.activation_slope import SLOPES

U = np.linspace(-7, 7, 120)


@pytest.mark.parametrize("name", list(SLOPES))
def test_slopes_are_those_of_differences(name: str) -> None:
    curve = activation_curve(name, U)
    above, below = activation_curve(name, U + 1e-6).values, activation_curve(name, U - 1e-6).values
    np.testing.assert_allclose(curve.slopes, (above - below) / 2e-6, atol=1e-8)
    np.testing.assert_allclose(curve.slopes, SLOPES[name].slope_at(U), atol=1e-15)
    np.testing.assert_array_equal(curve.values, SLOPES[name].value(U))


@pytest.mark.parametrize(("name", "largest"), [("sigmoid", 0.25), ("tanh", 1), ("relu", 1), ("identity", 1)])
def test_the_largest_slopes_of_the_course(name: str, largest: float) -> None:
    assert steepest(name) == pytest.approx(largest, abs=1e-15)
    assert SLOPES[name].steepest == largest


def test_the_courses_slip_squashes_twice() -> None:
    curve = activation_curve("sigmoid_course", U)
    assert 0.1966 < curve.slopes.min() < curve.slopes.max() <= 0.25
    np.testing.assert_array_equal(curve.values, activation_curve("sigmoid", U).values)


def test_saturated_is_less_than_a_tenth_of_the_largest_slope() -> None:
    curve = activation_curve("tanh", np.array([0.0, 1.8, 1.9, -9.0, np.nan]))
    assert saturated(curve.slopes, 1.0).tolist() == [False, False, True, True, False]


def test_any_shape_and_any_number() -> None:
    for name in CURVES:
        assert activation_curve(name, np.array([np.inf, -np.inf, np.nan, 1e300])).slopes.shape == (4,)
        assert activation_curve(name, np.zeros((0,))).slopes.shape == (0,)
        assert activation_curve(name, np.zeros((2, 3))).slopes.shape == (2, 3)


def test_what_is_an_activation() -> None:
    assert is_activation("tanh")
    assert is_activation("sigmoid_course")
    assert not is_activation("matmul")
    assert not is_activation("stop_gradient")
