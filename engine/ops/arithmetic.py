"""Element-wise arithmetic. Operands may be broadcast; a rule sums the gradient back to the operand's shape."""

from __future__ import annotations

import numpy as np

from engine.operation import EACH, Recorded, register
from engine.ops.shapes import broadcast_to, unbroadcast
from engine.tensor import Array, Tensor

add: Recorded = register(
    "add",
    np.add,
    (lambda g, out, a, b: unbroadcast(g, a), lambda g, out, a, b: unbroadcast(g, b)),
    symbol="+",
    formula=r"{out} = {a} + {b}",
    gradient_formulas=("{g}", "{g}"),
)

subtract: Recorded = register(
    "subtract",
    np.subtract,
    (lambda g, out, a, b: unbroadcast(g, a), lambda g, out, a, b: unbroadcast(negate(g), b)),
    symbol="−",
    formula=r"{out} = {a} - {b}",
    gradient_formulas=("{g}", "-{g}"),
)

multiply: Recorded = register(
    "multiply",
    np.multiply,
    (
        lambda g, out, a, b: unbroadcast(multiply(g, b), a),
        lambda g, out, a, b: unbroadcast(multiply(g, a), b),
    ),
    symbol="⊙",
    formula=r"{out} = {a} \odot {b}",
    gradient_formulas=(r"{g} \odot {b}", r"{g} \odot {a}"),
)

divide: Recorded = register(
    "divide",
    np.divide,
    (
        lambda g, out, a, b: unbroadcast(divide(g, b), a),
        lambda g, out, a, b: unbroadcast(negate(multiply(g, divide(out, b))), b),
    ),
    symbol="÷",
    formula=r"{out} = {a} \oslash {b}",
    gradient_formulas=(r"{g} \oslash {b}", r"-{g} \odot {out} \oslash {b}"),
)

negate: Recorded = register(
    "negate",
    np.negative,
    (lambda g, out, a: negate(g),),
    symbol="−",
    formula=r"{out} = -{a}",
    gradient_formulas=("-{g}",),
)

scale: Recorded = register(
    "scale",
    lambda a, factor: np.multiply(a, factor),
    (lambda g, out, a, factor: scale(g, factor=factor),),
    symbol="·",
    formula=r"{out} = {factor}\,{a}",
    gradient_formulas=(r"{factor}\,{g}",),
)

shift: Recorded = register(
    "shift",
    lambda a, by: np.add(a, by),
    (lambda g, out, a, by: g,),
    symbol="+",
    formula=r"{out} = {a} + {by}",
    gradient_formulas=("{g}",),
)

one_minus: Recorded = register(
    "one_minus",
    lambda a: np.subtract(1.0, a),
    (lambda g, out, a: negate(g),),
    symbol="1−",
    formula=r"{out} = 1 - {a}",
    gradient_formulas=("-{g}",),
)

square: Recorded = register(
    "square",
    np.square,
    (lambda g, out, a: multiply(g, scale(a, factor=2.0)),),
    symbol="x²",
    formula=r"{out} = {a}^{{2}}",
    gradient_formulas=(r"2\,{g} \odot {a}",),
)

square_root: Recorded = register(
    "square_root",
    np.sqrt,
    (lambda g, out, a: divide(scale(g, factor=0.5), out),),
    symbol="√",
    formula=r"{out} = \sqrt{{{a}}}",
    gradient_formulas=(r"{g} \oslash 2\,{out}",),
)

exp: Recorded = register(
    "exp",
    np.exp,
    (lambda g, out, a: multiply(g, out),),
    symbol="exp",
    formula=r"{out} = \exp({a})",
    gradient_formulas=(r"{g} \odot {out}",),
)

log: Recorded = register(
    "log",
    np.log,
    (lambda g, out, a: divide(g, a),),
    symbol="log",
    formula=r"{out} = \log({a})",
    gradient_formulas=(r"{g} \oslash {a}",),
)

total: Recorded = register(
    "total",
    lambda *terms: sum(terms[1:], terms[0]),
    (lambda g, out, argument: unbroadcast(g, out.inputs[argument]),),
    arity=EACH,
    symbol="Σ",
    formula=r"{out} = \sum {a}",
    gradient_formulas=("{g}",),
)

sum_all: Recorded = register(
    "sum_all",
    np.sum,
    (lambda g, out, a: broadcast_to(g, shape=a.shape),),
    symbol="Σ",
    formula=r"{out} = \sum_{{ij}} {a}",
    gradient_formulas=(r"{g}",),
)


def _at_most(a: Array, limit: float) -> Array:
    return np.minimum(a, limit)


at_most: Recorded = register(
    "at_most",
    _at_most,
    (lambda g, out, a, limit: multiply(g, below(a, limit=limit)),),
    symbol="min",
    formula=r"{out} = \min({a}, {limit})",
    gradient_formulas=(r"{g} \odot [{a} < {limit}]",),
)

below: Recorded = register(
    "below",
    lambda a, limit: np.asarray(np.less(a, limit), dtype=np.asarray(a).dtype),
    (lambda g, out, a, limit: scale(g, factor=0.0),),
    symbol="<",
    formula=r"{out} = [{a} < {limit}]",
    gradient_formulas=(r"0",),
)

Tensor.__add__ = add
Tensor.__sub__ = subtract
Tensor.__mul__ = multiply
Tensor.__truediv__ = divide
Tensor.__neg__ = negate
