"""Sums and means along an axis. The axis is kept with length 1, so that the result is broadcast back as it is."""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.ops.shapes import broadcast_to
from engine.tensor import Array


def _sum_axis(a: Array, axis: int = -1) -> Array:
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
