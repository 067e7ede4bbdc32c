"""Diagonal matrices: a row of H numbers as a matrix (H, H), and back."""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.tensor import Array, Tensor


def _diagonal_matrix(a: Array) -> Array:
    return np.diag(a.reshape(-1))


def _diagonal_matrix_rule(g: Tensor, out: Tensor, a: Tensor) -> Tensor:
    return diagonal_of(g)


diagonal_matrix: Recorded = register(
    "diagonal_matrix",
    _diagonal_matrix,
    (_diagonal_matrix_rule,),
    symbol="diag",
    formula=r"{out} = \mathrm{{diag}}({a})",
    gradient_formulas=(r"\mathrm{{diag}}({g})",),
)

diagonal_of: Recorded = register(
    "diagonal_of",
    lambda a: np.diagonal(a).reshape(1, -1).copy(),
    (lambda g, out, a: diagonal_matrix(g),),
    symbol="diag",
    formula=r"{out} = \mathrm{{diag}}({a})",
    gradient_formulas=(r"\mathrm{{diag}}({g})",),
)
