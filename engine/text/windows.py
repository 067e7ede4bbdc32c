"""Windows: the words around each word of a text, no further than the ends of its line."""

from __future__ import annotations

import numpy as np

from engine.ops.lookups import NOTHING
from engine.tensor import Array


def windows(ids: Array, places: Array, reach: int, end: int | None) -> Array:
    """What stands around places of a text: (N, 2·reach) ids, those before first, -1 where there is none.

    A line's end belongs to the lines on both sides of it; nothing beyond it is seen.

    Args:
        ids: (n,) of the text.
        places: (N,) in it.
        reach: how many words are looked at on each side.
        end: the id that closes a line; None if lines do not matter.
    """
    steps = np.array([*range(-reach, 0), *range(1, reach + 1)])
    around = places[:, np.newaxis] + steps
    there = (around >= 0) & (around < len(ids))
    around = np.clip(around, 0, len(ids) - 1)
    if end is not None:
        ends_before = np.concatenate([[0], np.cumsum(ids == end)])
        first, last = np.minimum(around, places[:, np.newaxis]), np.maximum(around, places[:, np.newaxis])
        there &= ends_before[last] - ends_before[first + 1] <= 0
    return np.where(there, ids[around], NOTHING)


def one_of(around: Array, random: np.random.Generator) -> Array:
    """One of the words of each window by chance: (N,)."""
    count = np.count_nonzero(around >= 0, axis=1)
    real_first = np.take_along_axis(around, np.argsort(around < 0, axis=1, kind="stable"), axis=1)
    pick = np.minimum((random.random(len(around)) * count).astype(np.intp), np.maximum(count - 1, 0))
    chosen: Array = np.take_along_axis(real_first, pick[:, np.newaxis], axis=1)[:, 0]
    return chosen
