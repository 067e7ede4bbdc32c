"""Operations that move numbers and change none."""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.tensor import Array, Tensor

transpose: Recorded = register(
    "transpose",
    lambda a: a.T,
    (lambda g, out, a: transpose(g),),
    symbol="ᵀ",
    formula=r"{out} = {a}^{{\top}}",
    gradient_formulas=(r"{g}^{{\top}}",),
)


def _sum_to(a: Array, shape: tuple[int, ...]) -> Array:
    extra = np.ndim(a) - len(shape)
    axes = tuple(range(extra)) + tuple(
        axis + extra for axis, size in enumerate(shape) if size == 1 and np.shape(a)[axis + extra] != 1
    )
    summed: Array = np.sum(a, axis=axes).reshape(shape)
    return summed


sum_to: Recorded = register(
    "sum_to",
    _sum_to,
    (lambda g, out, a, shape: broadcast_to(g, shape=a.shape),),
    symbol="Σ",
    formula=r"{out} = \sum {a}",
    gradient_formulas=(r"{g}",),
)

broadcast_to: Recorded = register(
    "broadcast_to",
    lambda a, shape: np.broadcast_to(a, shape),
    (lambda g, out, a, shape: unbroadcast(g, a),),
    symbol="⇉",
    formula=r"{out} = {a}",
    gradient_formulas=(r"\sum {g}",),
)


def unbroadcast(gradient: Tensor, like: Tensor) -> Tensor:
    """Sum a gradient over the axes along which ``like`` was repeated; no step where it was not."""
    if gradient.value.shape == like.value.shape:
        return gradient
    return sum_to(gradient, shape=like.shape)
