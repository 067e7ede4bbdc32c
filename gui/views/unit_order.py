"""In which order units are shown one below the other, judged by what the cursor has revealed of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gui.language import translatable

Series = NDArray[np.float64]
"""(time steps, units), finite; at least one time step."""


def _by_number(series: Series) -> list[int]:
    return list(range(series.shape[1]))


def _by_mean(series: Series) -> list[int]:
    return np.argsort(-series.mean(axis=0), kind="stable").tolist()


def _by_largest_change(series: Series) -> list[int]:
    """Units that change most at an early time step come first."""
    if len(series) < 2:
        return _by_number(series)
    return np.argsort(np.abs(np.diff(series, axis=0)).argmax(axis=0), kind="stable").tolist()


def _by_likeness(series: Series) -> list[int]:
    """A chain in which every unit is followed by the one, of those left, whose course is most like its own."""
    courses = series - series.mean(axis=0)
    lengths = np.linalg.norm(courses, axis=0)
    courses = np.divide(courses, lengths, out=np.zeros_like(courses), where=lengths > 0)
    likeness = courses.T @ courses
    chain = [int(np.argmax(lengths))]
    left = set(range(series.shape[1])) - set(chain)
    while left:
        nearest = max(left, key=lambda unit: (likeness[chain[-1], unit], -unit))
        chain.append(nearest)
        left.remove(nearest)
    return chain


ORDERS: dict[str, tuple[str, Callable[[Series], list[int]]]] = {
    "number": (translatable("by number"), _by_number),
    "mean": (translatable("by mean, largest first"), _by_mean),
    "change": (translatable("by when they change most"), _by_largest_change),
    "likeness": (translatable("alike together"), _by_likeness),
}
"""What is offered, and how it is made; by name."""


def order_of(name: str, series: Series) -> tuple[int, ...]:
    """The units from top to bottom.

    Args:
        name: one of ORDERS.
        series: (time steps, units) as far as revealed; numbers that are not finite count as 0.
    """
    if not len(series):
        return tuple(range(series.shape[1]))
    return tuple(ORDERS[name][1](np.where(np.isfinite(series), series, 0.0)))
