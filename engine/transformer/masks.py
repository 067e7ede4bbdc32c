"""What attention must not look at: 1 where a key is left out, to be broadcast to scores (N, heads, T', S)."""

from __future__ import annotations

import numpy as np

from engine.tensor import Array


def future_mask(length: int) -> Array:
    """(T', T'), 1 where the key comes after the query."""
    return np.triu(np.ones((length, length)), k=1)


def padding_mask(real: Array) -> Array:
    """(N, 1, 1, S), 1 where the source is padding; ``real`` is (S, N) as ``Batch.mask``."""
    padding: Array = 1 - real.T[:, np.newaxis, np.newaxis, :]
    return padding
