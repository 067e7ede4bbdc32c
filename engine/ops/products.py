"""Matrix products. The two transposed forms are single operations, as BPTT writes them: ``A3 W_h^T`` and ``x^T delta``.

``np.dot`` is used: for the two-dimensional arrays of this engine it is the same product as ``np.matmul`` at two
thirds of the overhead.
"""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.tensor import Array, Tensor

matmul: Recorded = register(
    "matmul",
    np.dot,
    (lambda g, out, a, b: matmul_by_transpose(g, b), lambda g, out, a, b: transpose_matmul(a, g)),
    symbol="×",
    formula=r"{out} = {a}\,{b}",
    gradient_formulas=(r"{g}\,{b}^{{\top}}", r"{a}^{{\top}}\,{g}"),
)


def _by_transpose(a: Array, b: Array) -> Array:
    product: Array = np.dot(a, b.T)
    return product


matmul_by_transpose: Recorded = register(
    "matmul_by_transpose",
    _by_transpose,
    (lambda g, out, a, b: matmul(g, b), lambda g, out, a, b: transpose_matmul(g, a)),
    symbol="×ᵀ",
    formula=r"{out} = {a}\,{b}^{{\top}}",
    gradient_formulas=(r"{g}\,{b}", r"{g}^{{\top}}\,{a}"),
)


def _transpose_times(a: Array, b: Array) -> Array:
    product: Array = np.dot(a.T, b)
    return product


transpose_matmul: Recorded = register(
    "transpose_matmul",
    _transpose_times,
    (lambda g, out, a, b: matmul_by_transpose(b, g), lambda g, out, a, b: matmul(a, g)),
    symbol="ᵀ×",
    formula=r"{out} = {a}^{{\top}}\,{b}",
    gradient_formulas=(r"{b}\,{g}^{{\top}}", r"{a}\,{g}"),
)

Tensor.__matmul__ = matmul
