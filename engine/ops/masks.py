"""Selection by a mask: a tensor of zeros and ones (or booleans); no gradient flows to it.

A mask has the shape of what it masks or is broadcast to it; one with fewer axes stands for whole rows: ``(N,)`` masks
the rows of ``(N, D)``. What is left out has exactly no part in the gradient, even where it is NaN.

``masked_fill`` is broadcast as everywhere else, from the last axis on: ``(T, S)`` masks each of ``(N, T, S)`` scores.
"""

from __future__ import annotations

import math

import numpy as np

from engine.operation import BLOCKED, Recorded, register
from engine.ops.arithmetic import scale
from engine.ops.shapes import unbroadcast
from engine.tensor import Array, Tensor


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
    symbol="¬m",
    formula=r"{out} = (1 - {b}) \odot {a}",
    gradient_formulas=(r"(1 - {b}) \odot {g}", "0"),
)


forced: Recorded = register(
    "forced",
    lambda a, mask, numbers: np.where(as_condition(mask, a), numbers, a),
    (
        lambda g, out, a, mask, numbers: drop_where(g, mask),
        BLOCKED,
        lambda g, out, a, mask, numbers: unbroadcast(keep_where(g, mask), numbers),
    ),
    symbol=":=",
    formula=r"{out} = (1 - {b}) \odot {a} + {b} \odot {c}",
    gradient_formulas=(r"(1 - {b}) \odot {g}", "0", r"{b} \odot {g}"),
)
"""Numbers that a user has put in the place of computed ones (see ``engine.edits``)."""


def _masked_fill(a: Array, mask: Array, value: float = -math.inf) -> Array:
    return np.where(np.asarray(mask) != 0, np.asarray(value, dtype=a.dtype), a)


masked_fill: Recorded = register(
    "masked_fill",
    _masked_fill,
    (lambda g, out, a, mask, value=-math.inf: masked_fill(g, mask, value=0.0), BLOCKED),
    attributes=True,
    symbol="−∞",
    formula=r"{out} = \mathrm{{mask}}({a}, {b})",
    gradient_formulas=(r"(1 - {b}) \odot {g}", "0"),
)


def _at_least(a: Array, b: Array) -> Array:
    return np.asarray(np.greater_equal(a, b), dtype=np.result_type(a, b))


def _flat(g: Tensor, like: Tensor) -> Tensor:
    """The gradient through a step function: zero."""
    return unbroadcast(scale(g, factor=0.0), like)


at_least: Recorded = register(
    "at_least",
    _at_least,
    (lambda g, out, a, b: _flat(g, a), lambda g, out, a, b: _flat(g, b)),
    symbol="≥",
    formula=r"{out} = [{a} \ge {b}]",
    gradient_formulas=("0", "0"),
)

maximum: Recorded = register(
    "maximum",
    np.maximum,
    (
        lambda g, out, a, b: unbroadcast(keep_where(g, at_least(a, b)), a),
        lambda g, out, a, b: unbroadcast(drop_where(g, at_least(a, b)), b),
    ),
    symbol="max",
    formula=r"{out} = \max({a}, {b})",
    gradient_formulas=(r"{g} \odot [{a} \ge {b}]", r"{g} \odot [{a} < {b}]"),
)
