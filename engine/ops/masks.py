"""Selection by a mask: a tensor of zeros and ones (or booleans) that is given; no gradient flows to it.

A mask has the shape of what it masks or is broadcast to it; one with fewer axes stands for whole rows: ``(N,)`` masks
the rows of ``(N, D)``. What is left out has exactly no part in the gradient, even where it is NaN.
"""

from __future__ import annotations

import numpy as np

from engine.operation import BLOCKED, Recorded, register
from engine.ops.shapes import unbroadcast
from engine.tensor import Array


def as_condition(mask: Array, like: Array) -> Array:
    """A mask as booleans, with an axis of length 1 for every axis that it lacks at the end."""
    condition: Array = np.asarray(mask) != 0
    return condition.reshape(condition.shape + (1,) * (like.ndim - condition.ndim))


def _keep_where(a: Array, mask: Array) -> Array:
    return np.where(as_condition(mask, a), a, np.zeros((), dtype=a.dtype))


keep_where: Recorded = register(
    "keep_where",
    _keep_where,
    (lambda g, out, a, mask: keep_where(g, mask), BLOCKED),
    symbol="m⊙",
    formula=r"{out} = {b} \odot {a}",
    gradient_formulas=(r"{b} \odot {g}", "0"),
)


def _choose(mask: Array, a: Array, b: Array) -> Array:
    return np.where(as_condition(mask, a if a.ndim >= b.ndim else b), a, b)


choose: Recorded = register(
    "choose",
    _choose,
    (
        BLOCKED,
        lambda g, out, mask, a, b: unbroadcast(keep_where(g, mask), a),
        lambda g, out, mask, a, b: unbroadcast(drop_where(g, mask), b),
    ),
    symbol="?:",
    formula=r"{out} = {a} \odot {b} + (1 - {a}) \odot {c}",
    gradient_formulas=("0", r"{a} \odot {g}", r"(1 - {a}) \odot {g}"),
)


def _drop_where(a: Array, mask: Array) -> Array:
    return np.where(as_condition(mask, a), np.zeros((), dtype=a.dtype), a)


drop_where: Recorded = register(
    "drop_where",
    _drop_where,
    (lambda g, out, a, mask: drop_where(g, mask), BLOCKED),
    symbol="(1−m)⊙",
    formula=r"{out} = (1 - {b}) \odot {a}",
    gradient_formulas=(r"(1 - {b}) \odot {g}", "0"),
)
