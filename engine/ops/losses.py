"""Losses as single operations, as the textbooks draw them.

Where rows of a batch have no answer at a step (sequences of different length), they count neither in the mean nor in
the gradient: a masked loss is the mean over the other rows, and the gradient of a masked row is exactly zero, whatever
stands in it. With no answer at all the loss is 0.

``over``: what the sum is divided by in place of the number of entries that count, so that the losses of the steps of
a sequence can add up to a mean over all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.operation import BLOCKED, Recorded, register
from engine.ops.activations import sigmoid, softplus_of
from engine.ops.arithmetic import multiply, negate, scale, subtract
from engine.ops.lookups import check_ids, subtract_one_hot
from engine.ops.masks import as_condition, keep_where
from engine.ops.probabilities import softmax
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


def _divided(total: Any, count: float) -> Any:
    """A sum over what counts as a mean; 0 where nothing counts."""
    return total * (1.0 / float(count)) if count else total * 0.0


def _per(g: Tensor, count: float) -> Tensor:
    """The gradient of a sum, given that of the mean."""
    return g if count == 1 else scale(g, factor=1.0 / float(count) if count else 0.0)


def _counted(a: Array, mask: Array, over: float) -> float:
    return over or float(np.count_nonzero(np.broadcast_to(as_condition(mask, a), a.shape)))


def _masked_squared_error(y: Array, d: Array, mask: Array, over: float = 0.0) -> Any:
    error = np.where(as_condition(mask, y), y - d, np.zeros((), dtype=y.dtype)).ravel()
    return _divided(np.dot(error, error), 2.0 * _counted(y, mask, over))


def _masked_squared_error_rule(g: Tensor, y: Tensor, d: Tensor, mask: Tensor, over: float) -> Tensor:
    error = keep_where(subtract(y, d), mask)
    return multiply(error, _per(g, _counted(y.value, mask.value, over)))


masked_squared_error: Recorded = register(
    "masked_squared_error",
    _masked_squared_error,
    (
        lambda g, out, y, d, mask, over=0.0: _masked_squared_error_rule(g, y, d, mask, over),
        lambda g, out, y, d, mask, over=0.0: negate(_masked_squared_error_rule(g, y, d, mask, over)),
        BLOCKED,
    ),
    symbol="L",
    formula=r"{out} = \tfrac{{1}}{{2}}\,\overline{{({a} - {b})^{{2}}}}",
    gradient_formulas=(r"{g} \odot {c} \odot ({a} - {b}) / n", r"-{g} \odot {c} \odot ({a} - {b}) / n", "0"),
)


def _softmax_with_loss(v: Array, ids: Array, over: float = 0.0) -> Any:
    check_ids(ids, v.shape[-1])
    there = ids >= 0
    scores = v[there]
    scores = scores - np.max(scores, axis=-1, keepdims=True)
    right = scores[np.arange(len(scores)), ids[there]]
    surprise = np.log(np.sum(np.exp(scores), axis=-1)) - right
    return _divided(np.sum(surprise), over or len(scores))


def _softmax_with_loss_rule(g: Tensor, out: Tensor, v: Tensor, ids: Tensor, over: float = 0.0) -> Tensor:
    error = subtract_one_hot(softmax(v), ids)
    return multiply(error, _per(g, over or float(np.count_nonzero(ids.value >= 0))))


softmax_with_loss: Recorded = register(
    "softmax_with_loss",
    _softmax_with_loss,
    (_softmax_with_loss_rule, BLOCKED),
    attributes=True,
    symbol="L",
    formula=r"{out} = -\overline{{\log \mathrm{{softmax}}({a})[{b}]}}",
    gradient_formulas=(r"{g} \odot (\mathrm{{softmax}}({a}) - \mathrm{{onehot}}({b})) / n", "0"),
)


def _entropy(v: Array, d: Array) -> Array:
    """log(1 + exp(v)) − v d, which is −d log σ(v) − (1−d) log(1−σ(v)) without overflow."""
    made: Array = softplus_of(v) - v * d
    return made


def _binary_cross_entropy(v: Array, d: Array, over: float = 0.0) -> Any:
    return _divided(np.sum(_entropy(v, d)), over or v.size)


def _binary_cross_entropy_rule(g: Tensor, out: Tensor, v: Tensor, d: Tensor, over: float = 0.0) -> Tensor:
    return multiply(subtract(sigmoid(v), d), _per(g, over or v.value.size))


binary_cross_entropy: Recorded = register(
    "binary_cross_entropy",
    _binary_cross_entropy,
    (
        _binary_cross_entropy_rule,
        lambda g, out, v, d, over=0.0: multiply(negate(v), _per(g, over or v.value.size)),
    ),
    attributes=True,
    symbol="L",
    formula=r"{out} = -\overline{{{b} \odot \log \sigma({a}) + (1 - {b}) \odot \log (1 - \sigma({a}))}}",
    gradient_formulas=(r"{g} \odot (\sigma({a}) - {b}) / n", r"-{g} \odot {a} / n"),
)


def _masked_binary_cross_entropy(v: Array, d: Array, mask: Array, over: float = 0.0) -> Any:
    entropy = np.where(as_condition(mask, v), _entropy(v, d), np.zeros((), dtype=v.dtype))
    return _divided(np.sum(entropy), _counted(v, mask, over))


def _masked_entropy_rule(g: Tensor, slope: Tensor, v: Tensor, mask: Tensor, over: float) -> Tensor:
    return multiply(keep_where(slope, mask), _per(g, _counted(v.value, mask.value, over)))


masked_binary_cross_entropy: Recorded = register(
    "masked_binary_cross_entropy",
    _masked_binary_cross_entropy,
    (
        lambda g, out, v, d, mask, over=0.0: _masked_entropy_rule(g, subtract(sigmoid(v), d), v, mask, over),
        lambda g, out, v, d, mask, over=0.0: _masked_entropy_rule(g, negate(v), v, mask, over),
        BLOCKED,
    ),
    symbol="L",
    formula=r"{out} = -\overline{{{b} \odot \log \sigma({a}) + (1 - {b}) \odot \log (1 - \sigma({a}))}}",
    gradient_formulas=(
        r"{g} \odot {c} \odot (\sigma({a}) - {b}) / n", r"-{g} \odot {c} \odot {a} / n", "0",
    ),
)
