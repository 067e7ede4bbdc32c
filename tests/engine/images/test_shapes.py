"""Drawn shapes: covered as geometry says, smooth at their edges, in their colours, each unlike the others."""

import numpy as np
import pytest

from engine.images.shapes import COLORS, NO_SHAPE, SHAPES, drawn

AREAS = {"circle": np.pi, "square": 1.76**2, "triangle": 0.55 * 1.8**2, "cross": 4 * 0.68 - 0.68**2}


def one(shape: int, color: int = 0, at: tuple[float, float, float] = (0.5, 0.5, 0.3), size: int = 12) -> np.ndarray:
    picture: np.ndarray = drawn(np.array([[shape]]), np.array([[color]]), np.array([[at]]), size)[0]
    return picture


@pytest.mark.parametrize("shape", range(len(SHAPES)), ids=list(SHAPES))
def test_a_shape_covers_what_geometry_says(shape: int) -> None:
    radius, size = 0.3, 64
    red = one(shape, at=(0.503, 0.507, radius), size=size)[0] / COLORS["red"][0]
    assert abs(red.mean() - AREAS[list(SHAPES)[shape]] * radius**2) < 0.004
    assert 0.0 <= red.min() < red.max() <= 1.0
    assert ((red > 0.1) & (red < 0.9)).any()


@pytest.mark.parametrize("color", range(len(COLORS)), ids=list(COLORS))
def test_a_shape_has_its_color_on_black(color: int) -> None:
    picture = one(1, color)
    np.testing.assert_allclose(picture[:, 6, 6], list(COLORS.values())[color])
    np.testing.assert_array_equal(picture[:, 0, 0], 0.0)


def test_shapes_differ_and_are_where_they_are_placed() -> None:
    pictures = [one(shape) for shape in range(len(SHAPES))]
    for number, picture in enumerate(pictures):
        assert all(np.abs(picture - other).max() > 0.3 for other in pictures[number + 1 :])
    left, low = one(0, at=(0.25, 0.5, 0.2)), one(0, at=(0.5, 0.75, 0.2))
    assert left[0, :, :6].sum() > 0 == left[0, :, 6:].sum()
    assert low[0, 6:].sum() > 0 == low[0, :6].sum()


def test_a_triangle_stands_on_its_base() -> None:
    red = one(list(SHAPES).index("triangle"))[0]
    assert red[8].sum() > 2 * red[4].sum() > 0


def test_where_there_is_no_shape_nothing_is_drawn() -> None:
    alone = drawn(np.array([[0, NO_SHAPE]]), np.zeros((1, 2), dtype=int), np.full((1, 2, 3), 0.3), 12)
    np.testing.assert_array_equal(alone[0], one(0, at=(0.3, 0.3, 0.3)))
