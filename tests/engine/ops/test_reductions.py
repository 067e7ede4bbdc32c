"""Sums, means, norms and normalisation against the formulas of the papers."""

import numpy as np
import pytest

from engine.ops.arithmetic import divide, exp, log
from engine.ops.reductions import l2_norm, mean_all, mean_axis, normalize, sum_axis, variance_axis
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(23)
A = RANDOM.normal(size=(4, 3, 5))


@pytest.mark.parametrize("axis", [-1, 0, 1, (0, 2), (0, 1, 2)])
def test_sums_and_means_keep_their_axes(axis) -> None:
    for operation, expected in ((sum_axis, np.sum), (mean_axis, np.mean), (variance_axis, np.var)):
        found = record(lambda a, operation=operation: operation(a, axis=axis), A)
        np.testing.assert_allclose(found.value, expected(A, axis=axis, keepdims=True), rtol=1e-13)
        assert found.value.ndim == A.ndim
    np.testing.assert_array_equal(record(lambda a: sum_axis(a, axis=axis), A).gradients[0], np.ones(A.shape))
    count = A.size / np.mean(A, axis=axis).size
    np.testing.assert_allclose(record(lambda a: mean_axis(a, axis=axis), A).gradients[0], np.full(A.shape, 1 / count))


def test_the_mean_of_all() -> None:
    found = record(mean_all, A)
    assert found.value == pytest.approx(A.mean())
    np.testing.assert_allclose(found.gradients[0], np.full(A.shape, 1 / A.size))


@pytest.mark.parametrize("axis", [-1, 0, (0, 2)])
def test_normalisation_against_the_three_sums_of_the_paper(axis) -> None:
    """∂μ and ∂v of Ioffe and Szegedy 2015, step by step, not put into each other."""
    random = np.random.default_rng(85)
    weights, epsilon = random.normal(size=A.shape), 1e-3
    found = record(lambda a: normalize(a, axis=axis, epsilon=epsilon), A, weights=weights)
    mean, variance = A.mean(axis=axis, keepdims=True), A.var(axis=axis, keepdims=True)
    count = A.size / mean.size
    np.testing.assert_allclose(found.value, (A - mean) / np.sqrt(variance + epsilon), rtol=1e-12)
    by_variance = np.sum(weights * (A - mean), axis=axis, keepdims=True) * -0.5 * (variance + epsilon) ** -1.5
    by_mean = -np.sum(weights, axis=axis, keepdims=True) / np.sqrt(variance + epsilon)
    expected = weights / np.sqrt(variance + epsilon) + by_variance * 2 * (A - mean) / count + by_mean / count
    np.testing.assert_allclose(found.gradients[0], expected, rtol=1e-9, atol=1e-12)


def test_equal_numbers_are_normalised_to_zero() -> None:
    found = record(normalize, np.full((2, 4), 3.0), weights=np.arange(8.0).reshape(2, 4))
    np.testing.assert_array_equal(found.value, np.zeros((2, 4)))
    assert np.isfinite(found.gradients[0]).all()


def test_a_vector_divided_by_its_norm_has_length_one_and_no_gradient_along_itself() -> None:
    random = np.random.default_rng(108)
    weights = random.normal(size=A.shape)
    found = record(lambda a: divide(a, l2_norm(a)), A, weights=weights)
    np.testing.assert_allclose(np.linalg.norm(found.value, axis=-1), np.ones((4, 3)), rtol=1e-13)
    np.testing.assert_allclose(np.sum(found.gradients[0] * A, axis=-1), np.zeros((4, 3)), atol=1e-14)


def test_a_norm_of_zero_has_gradient_zero() -> None:
    a = np.array([[0.0, 0.0], [3.0, 4.0], [np.nan, 1.0]])
    found = record(lambda a: l2_norm(a), a)
    np.testing.assert_allclose(found.gradients[0][:2], [[0.0, 0.0], [0.6, 0.8]])
    assert np.isnan(found.gradients[0][2]).all()


def test_logarithm_and_exponential() -> None:
    a = np.abs(A) + 0.1
    found = record(lambda x: log(exp(x)), a)
    np.testing.assert_allclose(found.value, a, rtol=1e-13)
    np.testing.assert_allclose(found.gradients[0], np.ones(A.shape), rtol=1e-13)
