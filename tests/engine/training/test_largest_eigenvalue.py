"""The largest eigenvalue against all of them."""

import numpy as np
import pytest

from engine.cancellation import Cancelled, cancellable
from engine.training.largest_eigenvalue import lanczos, largest_eigenvalue


def like_a_np_rnn(size: int, seed: int = 0) -> np.ndarray:
    drawn = np.random.default_rng(seed).standard_normal((size, size))
    matrix: np.ndarray = drawn.T @ drawn / size + np.eye(size)
    return matrix


@pytest.mark.parametrize("size", [1, 2, 7, 30, 300])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_last_of_all(size: int, seed: int) -> None:
    matrix = like_a_np_rnn(size, seed)
    assert lanczos(matrix) == pytest.approx(np.linalg.eigvalsh(matrix)[-1], rel=1e-12)


def test_equal_ones_and_negative_ones() -> None:
    assert lanczos(np.diag([3.0, 3.0, 1.0, -9.0])) == pytest.approx(3.0, rel=1e-12)
    assert lanczos(2.0 * np.eye(40)) == pytest.approx(2.0, rel=1e-12)


def test_a_large_one_can_be_stopped_on_the_way() -> None:
    matrix = like_a_np_rnn(1100)
    looks = 0

    def is_cancelled() -> bool:
        nonlocal looks
        looks += 1
        return looks == 20

    assert largest_eigenvalue(matrix) == pytest.approx(np.linalg.eigvalsh(matrix)[-1], rel=1e-12)
    with cancellable(is_cancelled), pytest.raises(Cancelled):
        largest_eigenvalue(matrix)
