"""Products of batches of matrices against sums over every index."""

import numpy as np
import pytest

from engine.ops.products import batched_matmul, batched_matmul_by_transpose, batched_transpose_matmul, matmul
from tests.engine.ops.recorded import record


@pytest.mark.parametrize(("operation", "indices", "a", "b"), [
    (batched_matmul, "ntk,nks->nts", (2, 3, 4), (2, 4, 5)),
    (batched_matmul_by_transpose, "ntk,nsk->nts", (2, 3, 4), (2, 5, 4)),
    (batched_transpose_matmul, "nkt,nks->nts", (2, 4, 3), (2, 4, 5)),
    (batched_matmul, "nhtk,nhks->nhts", (2, 3, 4, 2), (2, 3, 2, 5)),
    (matmul, "nti,io->nto", (2, 3, 4), (4, 5)),
])  # fmt: skip
def test_products_and_their_gradients_are_sums_over_indices(operation, indices, a, b) -> None:
    random = np.random.default_rng(86)
    left, right = random.normal(size=a), random.normal(size=b)
    first, second = indices.split("->")[0].split(",")
    out = indices.split("->")[1]
    expected = np.einsum(indices, left, right)
    weights = random.normal(size=expected.shape)
    found = record(operation, left, right, weights=weights)
    np.testing.assert_allclose(found.value, expected, rtol=1e-12, atol=1e-14)
    by_left = np.einsum(f"{out},{second}->{first}", weights, right)
    by_right = np.einsum(f"{out},{first}->{second}", weights, left)
    np.testing.assert_allclose(found.gradients[0], by_left, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(found.gradients[1], by_right, rtol=1e-11, atol=1e-13)


def test_a_factor_that_is_repeated_has_the_sum_of_its_gradients() -> None:
    random = np.random.default_rng(90)
    left, right = random.normal(size=(2, 3, 4, 5)), random.normal(size=(3, 5, 2))
    weights = random.normal(size=(2, 3, 4, 2))
    found = record(batched_matmul, left, right, weights=weights)
    np.testing.assert_allclose(found.gradients[1], np.einsum("nhtk,nhts->hks", left, weights), rtol=1e-11)
