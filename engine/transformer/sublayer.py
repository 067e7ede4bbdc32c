"""The frame of every part of a layer: a residual connection and a layer normalisation (Ba, Kiros & Hinton 2016)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.model import ParameterSpec
from engine.ops.reductions import normalize
from engine.scope import part
from engine.tensor import Tensor, variable

AFTER, BEFORE = "after", "before"
NORM_PLACES = (AFTER, BEFORE)


def norm_parameters(width: int) -> tuple[ParameterSpec, ...]:
    """Gain γ, which starts at 1, and bias β, (1, d_model)."""
    return ParameterSpec("gamma", (1, width), 0, offset=1.0), ParameterSpec("beta", (1, width), 0)


def layer_norm(x: Tensor, weights: Mapping[str, Tensor]) -> Tensor:
    """LayerNorm(x) = γ ⊙ (x − μ) / √(σ² + ε) + β, with mean and variance over the last axis of x (N, T, d_model)."""
    normalized: Tensor = variable("x_norm", normalize(x, axis=-1)) * weights["gamma"] + weights["beta"]
    return normalized


def with_residual(x: Tensor, inner: Callable[[Tensor], Tensor], weights: Mapping[str, Tensor], norm: str) -> Tensor:
    """LayerNorm(x + inner(x)), as in the paper; with the norm ``before``: x + inner(LayerNorm(x))."""
    if norm == AFTER:
        o = inner(x)
        with part("add and norm"):
            return variable("h", layer_norm(variable("r", x + o), weights))
    with part("norm"):
        n = variable("n", layer_norm(x, weights))
    o = inner(n)
    with part("add"):
        return variable("h", x + o)
