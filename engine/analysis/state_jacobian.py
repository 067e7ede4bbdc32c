"""∂h^t/∂h^k, the product of the steps' Jacobian matrices, and how far it stretches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StateJacobian:
    """A product of Jacobians.

    Attributes:
        matrix: (H, H); row i tells what unit i of h^k does to h^t, so that ∂L/∂h^k = ∂L/∂h^t · matrixᵀ.
        singular_values: (H,), the largest first; NaN where the matrix is not finite.
        spectral_radius: the largest absolute value of an eigenvalue; NaN where the matrix is not finite.
    """

    matrix: Numbers
    singular_values: Numbers
    spectral_radius: float

    @property
    def resolved(self) -> float:
        """Singular values below this are lost in rounding."""
        return float(self.singular_values[0] * len(self.matrix) * np.finfo(float).eps)


def state_jacobian(weight: Numbers, slopes: Numbers) -> StateJacobian:
    """Multiply the Jacobians of the steps k + 1 … t, each W_h diag(f′(u)).

    Args:
        weight: W_h (H, H).
        slopes: f′(u) (t − k, H) of one sequence; none for the unit matrix ∂h^t/∂h^t.
    """
    made = np.eye(len(weight))
    product = np.empty_like(made)
    with np.errstate(all="ignore"):
        for slope in slopes:
            np.matmul(made, weight, out=product)
            np.multiply(product, slope, out=made)
    if not np.isfinite(made).all():
        return StateJacobian(made, np.full(len(weight), np.nan), float("nan"))
    return StateJacobian(made, *_spectrum(made))


def _spectrum(matrix: Numbers) -> tuple[Numbers, float]:
    """Singular values and spectral radius, of a matrix that may be far from 1: LAPACK is given one of about 1."""
    size = float(np.abs(matrix).max())
    if not size:
        return np.zeros(len(matrix)), 0.0
    try:
        shares = matrix / size
        values: Numbers = np.asarray(np.linalg.svd(shares, compute_uv=False), dtype=float)
        with np.errstate(over="ignore"):
            return np.asarray(values * size), float(np.abs(np.linalg.eigvals(shares)).max()) * size
    except np.linalg.LinAlgError:
        return np.full(len(matrix), np.nan), float("nan")
