"""The recurrent weight W_h with what decides over the gradient's way back: its eigenvalues and singular values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import time_of
from engine.errors import BackstepError
from engine.tape import Tape
from engine.tensor import Array, Role

MOST_UNITS = 256
"""Larger matrices are refused: their eigenvalues would take seconds."""


class RecurrentWeightError(BackstepError):
    """A matrix is no recurrent weight that can be studied."""


@dataclass(frozen=True, eq=False)
class RecurrentWeight:
    """A square matrix, decomposed once.

    Attributes:
        matrix: (H, H), for row vectors: H^t = f(H^(t−1) W_h + …).
        eigenvalues: (H,) complex.
        singular_values: (H,), the largest first.
    """

    matrix: Array
    eigenvalues: NDArray[np.complex128]
    singular_values: NDArray[np.float64]

    @staticmethod
    def of(matrix: Array) -> RecurrentWeight:
        """Decompose a matrix (H, H).

        Raises:
            RecurrentWeightError: it is not square, has NaN or infinity in it, or is too large.
        """
        shape = np.shape(matrix)
        if len(shape) != 2 or shape[0] != shape[1] or not shape[0]:
            raise RecurrentWeightError("A recurrent weight is a square matrix; this one is {shape}.",
                                       shape=" × ".join(map(str, shape)))  # fmt: skip
        if shape[0] > MOST_UNITS:
            raise RecurrentWeightError("The recurrent weight has {units} units; the lab takes up to {most}.",
                                       units=shape[0], most=MOST_UNITS)  # fmt: skip
        if not np.isfinite(matrix).all():
            raise RecurrentWeightError("The recurrent weight is not finite: it has no spectral radius.")
        exact = np.asarray(matrix, dtype=float)
        try:
            eigenvalues = np.linalg.eigvals(exact).astype(complex)
            return RecurrentWeight(exact, eigenvalues, np.linalg.svd(exact, compute_uv=False))
        except np.linalg.LinAlgError:
            raise RecurrentWeightError("The eigenvalues of the recurrent weight cannot be found.") from None

    @property
    def units(self) -> int:
        """H."""
        return len(self.matrix)

    @property
    def spectral_radius(self) -> float:
        """The largest absolute value of an eigenvalue."""
        return float(np.abs(self.eigenvalues).max())

    @property
    def greatest(self) -> float:
        """σ_max, the largest singular value: the spectral norm."""
        return float(self.singular_values[0])

    @property
    def least(self) -> float:
        """σ_min, the smallest singular value."""
        return float(self.singular_values[-1])

    def scaled(self, factor: float) -> RecurrentWeight:
        """The matrix times a factor of 0 or above; nothing is decomposed anew."""
        return RecurrentWeight(self.matrix * factor, self.eigenvalues * factor, self.singular_values * factor)

    def with_radius(self, radius: float) -> RecurrentWeight:
        """The matrix scaled to a spectral radius.

        Raises:
            RecurrentWeightError: all eigenvalues are 0, so that no factor helps.
        """
        own = self.spectral_radius
        if not own > 0:
            raise RecurrentWeightError("All eigenvalues of this matrix are 0: no factor gives it a spectral radius.")
        return self.scaled(radius / own)


def normal_matrix(seed: int, units: int) -> NDArray[np.float64]:
    """(H, H) from N(0, 1), drawn as `np.random.seed(seed)` and `np.random.randn(H, H)` would.

    The old generator on purpose: the book's rnn_gradient_graph is to come out digit for digit.
    """
    return np.random.RandomState(seed).standard_normal((units, units))


def recurrent_weights(tape: Tape) -> dict[str, int]:
    """Name → tape index of the square parameters that a state of another time step is multiplied by.

    The plain ones come first. A state may have passed a gate on the way, as in a GRU.
    """
    found: dict[str, int] = {}
    for step in tape.steps[: tape.backward_start]:
        if len(step.inputs) != 2:
            continue
        left, right = step.inputs
        shape = right.shape
        if right.role is not Role.PARAMETER or len(shape) != 2 or shape[0] != shape[1]:
            continue
        if any(one.role is Role.STATE and time_of(one) != time_of(step) for one in (left, *left.inputs)):
            found.setdefault(right.symbol, right.index)
    return dict(sorted(found.items(), key=lambda pair: pair[0] not in {"W", "W_h"}))
