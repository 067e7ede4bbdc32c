"""A gradient beside its numeric counterpart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.analysis.numeric import NARROW_WIDTHS, Function, Numeric, derivative, has_kink
from engine.tensor import Array

TOLERANCE = 1e-6
"""Relative difference, in the norm, up to which two gradients are the same."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An analytic gradient against differences, over the entries that were compared.

    Attributes:
        error: norm of the difference by the norm of the numeric gradient; 0 if both vanish.
        ratio: norm of the analytic gradient by that of the numeric one; NaN if the latter vanishes.
        compared: number of entries compared.
        entries: number of entries there are.
        kinks: entries left out because the loss has a kink there (ReLU at 0), so that no derivative exists.
        agrees: whether the difference is within TOLERANCE and what differences can tell.
    """

    error: float
    ratio: float
    compared: int
    entries: int
    kinks: int
    agrees: bool


def compare(analytic: Array, value: Array, function: Callable[[Array], float], entries: Iterable[int]) -> Comparison:
    """Compare ``analytic``, the gradient of ``function`` at ``value``, entry by entry.

    Args:
        analytic, value: of the same shape.
        function: takes an array like ``value``.
        entries: which entries, as places in the flattened array.
    """
    pairs, errors, kinks = [], [], 0
    flat = np.asarray(analytic, dtype=np.float64).ravel()
    moved = np.array(value, dtype=np.float64)
    for entry in entries:
        along = _along(moved, entry, function)
        scale = float(moved.flat[entry])
        numeric = derivative(along, scale)
        if not abs(flat[entry] - numeric.value) <= TOLERANCE * abs(numeric.value) + 4 * numeric.error:
            if has_kink(along, scale):
                kinks += 1
                continue
            numeric = _without_kink_between(numeric, along, scale)
        pairs.append((flat[entry], numeric.value))
        errors.append(numeric.error)
    return _summary(pairs, errors, int(np.size(value)), kinks)


def _without_kink_between(wide: Numeric, along: Function, scale: float) -> Numeric:
    """The derivative from narrower differences where those differ clearly: then a kink lies between the two."""
    narrow = derivative(along, scale, NARROW_WIDTHS)
    return narrow if abs(narrow.value - wide.value) > 4 * (narrow.error + wide.error) else wide


def _along(moved: Array, entry: int, function: Callable[[Array], float]) -> Function:
    """``function`` as one entry is moved, in place: a large weight is not copied for every difference."""
    start = float(moved.flat[entry])

    def at(distance: float) -> float:
        moved.flat[entry] = start + distance
        result = function(moved)
        moved.flat[entry] = start
        return result

    return at


def _summary(pairs: list[tuple[float, float]], errors: list[float], entries: int, kinks: int) -> Comparison:
    analytic, numeric = (np.array(column) for column in zip(*pairs, strict=True)) if pairs else (np.zeros(0),) * 2
    apart, size = float(np.linalg.norm(analytic - numeric)), float(np.linalg.norm(numeric))
    uncertain = 4 * float(np.linalg.norm(errors))
    error = apart / size if size else (math.inf if apart > uncertain else 0.0)
    ratio = float(np.linalg.norm(analytic)) / size if size else math.nan
    return Comparison(error, ratio, len(pairs), entries, kinks, bool(apart <= TOLERANCE * size + uncertain))
