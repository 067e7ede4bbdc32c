"""Derivatives by differences, each with an estimate of its own error.

Central differences of fourth order, (−f(x+2h) + 8 f(x+h) − 8 f(x−h) + f(x−2h)) / 12h, are taken with smaller and
smaller h until two agree; the two that agree best give value and error.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

WIDTHS = (1e-3, 1e-4, 1e-5, 1e-6)
NARROW_WIDTHS = (1e-6, 1e-7)
_ENOUGH = 1e-9
_EPSILON = float(np.finfo(np.float64).eps)

Function = Callable[[float], float]
"""Of the distance from the point of interest."""


class Numeric(NamedTuple):
    """A derivative by differences, and how far off it may be."""

    value: float
    error: float


def derivative(function: Function, scale: float = 1.0, widths: tuple[float, ...] = WIDTHS) -> Numeric:
    """The derivative at 0.

    Args:
        function: of the distance from the point.
        scale: size of the number that is changed; widths grow with it above 1.
        widths: the h to try, falling.
    """
    size = abs(function(0.0))
    best, before = Numeric(math.nan, math.inf), None
    for width in widths:
        h = width * max(1.0, abs(scale))
        value = (8 * (function(h) - function(-h)) - (function(2 * h) - function(-2 * h))) / (12 * h)
        if before is not None:
            noise = 2 * _EPSILON * size / h
            error = abs(value - before) + noise
            if error < best.error:
                best = Numeric(value, error)
            # Smaller widths would only add noise.
            if error <= max(_ENOUGH * abs(value), 3 * noise):
                break
        before = value
    return best


def has_kink(function: Function, scale: float = 1.0) -> bool:
    """Whether the slopes on the two sides of 0 differ, however near one looks: then there is no derivative.

    A kink so near to 0 that only the narrowest differences do not reach it counts, too: none could tell the derivative.
    """
    middle = function(0.0)
    slopes, jumps, noises = [], [], []
    for width in NARROW_WIDTHS:
        h = width * max(1.0, abs(scale))
        right, left = (function(h) - middle) / h, (middle - function(-h)) / h
        slopes.append(max(abs(right), abs(left), 1e-300))
        noises.append(8 * _EPSILON * abs(middle) / h)
        jumps.append(max(0.0, abs(right - left) - noises[-1]))
    wide, narrow = (jump / slope for jump, slope in zip(jumps, slopes, strict=True))
    # The slopes of a smooth function come ten times nearer when the width shrinks tenfold.
    at_zero = narrow > 1e-3 and narrow > 0.5 * wide
    beside_it = wide > 1e-3 and jumps[1] + noises[1] < 0.05 * jumps[0]
    return at_zero or beside_it
