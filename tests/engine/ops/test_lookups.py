"""Rows by number against products with one-hot matrices; repeated and missing numbers; large tables."""

import numpy as np
import pytest

from engine.errors import OperationError
from engine.ops.lookups import add_rows, subtract_one_hot, take_rows
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(3)
TABLE = RANDOM.normal(size=(7, 3))
IDS = np.array([[2, 2, 6], [0, -1, 2]])
ONE_HOT = np.stack([[np.eye(8, 7)[one if one >= 0 else 7] for one in row] for row in IDS])


def test_rows_are_those_of_a_product_with_one_hot_vectors() -> None:
    random = np.random.default_rng(84)
    weights = random.normal(size=(2, 3, 3))
    found = record(take_rows, TABLE, IDS, weights=weights)
    np.testing.assert_array_equal(found.value, ONE_HOT @ TABLE)
    np.testing.assert_allclose(found.gradients[0], np.einsum("ntv,ntd->vd", ONE_HOT, weights), rtol=1e-13)
    assert found.gradients[1] is None


def test_a_row_taken_twice_has_both_gradients_and_an_unused_one_has_none() -> None:
    found = record(take_rows, TABLE, np.array([1, 1, 4]))
    np.testing.assert_array_equal(found.gradients[0][:, 0], [0, 2, 0, 0, 1, 0, 0])


def test_what_is_not_there_reads_zeros() -> None:
    found = record(take_rows, np.full((2, 2), np.nan), np.array([-1, 1]))
    np.testing.assert_array_equal(found.value, [[0, 0], [np.nan, np.nan]])
    np.testing.assert_array_equal(found.gradients[0], [[0, 0], [1, 1]])


@pytest.mark.parametrize("wrong", [7, -2])
def test_a_row_that_is_not_in_the_table_is_refused(wrong: int) -> None:
    with pytest.raises(OperationError, match=f"The id {wrong} is not between 0 and 6"):
        record(take_rows, TABLE, np.array([0, wrong]))


def test_adding_rows_is_the_product_with_one_hot_vectors_transposed() -> None:
    random = np.random.default_rng(94)
    rows, weights = random.normal(size=(2, 3, 4)), random.normal(size=(7, 4))
    found = record(lambda a, ids: add_rows(a, ids, rows=7), rows, IDS, weights=weights)
    np.testing.assert_allclose(found.value, np.einsum("ntv,ntd->vd", ONE_HOT, rows), rtol=1e-13)
    np.testing.assert_allclose(found.gradients[0], ONE_HOT @ weights, rtol=1e-13)


def test_one_hot_is_taken_off_where_there_is_an_answer() -> None:
    random = np.random.default_rng(81)
    scores = random.normal(size=(2, 3, 7))
    found = record(subtract_one_hot, scores, IDS)
    expected = np.where(IDS[..., None] >= 0, scores - ONE_HOT, 0)
    np.testing.assert_array_equal(found.value, expected)


def test_a_vocabulary_of_ten_thousand_words_is_looked_up_without_one_hot_vectors() -> None:
    random = np.random.default_rng(107)
    table, ids = random.normal(size=(10_000, 100)), random.integers(0, 10_000, (35, 20))
    found = record(take_rows, table, ids)
    assert found.value.shape == (35, 20, 100)
    assert found.gradients[0].shape == table.shape
    assert max(step.value.size for step in found.tape) <= table.size, "one-hot vectors would be seven times as large"
