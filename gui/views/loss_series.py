"""What the loss view draws of a run's history, in NumPy: values as they come in, running means, as many points as
there are pixels."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Values = NDArray[np.float64]

WINDOW = 100
"""Iterations in a running mean."""
_AT_ONCE = 16_384
_LARGEST = 1e300


class RunningSeries:
    """One value an iteration, and the mean of the last WINDOW finite ones; grows cheaply."""

    def __init__(self) -> None:
        self._values = np.empty(1024)
        self._means = np.empty(1024)
        self._count = 0

    @property
    def values(self) -> Values:
        """(n,), what is not finite as NaN."""
        return self._values[: self._count]

    @property
    def means(self) -> Values:
        """(n,) running means; NaN where the value is."""
        return self._means[: self._count]

    def __len__(self) -> int:
        return self._count

    def clear(self) -> None:
        """Forget all."""
        self._count = 0

    def extend_to(self, source: Sequence[float], count: int) -> None:
        """Take over what ``source`` has got, up to ``count`` entries."""
        while self._count < count:
            start, end = self._count, min(count, self._count + _AT_ONCE)
            self._reserve(end)
            fresh = np.array(source[start:end], dtype=np.float64)
            fresh[~np.isfinite(fresh)] = np.nan
            self._values[start:end] = fresh
            self._means[start:end] = self._running_means(start, end)
            self._count = end

    def _reserve(self, count: int) -> None:
        if count > len(self._values):
            more = np.empty(max(count, 2 * len(self._values)) - len(self._values))
            self._values = np.concatenate([self._values, more])
            self._means = np.concatenate([self._means, more])

    def _running_means(self, start: int, end: int) -> Values:
        known = self._values[max(0, start - WINDOW + 1) : end]
        padded = np.concatenate([np.full(max(0, WINDOW - 1 - start), np.nan), known])
        windows = sliding_window_view(padded, WINDOW)
        finite = np.isfinite(windows)
        means = np.full(end - start, np.nan)
        here = finite[:, -1]
        with np.errstate(over="ignore"):
            sums = np.where(finite, windows, 0.0).sum(axis=1)
        means[here] = sums[here] / finite.sum(axis=1)[here]
        means[~np.isfinite(means)] = np.nan
        return means


def thinned(values: Values, first: int, last: int, pixels: int) -> tuple[Values, Values]:
    """(x, y) of a curve through ``values[first:last]``, at most two points a pixel: the least and the greatest value.

    Shapes: (m,), (m,). NaN stays where a pixel has nothing finite.
    """
    first, last = max(0, first), min(len(values), last)
    count, pixels = last - first, max(1, pixels)
    if count <= 2 * pixels:
        return np.arange(first, first + max(0, count), dtype=np.float64), values[first : max(first, last)]
    edges = first + np.arange(pixels) * count // pixels
    part = values[:last]
    least, greatest = np.fmin.reduceat(part, edges), np.fmax.reduceat(part, edges)
    middles = (edges + np.append(edges[1:], last) - 1) / 2
    return np.repeat(middles, 2), np.stack([least, greatest], axis=1).ravel()


def in_decades(values: Values) -> Values:
    """log10, NaN for what has none."""
    result = np.full(len(values), np.nan)
    positive = values > 0
    result[positive] = np.log10(values[positive])
    return result


def limited(values: Values) -> Values:
    """The values, those beyond what a plot can reckon with at its limits."""
    return np.clip(values, -_LARGEST, _LARGEST)


def bounds(parts: Sequence[Values], *, logarithmic: bool) -> tuple[float, float]:
    """Range of y with some room that holds all finite values (given in decades when logarithmic)."""
    finite = np.concatenate([part[np.isfinite(part)] for part in parts]) if parts else np.empty(0)
    if not finite.size:
        return (-1.0, 0.0) if logarithmic else (0.0, 1.0)
    least, greatest = float(finite.min()), float(finite.max())
    if logarithmic:
        room = max(0.05 * (greatest - least), 0.05)
        return least - room, greatest + room
    return min(0.0, least), (greatest if greatest > 0 else 1.0) * 1.05
