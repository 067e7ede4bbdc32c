"""Matrix products. The two transposed forms are single operations, as BPTT writes them: ``A3 W_h^T`` and ``x^T delta``.

The right factor of ``matmul`` is a matrix; the left one may have more axes, of which the last one meets it (a weight
applied to every step of a sequence). ``np.dot`` is used for matrices: it is then the same product as ``np.matmul`` at
two thirds of the overhead; with more axes it would leave BLAS. ``batched_matmul`` multiplies matrix by matrix, the
leading axes being a batch.
"""

from __future__ import annotations

import numpy as np

from engine.operation import Recorded, register
from engine.ops.shapes import unbroadcast
from engine.tensor import Array, Tensor


def _times(a: Array, b: Array) -> Array:
    product: Array = np.dot(a, b) if a.ndim <= 2 else np.matmul(a, b)
    return product


matmul: Recorded = register(
    "matmul",
    _times,
    (lambda g, out, a, b: matmul_by_transpose(g, b), lambda g, out, a, b: transpose_matmul(a, g)),
    symbol="×",
    formula=r"{out} = {a}\,{b}",
    gradient_formulas=(r"{g}\,{b}^{{\top}}", r"{a}^{{\top}}\,{g}"),
)


def _by_transpose(a: Array, b: Array) -> Array:
    return _times(a, b.T)


matmul_by_transpose: Recorded = register(
    "matmul_by_transpose",
    _by_transpose,
    (lambda g, out, a, b: matmul(g, b), lambda g, out, a, b: transpose_matmul(g, a)),
    symbol="×ᵀ",
    formula=r"{out} = {a}\,{b}^{{\top}}",
    gradient_formulas=(r"{g}\,{b}", r"{g}^{{\top}}\,{a}"),
)


def _transpose_times(a: Array, b: Array) -> Array:
    if a.ndim > 2:
        a, b = a.reshape(-1, a.shape[-1]), b.reshape(-1, b.shape[-1])
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

batched_matmul: Recorded = register(
    "batched_matmul",
    np.matmul,
    (
        lambda g, out, a, b: unbroadcast(batched_matmul_by_transpose(g, b), a),
        lambda g, out, a, b: unbroadcast(batched_transpose_matmul(a, g), b),
    ),
    symbol="×",
    formula=r"{out} = {a}\,{b}",
    gradient_formulas=(r"{g}\,{b}^{{\top}}", r"{a}^{{\top}}\,{g}"),
)

batched_matmul_by_transpose: Recorded = register(
    "batched_matmul_by_transpose",
    lambda a, b: np.matmul(a, np.swapaxes(b, -1, -2)),
    (
        lambda g, out, a, b: unbroadcast(batched_matmul(g, b), a),
        lambda g, out, a, b: unbroadcast(batched_transpose_matmul(g, a), b),
    ),
    symbol="×ᵀ",
    formula=r"{out} = {a}\,{b}^{{\top}}",
    gradient_formulas=(r"{g}\,{b}", r"{g}^{{\top}}\,{a}"),
)

batched_transpose_matmul: Recorded = register(
    "batched_transpose_matmul",
    lambda a, b: np.matmul(np.swapaxes(a, -1, -2), b),
    (
        lambda g, out, a, b: unbroadcast(batched_matmul_by_transpose(b, g), a),
        lambda g, out, a, b: unbroadcast(batched_matmul(a, g), b),
    ),
    symbol="ᵀ×",
    formula=r"{out} = {a}^{{\top}}\,{b}",
    gradient_formulas=(r"{b}\,{g}^{{\top}}", r"{a}\,{g}"),
)

Tensor.__matmul__ = matmul
