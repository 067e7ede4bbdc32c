"""Polylines: shifting, shortening, reversing and rounding of many at once."""

import numpy as np

from gui.canvas.polylines import Polylines, arrow_heads

_L = Polylines(np.array([[0.0, 0], [10, 0], [10, 20], [0, 5], [0, -5]]), np.array([0, 3, 5]))


def test_shifted_lines_stay_parallel_with_sharp_corners() -> None:
    shifted = _L.shifted(np.array([2.0, 1.0]))
    np.testing.assert_allclose(shifted.points, np.array([[0.0, -2], [12, -2], [12, 20], [-1, 5], [-1, -5]]))


def test_reversed_lines_run_back() -> None:
    np.testing.assert_allclose(_L.reversed().points, np.array([[10.0, 20], [10, 0], [0, 0], [0, -5], [0, 5]]))


def test_shortened_lines_keep_more_than_half_of_a_leg() -> None:
    shortened = _L.shortened(3.0, 100.0)
    np.testing.assert_allclose(shortened.points, np.array([[3, 0], [10, 0], [10, 11], [0, 2], [0, -0.5]]))


def test_rounding_keeps_ends_and_stays_near_the_corner() -> None:
    rounded = _L.rounded(4.0)
    assert len(rounded) == 2
    np.testing.assert_allclose(rounded.points[rounded.firsts], _L.points[_L.firsts])
    np.testing.assert_allclose(rounded.points[rounded.lasts], _L.points[_L.lasts])
    assert rounded.points[:, 0].max() <= 10
    assert len(rounded.segments()) == len(rounded.points) - 2


def test_chosen_lines_come_in_the_order_asked_for() -> None:
    chosen = _L.chosen(np.array([1, 0]))
    np.testing.assert_allclose(chosen.points[:2], _L.points[3:])
    assert chosen.starts.tolist() == [0, 2, 5]


def test_an_arrow_head_points_along_the_line() -> None:
    tips, ways = _L.heads()
    heads = arrow_heads(tips, ways, 2.0, 2.0)
    np.testing.assert_allclose(heads[1], [[0, -5], [1, -3], [-1, -3]])
