"""The largest eigenvalue of a symmetric matrix, in steps between which the work can be stopped."""

from __future__ import annotations

import numpy as np

from engine.cancellation import heed
from engine.tensor import Array

_SMALL = 1000
"""Rows up to which all eigenvalues are computed at once: a fifth of a second."""
_MOST_STEPS = 500
_STEPS_BETWEEN_LOOKS = 10
_NOTHING = 1e-13
_RESIDUAL = 1e-7
"""Of the eigenvector, relative; the eigenvalue's own error is of the order of its square."""


def largest_eigenvalue(matrix: Array) -> float:
    """Of a symmetric matrix (N, N).

    Raises:
        Cancelled: the work was asked to stop.
    """
    heed()
    return float(np.linalg.eigvalsh(matrix)[-1]) if len(matrix) <= _SMALL else lanczos(matrix)


def lanczos(matrix: Array) -> float:
    """The largest eigenvalue by Lanczos's iteration (Golub & Van Loan, Matrix Computations, 10.1), with every vector
    made orthogonal to all before it, twice.

    Raises:
        Cancelled: the work was asked to stop.
    """
    steps = min(len(matrix), _MOST_STEPS)
    basis = np.zeros((steps, len(matrix)))
    small = np.zeros((steps, steps))  # the matrix in that basis: tridiagonal
    v = np.random.default_rng(0).standard_normal(len(matrix))
    v /= np.linalg.norm(v)
    largest = 0.0
    for step in range(steps):
        heed()
        basis[step] = v
        w = matrix @ v
        small[step, step] = v @ w
        for _ in range(2):
            w -= basis[: step + 1].T @ (basis[: step + 1] @ w)
        length = float(np.linalg.norm(w))
        is_all = length <= _NOTHING * float(np.abs(small).max())  # what is left of the space plays no part
        if is_all or step % _STEPS_BETWEEN_LOOKS == 0 or step == steps - 1:
            values, vectors = np.linalg.eigh(small[: step + 1, : step + 1])
            largest = float(values[-1])
            if is_all or length * abs(vectors[-1, -1]) <= _RESIDUAL * abs(largest):
                break
        if step + 1 < steps:
            small[step, step + 1] = small[step + 1, step] = length
            v = w / length
    return largest
