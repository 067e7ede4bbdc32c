"""Sinusoidal positions."""

import math

import numpy as np

from engine.transformer.positions import positions


def test_they_are_the_papers() -> None:
    encoded = positions(7, 6)
    for pos in range(7):
        for i in range(3):
            angle = pos / 10_000 ** (2 * i / 6)
            assert math.isclose(encoded[pos, 2 * i], math.sin(angle))
            assert math.isclose(encoded[pos, 2 * i + 1], math.cos(angle), abs_tol=1e-15)


def test_a_later_part_is_the_same_numbers() -> None:
    np.testing.assert_array_equal(positions(3, 5, first=4), positions(7, 5)[4:])


def test_a_shift_is_a_rotation() -> None:
    """PE(pos + k) is a linear function of PE(pos), whatever pos is: why the paper chose them."""
    encoded, shift, rate = positions(20, 2), 3, 1.0
    cos, sin = math.cos(shift * rate), math.sin(shift * rate)
    np.testing.assert_allclose(encoded[shift:], encoded[:-shift] @ np.array([[cos, sin], [-sin, cos]]).T, atol=1e-12)
