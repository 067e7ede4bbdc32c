"""Losses as single operations, as the textbooks draw them."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.operation import Recorded, register
from engine.ops.arithmetic import multiply, negate, scale, subtract
from engine.tensor import Array, Tensor


def _squared_error(y: Array, d: Array) -> Any:
    error = (y - d).ravel()
    return np.dot(error, error) * (0.5 / error.size)


def _squared_error_rule(g: Tensor, out: Tensor, y: Tensor, d: Tensor) -> Tensor:
    error = subtract(y, d)
    if y.value.size > 1:
        error = scale(error, factor=1.0 / y.value.size)
    return multiply(g, error)


squared_error: Recorded = register(
    "squared_error",
    _squared_error,
    (_squared_error_rule, lambda g, out, y, d: negate(_squared_error_rule(g, out, y, d))),
    symbol="L",
    formula=r"{out} = \tfrac{{1}}{{2}}\,\overline{{({a} - {b})^{{2}}}}",
    gradient_formulas=(r"{g} \odot ({a} - {b}) / n", r"-{g} \odot ({a} - {b}) / n"),
)
