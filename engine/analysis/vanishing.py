"""The gradient's way back through a recurrent layer, for several activations at once (system A5).

H^t = f(H^(t−1) W_h + X^t) forward; dH^(t−1) = (f′(u^t) ⊙ dH^t) W_hᵀ back, with dH^T = 1 everywhere, as in the
book's rnn_gradient_graph, whose case is the identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.activation_slope import SLOPES

Numbers = NDArray[np.float64]

_SMALL = 1e-140
"""Below this, squares lose digits, and then everything."""


@dataclass(frozen=True, eq=False)
class WayBack:
    """What came of it, by activation.

    Attributes:
        activations: A names.
        norms: (A, T + 1), for t = 0 … T: ‖dH^t‖ = √Σ(dH^t)² / N.
        slopes: (A, T, N, H), f′(u^t) for t = 1 … T.
        weight_norms: (A,), ‖∂L/∂W_h‖, where the loss L is the sum of the last state.
    """

    activations: tuple[str, ...]
    norms: Numbers
    slopes: Numbers
    weight_norms: Numbers


def way_back(weight: Numbers, inputs: Numbers, activations: Sequence[str]) -> WayBack:
    """Run forward and back.

    Args:
        weight: W_h (H, H).
        inputs: X (T, N, H), what comes from below at t = 1 … T.
        activations: names of SLOPES.
    """
    with np.errstate(all="ignore"):  # exploding is what it is about
        states, slopes = _forward(weight, inputs, activations)
        arrived, passed = _back(weight, slopes)
        gradients = [_weight_gradient(states[:-1, a], passed[:, a]) for a in range(len(activations))]
        norms = norm_of(arrived, axes=(2, 3)).T / inputs.shape[1]
        return WayBack(tuple(activations), norms, np.moveaxis(slopes, 1, 0),
                       np.array([float(norm_of(one, axes=(0, 1))) for one in gradients]))  # fmt: skip


def norm_of(values: Numbers, axes: tuple[int, ...]) -> Numbers:
    """√Σx² over axes, also where the squares would overflow or vanish."""
    with np.errstate(over="ignore", under="ignore"):
        plain = np.sqrt(np.square(values).sum(axis=axes))
    if np.all((plain > _SMALL) & np.isfinite(plain)):
        return np.asarray(plain)
    largest = np.abs(values).max(axis=axes, keepdims=True)
    shares = values / np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    made = np.sqrt(np.square(shares).sum(axis=axes))
    return np.asarray(np.where(np.isfinite(made), made * np.squeeze(largest, axis=axes), made))


def _forward(weight: Numbers, inputs: Numbers, activations: Sequence[str]) -> tuple[Numbers, Numbers]:
    """States (T + 1, A, N, H) from t = 0, slopes (T, A, N, H)."""
    steps, batch, units = inputs.shape
    count = len(activations)
    states, sums = np.zeros((steps + 1, count, batch, units)), np.empty((steps, count, batch, units))
    rows = [SLOPES[name] for name in activations]
    functions = [row.function for row in rows]
    for t in range(steps):
        u = sums[t]
        np.matmul(states[t].reshape(-1, units), weight, out=u.reshape(-1, units))
        u += inputs[t]
        for a, function in enumerate(functions):
            states[t + 1, a] = function(u[a])
    slopes = np.empty_like(sums)
    for a, row in enumerate(rows):
        slopes[:, a] = row.slope(sums[:, a], states[1:, a])
    return states, slopes


def _back(weight: Numbers, slopes: Numbers) -> tuple[Numbers, Numbers]:
    """dH^t (T + 1, A, N, H), and what is left of each behind f′ (T, A, N, H): the A3 of the lecture."""
    steps, count, batch, units = slopes.shape
    arrived, passed = np.ones((steps + 1, count, batch, units)), np.empty_like(slopes)
    across = np.ascontiguousarray(weight.T)
    for t in range(steps, 0, -1):
        np.multiply(slopes[t - 1], arrived[t], out=passed[t - 1])
        np.matmul(passed[t - 1].reshape(-1, units), across, out=arrived[t - 1].reshape(-1, units))
    return arrived, passed


def _weight_gradient(states: Numbers, passed: Numbers) -> Numbers:
    """Σ_t (H^(t−1))ᵀ A3^t (H, H) of states and A3 (T, N, H)."""
    units = states.shape[-1]
    return np.asarray(states.reshape(-1, units).T @ passed.reshape(-1, units))


def cell_path(steps: int, batch: int, units: int, forget: float = 1.0) -> Numbers:
    """‖dC^t‖ (T + 1,), t = 0 … T, along a cell-state path: dC^(t−1) = f ⊙ dC^t.

    The constant error carousel is the case f = 1: the gradient neither fades nor grows (system A9).
    """
    start = np.sqrt(batch * units) / batch
    return np.asarray(start * forget ** np.arange(steps, -1.0, -1.0))
