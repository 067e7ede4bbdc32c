"""The read-out: from the top layer's hidden state to an answer and its loss."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.dense import affine_parameters
from engine.model import ParameterSpec
from engine.ops.activations import sigmoid
from engine.ops.arithmetic import scale, total
from engine.ops.losses import (
    binary_cross_entropy,
    masked_binary_cross_entropy,
    masked_squared_error,
    softmax_with_loss,
    squared_error,
)
from engine.ops.probabilities import softmax
from engine.scope import part
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.tensor import Array, Tensor, loss, output, variable


def readout_parameters(hidden: int, sizes: Sizes, bias: bool, prefix: str = "") -> tuple[ParameterSpec, ...]:
    """W_y (H, K) and, with biases, b_y (1, K)."""
    return affine_parameters(hidden, sizes.outputs, "y", prefix, bias=bias)


def answer(h: Tensor, parameters: Mapping[str, Tensor], kind: Answer, prefix: str = "") -> tuple[Tensor, Tensor]:
    """Record v = h W_y + b_y and y: σ(v), v itself or softmax(v); returns both."""
    W_y, b_y = parameters[f"{prefix}W_y"], parameters.get(f"{prefix}b_y")
    with part("output"):
        v = h @ W_y
        if b_y is not None:
            v = v + b_y
        if kind is Answer.VALUES:
            return v, output("y", v)
        variable("v", v)
        return v, output("y", softmax(v) if kind is Answer.CLASSES else sigmoid(v))


def answer_loss(tape: Tape, v: Tensor, y: Tensor, target: Array, kind: Answer, mask: Tensor | None = None) -> Tensor:
    """Record the target d and the loss L of one time step, the mean over the batch.

    Args:
        target: (N, K), or the ids (N,) of classes, -1 where nothing is asked.
        mask: (N, 1), 0 where a sequence is padding, which then adds nothing.
    """
    d = tape.target("d", target)
    with part("loss"):
        if kind is Answer.CLASSES:
            return loss("L", softmax_with_loss(v, d))
        if kind is Answer.MARKS:
            return loss("L", binary_cross_entropy(v, d) if mask is None else masked_binary_cross_entropy(v, d, mask))
        return loss("L", squared_error(y, d) if mask is None else masked_squared_error(y, d, mask))


def whole_loss(losses: list[Tensor], kind: Answer, weights: list[float]) -> Tensor:
    """Record E out of the losses of all time steps.

    Bits are summed, as exercise 3_1 has it; else E is the mean, in which a time step counts as ``weights`` say: the
    number of real answers in it.
    """
    with part("loss"):
        if kind is Answer.BITS or len(losses) == 1:
            return loss("E", total(*losses))
        whole = sum(weights) or 1.0
        if len(set(weights)) == 1:
            return loss("E", scale(total(*losses), factor=weights[0] / whole))
        weighted = [scale(one, factor=weight / whole) for one, weight in zip(losses, weights, strict=True)]
        return loss("E", total(*weighted))


def answers_by_step(batch: Batch, kind: Answer) -> list[float]:
    """How many real answers each time step has: the weights of ``whole_loss``."""
    (targets,) = batch.targets.values()
    if kind is Answer.CLASSES:
        return [float(np.count_nonzero(target >= 0)) for target in targets]
    if batch.mask is not None:
        return [float(np.count_nonzero(row)) for row in batch.mask]
    return [1.0] * batch.length
