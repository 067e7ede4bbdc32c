"""Sinusoidal positions: what tells a Transformer where in a sequence a symbol stands (Vaswani et al. 2017, 3.5)."""

from __future__ import annotations

import numpy as np

from engine.tensor import Array

_LONGEST = 10_000.0


def positions(length: int, width: int, first: int = 0) -> Array:
    """PE(pos, 2i) = sin(pos / 10000^(2i/d)), PE(pos, 2i+1) = cos(pos / 10000^(2i/d)).

    Args:
        first: the position of the first row.

    Returns:
        (length, width).
    """
    places = np.arange(first, first + length)[:, np.newaxis]
    columns = np.arange(width)
    angles = places / _LONGEST ** (2 * (columns // 2) / width)
    encoded: Array = np.where(columns % 2 == 0, np.sin(angles), np.cos(angles))
    return encoded
