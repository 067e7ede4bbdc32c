"""Activation functions. A rule is written with the output where the textbook does so."""

from __future__ import annotations

import numpy as np

from engine.operation import BLOCKED, Recorded, register
from engine.ops.arithmetic import multiply, negate, one_minus, scale, square
from engine.tensor import Array, Tensor


def _sigmoid(a: Array) -> Array:
    # NumPy makes a number, not an array, of an array without axes; a number cannot be written to.
    made: Array = np.asarray(np.negative(a))
    np.exp(made, out=made)
    np.add(made, 1.0, out=made)
    np.reciprocal(made, out=made)
    return made


sigmoid: Recorded = register(
    "sigmoid",
    _sigmoid,
    (lambda g, out, a: multiply(g, multiply(out, one_minus(out))),),
    symbol="σ",
    formula=r"{out} = \sigma({a})",
    gradient_formulas=(r"{g} \odot {out} \odot (1 - {out})",),
)


def _course_rule(g: Tensor, out: Tensor, a: Tensor) -> Tensor:
    squashed_again = sigmoid(out)
    return multiply(g, multiply(squashed_again, one_minus(squashed_again)))


sigmoid_course: Recorded = register(
    "sigmoid_course",
    _sigmoid,
    (_course_rule,),
    symbol="σ",
    formula=r"{out} = \sigma({a})",
    gradient_formulas=(r"{g} \odot \sigma({out}) \odot (1 - \sigma({out}))",),
)

tanh: Recorded = register(
    "tanh",
    np.tanh,
    (lambda g, out, a: multiply(g, one_minus(square(out))),),
    symbol="tanh",
    formula=r"{out} = \tanh({a})",
    gradient_formulas=(r"{g} \odot (1 - {out}^{{2}})",),
)

positive: Recorded = register(
    "positive",
    lambda a: np.asarray(np.greater(a, 0), dtype=a.dtype),
    (lambda g, out, a: scale(g, factor=0.0),),
    symbol="[>0]",
    formula=r"{out} = [{a} > 0]",
    gradient_formulas=("0",),
)

relu: Recorded = register(
    "relu",
    lambda a: np.maximum(a, 0),
    (lambda g, out, a: multiply(g, positive(a)),),
    symbol="ReLU",
    formula=r"{out} = \max(0, {a})",
    gradient_formulas=(r"{g} \odot [{a} > 0]",),
)



def softplus_of(a: Array) -> Array:
    """log(1 + exp(a)) without overflow: max(a, 0) + log(1 + exp(−|a|))."""
    made: Array = np.maximum(a, 0) + np.log1p(np.exp(-np.abs(a)))
    return made


softplus: Recorded = register(
    "softplus",
    softplus_of,
    (lambda g, out, a: multiply(g, sigmoid(a)),),
    symbol="softplus",
    formula=r"{out} = \log(1 + \exp({a}))",
    gradient_formulas=(r"{g} \odot \sigma({a})",),
)

log_sigmoid: Recorded = register(
    "log_sigmoid",
    lambda a: -softplus_of(-a),
    (lambda g, out, a: multiply(g, sigmoid(negate(a))),),
    symbol="log σ",
    formula=r"{out} = \log \sigma({a})",
    gradient_formulas=(r"{g} \odot (1 - \sigma({a}))",),
)

identity: Recorded = register(
    "identity",
    lambda a: a,
    (lambda g, out, a: g,),
    symbol="id",
    formula=r"{out} = {a}",
    gradient_formulas=("{g}",),
)

stop_gradient: Recorded = register(
    "stop_gradient",
    lambda a: a,
    (BLOCKED,),
    symbol="✂",
    formula=r"{out} = {a}",
    gradient_formulas=("0",),
)

ACTIVATIONS = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "identity": identity}
"""The activations a setting may choose for a hidden layer."""
