"""Figures of an array: its range, its mean, its norm, how much of it is zero, saturated or not finite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.tensor import Array

MOST = 250_000
"""Of larger arrays only so many numbers are looked at, so that a step never waits for them."""

_SATURATED_FROM = 0.98
"""Share of the way from the middle of its range to its end from which an activation counts as saturated."""

_RANGES = {"sigmoid": (0.5, 0.5), "sigmoid_course": (0.5, 0.5), "tanh": (0.0, 1.0)}
"""Activations that saturate: (middle, half width) of their range."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the finite numbers of an array; NaN where there are none.

    Attributes:
        counted: how many numbers were looked at.
        size: how many there are.
        norm: Euclidean, of all numbers looked at.
        zeros, saturated: shares from 0 to 1; saturated is None for what cannot saturate.
        not_finite: how many are NaN or infinite.
    """

    counted: int
    size: int
    least: float
    greatest: float
    mean: float
    deviation: float
    norm: float
    zeros: float
    saturated: float | None
    not_finite: int


def statistics(value: Array, operation: str = "") -> Statistics:
    """The figures of an array that an operation made."""
    array = np.asarray(value)
    flat = array.reshape(-1)[:MOST].astype(np.float64, copy=False)
    finite = flat[np.isfinite(flat)]
    with np.errstate(all="ignore"):
        norm = float(np.sqrt(np.sum(np.square(flat))))
        if finite.size:
            least, greatest = float(finite.min()), float(finite.max())
            mean, deviation = float(finite.mean()), float(finite.std())
        else:
            least = greatest = mean = deviation = float("nan")
        zeros = float(np.mean(flat == 0)) if flat.size else 0.0
        saturated = _saturated(flat, operation)
    return Statistics(
        flat.size, array.size, least, greatest, mean, deviation, norm, zeros, saturated, flat.size - finite.size
    )


def _saturated(flat: Array, operation: str) -> float | None:
    if operation not in _RANGES or not flat.size:
        return None
    middle, half = _RANGES[operation]
    return float(np.mean(np.abs(flat - middle) >= _SATURATED_FROM * half))
