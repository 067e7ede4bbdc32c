"""Operations that make probabilities of scores, along the last axis."""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.ops.arithmetic import exp, multiply, subtract
from engine.ops.reductions import sum_axis
from engine.tensor import Array, Tensor


def softmax_of(a: Array) -> Array:
    """exp(a) / Σ exp(a) along the last axis; the largest score is taken off first, so that no power overflows."""
    made: Array = np.exp(a - np.max(a, axis=-1, keepdims=True))
    made /= np.sum(made, axis=-1, keepdims=True)
    return made


def _softmax_rule(g: Tensor, out: Tensor, a: Tensor) -> Tensor:
    return multiply(out, subtract(g, sum_axis(multiply(g, out), axis=-1)))


softmax: Recorded = register(
    "softmax",
    softmax_of,
    (_softmax_rule,),
    symbol="softmax",
    formula=r"{out} = \mathrm{{softmax}}({a})",
    gradient_formulas=(r"{out} \odot ({g} - \sum_{{k}} {g} \odot {out})",),
)


def _log_softmax(a: Array) -> Array:
    moved = a - np.max(a, axis=-1, keepdims=True)
    made: Array = moved - np.log(np.sum(np.exp(moved), axis=-1, keepdims=True))
    return made


log_softmax: Recorded = register(
    "log_softmax",
    _log_softmax,
    (lambda g, out, a: subtract(g, multiply(exp(out), sum_axis(g, axis=-1))),),
    symbol="log S",
    formula=r"{out} = \log \mathrm{{softmax}}({a})",
    gradient_formulas=(r"{g} - \exp({out}) \odot \sum_{{k}} {g}",),
)
