"""Losses against their definitions, row by row in plain NumPy; masks; large scores."""

import math

import numpy as np
import pytest

from engine.errors import OperationError
from engine.ops.losses import (
    binary_cross_entropy,
    masked_binary_cross_entropy,
    masked_squared_error,
    softmax_with_loss,
    squared_error,
)
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(7)
SCORES = RANDOM.normal(size=(6, 5))
IDS = np.array([1, -1, 4, 0, -1, 2])
MASK = np.array([1, 0, 1, 1, 0, 1])
THERE = MASK == 1
BITS = RANDOM.integers(0, 2, SCORES.shape).astype(float)


def naive_cross_entropy(scores: np.ndarray, ids: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean of −log p and (p − onehot) / n over the rows with an answer, one row at a time."""
    total, gradient, count = 0.0, np.zeros_like(scores), int(np.sum(ids >= 0))
    for row, right in enumerate(ids):
        if right < 0:
            continue
        powers = [math.exp(score) for score in scores[row]]
        total -= math.log(powers[right] / sum(powers)) / count
        for column, power in enumerate(powers):
            gradient[row, column] = (power / sum(powers) - (column == right)) / count
    return total, gradient


def test_softmax_with_loss_is_the_mean_of_the_right_classes_logarithm() -> None:
    found = record(softmax_with_loss, SCORES, IDS)
    value, gradient = naive_cross_entropy(SCORES, IDS)
    assert found.value == pytest.approx(value, rel=1e-13)
    np.testing.assert_allclose(found.gradients[0], gradient, rtol=1e-13, atol=1e-16)
    assert found.gradients[1] is None


def test_softmax_with_loss_of_sequences_is_that_of_all_their_rows() -> None:
    flat = record(softmax_with_loss, SCORES, IDS)
    found = record(softmax_with_loss, SCORES.reshape(2, 3, 5), IDS.reshape(2, 3))
    assert found.value == flat.value
    np.testing.assert_array_equal(found.gradients[0], np.reshape(flat.gradients[0], (2, 3, 5)))


def test_rows_without_an_answer_count_for_nothing_even_where_they_are_not_numbers() -> None:
    scores = SCORES.copy()
    scores[1], scores[4, 2] = np.nan, np.inf
    found, clean = record(softmax_with_loss, scores, IDS), record(softmax_with_loss, SCORES, IDS)
    assert found.value == clean.value
    np.testing.assert_array_equal(found.gradients[0], clean.gradients[0])
    assert not np.any(found.gradients[0][[1, 4]])


def test_without_any_answer_there_is_no_loss_and_no_gradient() -> None:
    found = record(softmax_with_loss, SCORES, np.full(6, -1))
    assert found.value == 0
    np.testing.assert_array_equal(found.gradients[0], np.zeros((6, 5)))
    for loss in (masked_squared_error, masked_binary_cross_entropy):
        found = record(loss, SCORES, BITS, np.zeros(6, dtype=bool))
        assert found.value == 0
        np.testing.assert_array_equal(found.gradients[0], np.zeros((6, 5)))


def test_scores_may_be_large() -> None:
    found = record(softmax_with_loss, np.array([[1000.0, 0.0], [-1000.0, 0.0]]), np.array([1, 0]))
    assert found.value == 1000.0
    np.testing.assert_array_equal(found.gradients[0], [[0.5, -0.5], [-0.5, 0.5]])
    found = record(binary_cross_entropy, np.array([[1000.0, -1000.0, -1000.0]]), np.array([[0.0, 1.0, 0.0]]))
    assert found.value == pytest.approx(2000 / 3)
    np.testing.assert_allclose(found.gradients[0], [[1 / 3, -1 / 3, 0]])


def test_an_answer_that_is_no_class_is_refused() -> None:
    for wrong in (5, -2):
        with pytest.raises(OperationError, match=f"The id {wrong} is not between 0 and 4"):
            record(softmax_with_loss, SCORES, np.array([0, 1, 2, 3, wrong, 4]))


def test_binary_cross_entropy_is_its_definition() -> None:
    p = 1 / (1 + np.exp(-SCORES))
    expected = -np.mean(BITS * np.log(p) + (1 - BITS) * np.log(1 - p))
    found = record(binary_cross_entropy, SCORES, BITS)
    assert found.value == pytest.approx(expected, rel=1e-13)
    np.testing.assert_allclose(found.gradients[0], (p - BITS) / 30, rtol=1e-13)


@pytest.mark.parametrize(("masked", "plain"), [
    (masked_squared_error, squared_error), (masked_binary_cross_entropy, binary_cross_entropy),
])  # fmt: skip
@pytest.mark.parametrize("mask", [MASK, MASK.astype(bool), MASK.astype(float), MASK[:, None]])
def test_a_masked_loss_is_the_loss_of_the_other_rows(masked, plain, mask) -> None:
    found = record(lambda y, d: masked(y, d, y.tape.input("m", mask)), SCORES, BITS)
    rows = record(plain, SCORES[THERE], BITS[THERE])
    assert found.value == pytest.approx(rows.value, rel=1e-13)
    for whole, part in zip(found.gradients, rows.gradients, strict=True):
        assert whole is not None
        np.testing.assert_allclose(whole[THERE], part, rtol=1e-13)
        assert not np.any(whole[~THERE])


@pytest.mark.parametrize("masked", [masked_squared_error, masked_binary_cross_entropy])
def test_what_is_masked_may_be_anything(masked) -> None:
    scores, targets = SCORES.copy(), BITS.copy()
    scores[1], targets[4] = np.inf, np.nan
    found, clean = record(masked, scores, targets, MASK), record(masked, SCORES, BITS, MASK)
    assert found.value == clean.value
    for ours, theirs in zip(found.gradients, clean.gradients, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_mask_of_single_outputs() -> None:
    mask = np.zeros((6, 5), dtype=bool)
    mask[2, 3] = mask[0, 0] = True
    found = record(masked_squared_error, SCORES, BITS, mask)
    assert found.value == pytest.approx(np.mean((SCORES - BITS)[mask] ** 2) / 2, rel=1e-13)


def test_steps_divided_by_all_that_counts_add_up_to_the_mean_over_the_sequence() -> None:
    first, second = (SCORES[:3], IDS[:3]), (SCORES[3:], IDS[3:])
    count = int(np.sum(IDS >= 0))
    parts = [record(lambda v, i: softmax_with_loss(v, i, over=count), *one) for one in (first, second)]
    whole = record(softmax_with_loss, SCORES, IDS)
    assert sum(one.value for one in parts) == pytest.approx(float(whole.value), rel=1e-13)
    np.testing.assert_allclose(np.concatenate([one.gradients[0] for one in parts]), whole.gradients[0], rtol=1e-13)
    for loss in (masked_squared_error, masked_binary_cross_entropy):
        halves = [record(lambda y, d, m: loss(y, d, m, over=20), SCORES[part], BITS[part], MASK[part])  # noqa: B023
                  for part in (slice(0, 3), slice(3, 6))]  # fmt: skip
        assert sum(one.value for one in halves) == pytest.approx(float(record(loss, SCORES, BITS, MASK).value))
