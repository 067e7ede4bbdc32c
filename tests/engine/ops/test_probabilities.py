"""Softmax, its logarithm, and the stable forms of log(1 + exp), against the textbook's expressions."""

import numpy as np

from engine.ops.activations import log_sigmoid, softplus
from engine.ops.probabilities import log_softmax, softmax
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(11)
SCORES = RANDOM.normal(size=(3, 5))
WEIGHTS = RANDOM.normal(size=(3, 5))
P = np.exp(SCORES) / np.exp(SCORES).sum(axis=1, keepdims=True)


def jacobian_product(p: np.ndarray, g: np.ndarray) -> np.ndarray:
    """By the whole matrix ∂p_i/∂a_j = p_i (δ_ij − p_j) of each row."""
    return np.stack([(np.diag(row) - np.outer(row, row)).T @ at for row, at in zip(p, g, strict=True)])


def test_softmax_and_its_jacobian() -> None:
    found = record(softmax, SCORES, weights=WEIGHTS)
    np.testing.assert_allclose(found.value, P, rtol=1e-13)
    np.testing.assert_allclose(found.gradients[0], jacobian_product(P, WEIGHTS), rtol=1e-12, atol=1e-16)


def test_the_gradient_of_what_always_sums_to_one_is_zero() -> None:
    np.testing.assert_allclose(record(softmax, SCORES).gradients[0], np.zeros((3, 5)), atol=1e-16)


def test_log_softmax_is_the_logarithm_of_softmax() -> None:
    found = record(log_softmax, SCORES, weights=WEIGHTS)
    np.testing.assert_allclose(found.value, np.log(P), rtol=1e-13)
    np.testing.assert_allclose(found.gradients[0], jacobian_product(P, WEIGHTS / P), rtol=1e-11)


def test_scores_of_any_size() -> None:
    large = np.array([[1e4, 0.0, -1e4], [1e300, 1e300, 0.0]])
    np.testing.assert_array_equal(record(softmax, large).value, [[1, 0, 0], [0.5, 0.5, 0]])
    np.testing.assert_array_equal(record(log_softmax, large[:1]).value, [[0, -1e4, -2e4]])
    np.testing.assert_array_equal(record(softmax, np.array([[-np.inf, 0.0]])).value, [[0, 1]])


def test_the_logarithm_of_sigmoid_does_not_vanish() -> None:
    a = np.array([-1e4, -40.0, -1.0, 0.0, 1.0, 40.0, 1e4])
    found = record(log_sigmoid, a)
    np.testing.assert_allclose(found.value[2:5], np.log(1 / (1 + np.exp(-a[2:5]))), rtol=1e-13)
    np.testing.assert_allclose(found.value[:2], a[:2], rtol=1e-13)
    np.testing.assert_allclose(found.value[5:], [-np.exp(-40.0), 0], rtol=1e-13)
    np.testing.assert_allclose(found.gradients[0][[0, 3, 6]], [1, 0.5, 0], rtol=1e-13)


def test_softplus_is_minus_the_logarithm_of_sigmoid_turned_round() -> None:
    a = np.linspace(-700, 700, 41)
    np.testing.assert_array_equal(record(softplus, a).value, -record(log_sigmoid, -a).value)
    np.testing.assert_allclose(record(softplus, a).gradients[0], 1 / (1 + np.exp(-a)), rtol=1e-13)
