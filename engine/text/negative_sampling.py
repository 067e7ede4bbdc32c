"""Negative sampling: wrong words to be told from the right one (Mikolov et al. 2013, arXiv 1310.4546)."""

from __future__ import annotations

import numpy as np

from engine.ops.lookups import NOTHING
from engine.tensor import Array

POWER = 0.75
"""Words are drawn as often as they occur, to this power: rare ones a little more often than that."""


def noise(ids: Array, size: int) -> Array:
    """The probability (V,) of each word to be drawn, for a text (n,)."""
    weights = np.bincount(ids, minlength=size) ** POWER
    shares: Array = weights / weights.sum()
    return shares


def negatives(shares: Array, right: Array, count: int, random: np.random.Generator) -> Array:
    """Wrong words (N, count): never the right one (N,); -1 where there is no other word.

    Drawn with the probabilities ``shares`` (V,) of all words but the right one: the inverse of their distribution
    function, with the right word's stretch left out.
    """
    ends = np.cumsum(shares)
    own = shares[right][:, np.newaxis]
    start = (ends[right] - shares[right])[:, np.newaxis]
    drawn = random.random((len(right), count)) * (ends[-1] - own)
    drawn = np.where(drawn < start, drawn, drawn + own)
    wrong = np.minimum(np.searchsorted(ends, drawn, side="right"), len(shares) - 1)
    return _others(wrong, right[:, np.newaxis], shares)


def _others(wrong: Array, right: Array, shares: Array) -> Array:
    """Rounding at the edge of its stretch may still hit the right word: the nearest other word takes its place."""
    possible = np.flatnonzero(shares > 0)
    if len(possible) < 2:
        return np.full_like(wrong, NOTHING)
    at = np.searchsorted(possible, wrong)
    other = possible[np.where(at + 1 < len(possible), at + 1, at - 1)]
    return np.where(wrong == right, other, wrong)
