"""Max pooling against loops over its windows."""

import itertools

import numpy as np
import pytest

from engine.errors import OperationError
from engine.ops.pooling import max_pool2d
from tests.engine.ops.recorded import record


@pytest.mark.parametrize(("size", "stride"), [(2, 0), (3, 1), ((2, 3), (1, 2)), (1, 2)])
def test_the_maximum_of_each_window_and_the_gradient_to_its_place(size, stride) -> None:
    random = np.random.default_rng(92)
    a = random.normal(size=(2, 2, 6, 7))
    found = record(lambda x: max_pool2d(x, size=size, stride=stride), a)
    high, wide = size if isinstance(size, tuple) else (size, size)
    stride = stride or size
    down, across = stride if isinstance(stride, tuple) else (stride, stride)
    rows, columns = (6 - high) // down + 1, (7 - wide) // across + 1
    assert found.value.shape == (2, 2, rows, columns)
    expected = np.zeros_like(a)
    for n, c, row, column in itertools.product(range(2), range(2), range(rows), range(columns)):
        window = a[n, c, row * down : row * down + high, column * across : column * across + wide]
        assert found.value[n, c, row, column] == window.max()
        i, j = np.unravel_index(np.argmax(window), window.shape)
        expected[n, c, row * down + i, column * across + j] += 1
    np.testing.assert_array_equal(found.gradients[0], expected)


def test_of_equal_maxima_the_first_has_the_gradient() -> None:
    found = record(lambda x: max_pool2d(x, size=2), np.ones((1, 1, 2, 2)))
    np.testing.assert_array_equal(found.gradients[0][0, 0], [[1, 0], [0, 0]])


def test_a_window_larger_than_the_image_is_refused() -> None:
    with pytest.raises(OperationError, match="size 3 does not fit into an image of size 2"):
        record(lambda x: max_pool2d(x, size=3), np.ones((1, 1, 2, 5)))
