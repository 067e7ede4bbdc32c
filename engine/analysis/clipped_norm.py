"""Clipping on norms alone: rate = threshold / ‖g‖, g · rate where rate < 1 (system A8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def clip_rate(norm: float, threshold: float) -> float:
    """What a gradient of a norm is multiplied by; 1 where the threshold is 0 for no clipping."""
    if not threshold or norm <= threshold:
        return 1.0
    return threshold / norm  # NaN for a norm that is NaN


def clipped_going_back(norms: NDArray[np.float64], threshold: float) -> NDArray[np.float64]:
    """‖dH^t‖ (T + 1,), t = 0 … T, if dH^t were clipped at every time step.

    Going back is linear in dH, so that a rate at one step scales all earlier ones.
    """
    if not threshold:
        return np.array(norms)
    rate, made = 1.0, []
    for whole in reversed(norms.tolist()):
        norm = rate * whole
        if norm > threshold:
            rate *= threshold / norm
            norm = threshold
        made.append(norm)
    return np.array(made[::-1])
