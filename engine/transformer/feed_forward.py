"""The position-wise feed-forward network: the same two layers at every position (Vaswani et al. 2017, 3.3)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.dense import affine_parameters
from engine.model import ParameterSpec
from engine.ops.activations import relu
from engine.tensor import Tensor, variable


def feed_forward_parameters(width: int, inner: int) -> tuple[ParameterSpec, ...]:
    """W_1 (d_model, d_ff), b_1, W_2 (d_ff, d_model), b_2."""
    return (*affine_parameters(width, inner, "1"), *affine_parameters(inner, width, "2"))


def feed_forward(x: Tensor, weights: Mapping[str, Tensor]) -> Tensor:
    """FFN(x) = max(0, x W_1 + b_1) W_2 + b_2 of x (N, T, d_model)."""
    u = variable("u", x @ weights["W_1"] + weights["b_1"])
    return variable("o", relu(u) @ weights["W_2"] + weights["b_2"])
