"""Numbers that look random and are the same for ever: no vector file need hold what a seed can say.

NumPy may change its generators' streams from version to version; these are computed here (SplitMix64, Steele, Lea &
Flood 2014, started at a hash of the seed and a name).
"""

from __future__ import annotations

import hashlib
import math

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def numbers(seed: int, name: str, shape: tuple[int, ...], most: float = 1.0) -> Numbers:
    """Numbers between −most and most, evenly spread."""
    start = int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8], "little")
    count = np.arange(1, math.prod(shape) + 1, dtype=np.uint64)
    bits = count * np.uint64(0x9E3779B97F4A7C15) + np.full_like(count, start)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    share = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return ((2 * share - 1) * most).reshape(shape)


def whole_numbers(seed: int, name: str, shape: tuple[int, ...], below: int) -> NDArray[np.int64]:
    """Whole numbers from 0 to below − 1."""
    share = numbers(seed, name, shape) / 2 + 0.5
    return np.minimum((share * below).astype(np.int64), below - 1)
