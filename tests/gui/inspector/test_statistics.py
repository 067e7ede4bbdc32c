"""Figures of an array."""

import math

import numpy as np
import pytest

from gui.inspector.statistics import MOST, statistics


def test_figures_are_those_of_numpy() -> None:
    value = np.random.default_rng(3).normal(size=(7, 5))
    figures = statistics(value)
    assert figures.least == value.min()
    assert figures.greatest == value.max()
    assert figures.mean == pytest.approx(value.mean())
    assert figures.deviation == pytest.approx(value.std())
    assert figures.norm == pytest.approx(np.linalg.norm(value))
    assert (figures.zeros, figures.saturated, figures.not_finite) == (0.0, None, 0)


def test_not_finite_numbers_are_counted_and_left_out() -> None:
    figures = statistics(np.array([1.0, np.nan, -np.inf, 0.0]))
    assert (figures.least, figures.greatest, figures.not_finite, figures.zeros) == (0.0, 1.0, 2, 0.25)
    assert math.isnan(figures.norm)
    assert math.isnan(statistics(np.array([np.nan])).mean)


@pytest.mark.parametrize(("operation", "share"), [("sigmoid", 0.5), ("tanh", 0.25), ("relu", None)])
def test_saturation_is_counted_at_the_ends_of_the_range(operation: str, share: float | None) -> None:
    assert statistics(np.array([0.0, 0.5, 0.6, 0.999]), operation).saturated == share


def test_of_a_large_array_only_a_part_is_looked_at() -> None:
    figures = statistics(np.zeros((1000, 1000), dtype=np.float32))
    assert (figures.counted, figures.size) == (MOST, 1_000_000)
