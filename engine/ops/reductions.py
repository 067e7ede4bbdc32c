"""Sums, means, norms. Along an axis the axis is kept with length 1: the result is broadcast back as it is.

``axis`` is one axis or a tuple of axes.
"""

from __future__ import annotations

import math

import numpy as np

from engine.operation import Recorded, register
from engine.ops.arithmetic import divide, multiply, scale, shift, square_root, subtract
from engine.ops.shapes import broadcast_to
from engine.tensor import Array, Tensor

Axis = int | tuple[int, ...]


def _count(a: Tensor, axis: Axis) -> int:
    """How many numbers each sum along the axis has."""
    axes = axis if isinstance(axis, tuple) else (axis,)
    return math.prod(a.shape[one] for one in axes)


def _sum_axis(a: Array, axis: Axis = -1) -> Array:
    made: Array = np.sum(a, axis=axis, keepdims=True)
    return made


sum_axis: Recorded = register(
    "sum_axis",
    _sum_axis,
    (lambda g, out, a, axis=-1: broadcast_to(g, shape=a.shape),),
    symbol="Σ",
    formula=r"{out} = \sum_{{k}} {a}",
    gradient_formulas=("{g}",),
)


def _mean_axis(a: Array, axis: Axis = -1) -> Array:
    made: Array = np.mean(a, axis=axis, keepdims=True)
    return made


def _mean_axis_rule(g: Tensor, out: Tensor, a: Tensor, axis: Axis = -1) -> Tensor:
    return broadcast_to(scale(g, factor=1.0 / _count(a, axis)), shape=a.shape)


mean_axis: Recorded = register(
    "mean_axis",
    _mean_axis,
    (_mean_axis_rule,),
    symbol="mean",
    formula=r"{out} = \overline{{{a}}}",
    gradient_formulas=("{g} / n",),
)

mean_all: Recorded = register(
    "mean_all",
    np.mean,
    (lambda g, out, a: broadcast_to(scale(g, factor=1.0 / a.value.size), shape=a.shape),),
    symbol="mean",
    formula=r"{out} = \overline{{{a}}}",
    gradient_formulas=("{g} / n",),
)


def _variance_axis(a: Array, axis: Axis = -1) -> Array:
    made: Array = np.var(a, axis=axis, keepdims=True)
    return made


def _variance_rule(g: Tensor, out: Tensor, a: Tensor, axis: Axis = -1) -> Tensor:
    away = subtract(a, mean_axis(a, axis=axis))
    return multiply(away, scale(g, factor=2.0 / _count(a, axis)))


variance_axis: Recorded = register(
    "variance_axis",
    _variance_axis,
    (_variance_rule,),
    symbol="Var",
    formula=r"{out} = \overline{{({a} - \overline{{{a}}})^{{2}}}}",
    gradient_formulas=(r"2\,{g} \odot ({a} - \overline{{{a}}}) / n",),
)


def _normalize(a: Array, axis: Axis = -1, epsilon: float = 1e-5) -> Array:
    away = a - np.mean(a, axis=axis, keepdims=True)
    made: Array = away / np.sqrt(np.mean(np.square(away), axis=axis, keepdims=True) + epsilon)
    return made


def _normalize_rule(g: Tensor, out: Tensor, a: Tensor, axis: Axis = -1, epsilon: float = 1e-5) -> Tensor:
    level = mean_axis(g, axis=axis)
    along = multiply(out, mean_axis(multiply(g, out), axis=axis))
    deviation = square_root(shift(variance_axis(a, axis=axis), by=epsilon))
    return divide(subtract(subtract(g, level), along), deviation)


normalize: Recorded = register(
    "normalize",
    _normalize,
    (_normalize_rule,),
    symbol="μ,σ",
    formula=r"{out} = ({a} - \mu) \oslash \sqrt{{v + \epsilon}}",
    gradient_formulas=(
        r"({g} - \overline{{{g}}} - {out} \odot \overline{{{g} \odot {out}}}) \oslash \sqrt{{v + \epsilon}}",
    ),
)
"""Layer, batch and instance normalisation before gain and offset: they differ in the axes whose mean μ and variance v
are taken. Source of the rule: Ioffe and Szegedy 2015, with μ and v put in."""


def _tiny(a: Tensor) -> float:
    """What makes a difference to nothing but zero."""
    return float(np.finfo(np.asarray(a.value).dtype).tiny)


def _l2_norm(a: Array, axis: Axis = -1) -> Array:
    made: Array = np.sqrt(np.sum(np.square(a), axis=axis, keepdims=True))
    return made


l2_norm: Recorded = register(
    "l2_norm",
    _l2_norm,
    (lambda g, out, a, axis=-1: multiply(g, divide(a, shift(out, by=_tiny(out)))),),
    symbol="‖·‖",
    formula=r"{out} = \sqrt{{\sum_{{k}} {a}^{{2}}}}",
    gradient_formulas=(r"{g} \odot {a} \oslash {out}",),
)
"""At zero, where a norm has no slope, the gradient is zero, as in PyTorch."""
