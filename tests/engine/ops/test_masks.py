"""Selection by masks: what is left out has no part in value or gradient, whatever it is."""

import numpy as np
import pytest

from engine.ops.masks import at_least, choose, keep_where, masked_fill, maximum
from engine.ops.probabilities import softmax
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(5)
A, B = RANDOM.normal(size=(4, 3)), RANDOM.normal(size=(4, 3))
MASK = np.array([True, False, False, True])


@pytest.mark.parametrize("mask", [MASK, MASK.astype(int), MASK[:, None], np.repeat(MASK[:, None], 3, axis=1)])
def test_rows_are_chosen_and_so_are_their_gradients(mask: np.ndarray) -> None:
    random = np.random.default_rng(78)
    a = A.copy()
    a[1] = np.nan
    weights = random.normal(size=A.shape)
    found = record(choose, mask, a, B, weights=weights)
    np.testing.assert_array_equal(found.value, np.where(MASK[:, None], A, B))
    np.testing.assert_array_equal(found.gradients[1], np.where(MASK[:, None], weights, 0))
    np.testing.assert_array_equal(found.gradients[2], np.where(MASK[:, None], 0, weights))
    assert found.gradients[0] is None


def test_a_state_kept_at_the_end_of_a_sequence_carries_its_gradient_unchanged() -> None:
    # What recurrent nets do with padding: h ← m ? new : h.
    found = record(lambda m, new, old: choose(m, new, choose(m, new, old)), MASK, A, B)
    np.testing.assert_array_equal(found.gradients[2], np.repeat(~MASK[:, None], 3, axis=1).astype(float))


def test_infinite_gradients_of_what_is_left_out_vanish() -> None:
    found = record(keep_where, A, MASK, weights=np.where(MASK[:, None], 1.0, np.inf))
    assert found.gradients[0] is not None
    np.testing.assert_array_equal(found.gradients[0], np.repeat(MASK[:, None], 3, axis=1).astype(float))


def test_masked_scores_have_no_probability_and_no_gradient() -> None:
    random = np.random.default_rng(85)
    scores, future = random.normal(size=(2, 4, 4)), np.triu(np.ones((4, 4)), 1)
    weights = random.normal(size=scores.shape)
    found = record(lambda s, m: softmax(masked_fill(s, m)), scores, future, weights=weights)
    for row in range(4):
        seen = slice(0, row + 1)
        powers = np.exp(scores[:, row, seen])
        p = powers / powers.sum(axis=-1, keepdims=True)
        np.testing.assert_allclose(found.value[:, row, seen], p, rtol=1e-13)
        g = weights[:, row, seen]
        expected = np.stack([(np.diag(one) - np.outer(one, one)) @ at for one, at in zip(p, g, strict=True)])
        np.testing.assert_allclose(found.gradients[0][:, row, seen], expected, rtol=1e-10, atol=1e-15)
    assert not np.any(found.value[:, future == 1])
    assert not np.any(found.gradients[0][:, future == 1])


def test_the_mask_of_padding_is_for_every_query_of_its_sentence() -> None:
    scores, padding = np.zeros((2, 3, 4)), np.array([[0, 0, 0, 1], [0, 1, 1, 1]])[:, None, :]
    found = record(lambda s, m: softmax(masked_fill(s, m)), scores, padding)
    np.testing.assert_allclose(found.value[0], np.tile([1 / 3, 1 / 3, 1 / 3, 0], (3, 1)))
    np.testing.assert_array_equal(found.value[1], np.tile([1.0, 0, 0, 0], (3, 1)))


def test_scores_that_are_all_masked_are_not_a_number_as_in_the_textbook() -> None:
    assert np.isnan(record(lambda s, m: softmax(masked_fill(s, m)), np.zeros((1, 2)), np.ones((1, 2))).value).all()


def test_the_larger_one_gets_the_gradient_and_of_equal_ones_the_first() -> None:
    a, b = np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 1.0])
    found = record(maximum, a, b)
    np.testing.assert_array_equal(found.value, [2, 2, 3])
    np.testing.assert_array_equal(found.gradients[0], [0, 1, 1])
    np.testing.assert_array_equal(found.gradients[1], [1, 0, 0])
    np.testing.assert_array_equal(record(at_least, a, b).value, [0, 1, 1])
