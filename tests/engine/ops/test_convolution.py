"""Convolution against loops over every pixel; the adjoints by their defining equation."""

import itertools
from typing import Any

import numpy as np
import pytest

from engine.errors import OperationError
from engine.ops.convolution import convolution2d, convolution2d_filters, output_size, transposed_convolution2d
from tests.engine.ops.recorded import record

HOW: tuple[dict[str, Any], ...] = (
    {},
    {"stride": 2, "padding": 1},
    {"stride": (2, 3), "padding": (1, 2)},
    {"dilation": 2, "padding": 2},
    {"dilation": (1, 2), "stride": (3, 1)},
    {"groups": 2, "padding": 1},
    {"groups": 4, "stride": 2},
)


def both(value: int | tuple[int, int]) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)


def by_loops(
    x: np.ndarray, filters: np.ndarray, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: int = 1
) -> np.ndarray:
    (down, across), (top, left), (wide_down, wide_across) = both(stride), both(padding), both(dilation)
    batch, channels, height, width = x.shape
    count, own, high, wide = filters.shape
    rows = (height + 2 * top - wide_down * (high - 1) - 1) // down + 1
    columns = (width + 2 * left - wide_across * (wide - 1) - 1) // across + 1
    made = np.zeros((batch, count, rows, columns))
    for n, f, row, column in itertools.product(range(batch), range(count), range(rows), range(columns)):
        for c, i, j in itertools.product(range(own), range(high), range(wide)):
            y, z = row * down + i * wide_down - top, column * across + j * wide_across - left
            if 0 <= y < height and 0 <= z < width:
                made[n, f, row, column] += x[n, f // (count // groups) * own + c, y, z] * filters[f, c, i, j]
    return made


def images(how: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(37)
    groups = how.get("groups", 1)
    return random.normal(size=(2, 4, 7, 6)), random.normal(size=(8, 4 // groups, 3, 2))


@pytest.mark.parametrize("how", HOW, ids=str)
def test_convolution_is_the_sum_over_its_window(how: dict[str, Any]) -> None:
    x, filters = images(how)
    found = record(lambda a, b: convolution2d(a, b, **how), x, filters)
    np.testing.assert_allclose(found.value, by_loops(x, filters, **how), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("how", HOW, ids=str)
def test_adjoints_are_adjoint(how: dict[str, Any]) -> None:
    """⟨g, x ∗ W⟩ = ⟨∂x, x⟩ = ⟨∂W, W⟩: convolution is linear in both."""
    random = np.random.default_rng(56)
    x, filters = images(how)
    out = by_loops(x, filters, **how)
    g = random.normal(size=out.shape)
    found = record(lambda a, b: convolution2d(a, b, **how), x, filters, weights=g)
    by_image, by_filters = found.gradients
    for other in (x, random.normal(size=x.shape)):
        assert np.sum(by_image * other) == pytest.approx(np.sum(g * by_loops(other, filters, **how)), rel=1e-10)
    for other in (filters, random.normal(size=filters.shape)):
        assert np.sum(by_filters * other) == pytest.approx(np.sum(g * by_loops(x, other, **how)), rel=1e-10)


def test_the_course_s_exercise() -> None:
    """An image of 5×5, filters of 3×3, stride 2, padding 1 make 3×3."""
    assert output_size(5, 3, stride=2, padding=1) == 3
    found = record(lambda a, b: convolution2d(a, b, stride=2, padding=1), np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3)))
    np.testing.assert_array_equal(found.value[0, 0], [[4, 6, 4], [6, 9, 6], [4, 6, 4]])


def test_a_transposed_convolution_makes_the_larger_image() -> None:
    a, filters = np.arange(4.0).reshape(1, 1, 2, 2), np.ones((1, 1, 2, 2))
    found = record(lambda v, w: transposed_convolution2d(v, w, stride=2), a, filters)
    np.testing.assert_array_equal(found.value[0, 0], np.kron(a[0, 0], np.ones((2, 2))))
    np.testing.assert_array_equal(found.gradients[0][0, 0], [[4, 4], [4, 4]])
    np.testing.assert_array_equal(found.gradients[1][0, 0], [[6, 6], [6, 6]])


def test_one_by_one_filters_are_a_product_of_channels() -> None:
    random = np.random.default_rng(80)
    x, filters = random.normal(size=(2, 3, 4, 5)), random.normal(size=(6, 3, 1, 1))
    found = record(convolution2d, x, filters)
    np.testing.assert_allclose(found.value, np.einsum("nchw,fc->nfhw", x, filters[:, :, 0, 0]), rtol=1e-12)


def test_pixels_that_no_window_reaches_have_no_gradient() -> None:
    found = record(lambda a, b: convolution2d(a, b, stride=3), np.ones((1, 1, 5, 5)), np.ones((1, 1, 2, 2)))
    expected = np.outer([1, 1, 0, 1, 1], [1, 1, 0, 1, 1])
    np.testing.assert_array_equal(found.gradients[0][0, 0], expected)


def test_a_filter_larger_than_the_image_is_refused() -> None:
    with pytest.raises(OperationError, match="A filter of size 5 does not fit into an image of size 4"):
        record(lambda a, b: convolution2d(a, b, dilation=2), np.ones((1, 1, 4, 9)), np.ones((1, 1, 3, 3)))


def test_the_filters_gradient_is_an_operation_of_its_own() -> None:
    random = np.random.default_rng(83)
    x, g = random.normal(size=(2, 1, 4, 4)), random.normal(size=(2, 1, 3, 3))
    found = record(lambda a, b: convolution2d_filters(a, b, kernel=(2, 2)), x, g)
    expected = [[np.sum(x[:, 0, i : i + 3, j : j + 3] * g[:, 0]) for j in (0, 1)] for i in (0, 1)]
    np.testing.assert_allclose(found.value[0, 0], expected, rtol=1e-13)


@pytest.mark.parametrize("how", HOW, ids=str)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_gradient_of_many_filters_is_added_up_image_by_image_with_the_same_bits(
    how: dict[str, Any], dtype: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, filters = images(how)
    x, filters = np.concatenate([x, -x[:1], 3 * x]).astype(dtype), filters.astype(dtype)
    g = record(lambda a, b: convolution2d(a, b, **how), x, filters).value
    at_once = record(lambda a, b: convolution2d_filters(a, b, kernel=(3, 2), **how), x, g).value
    monkeypatch.setattr("engine.ops.convolution._SUMMED_AT_ONCE", 0)
    one_by_one = record(lambda a, b: convolution2d_filters(a, b, kernel=(3, 2), **how), x, g).value
    assert one_by_one.dtype == dtype
    np.testing.assert_array_equal(one_by_one, at_once)
