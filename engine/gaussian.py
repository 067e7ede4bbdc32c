"""Diagonal Gaussians: their parameters out of a network, reparameterised draws, and the divergence of two of them.

Kingma & Welling 2013 (arXiv 1312.6114), reparameterisation: z = μ + σ ⊙ ε with ε ~ N(0, 1), σ = exp(log σ² / 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dense import affine, affine_parameters
from engine.model import ParameterSpec
from engine.ops.activations import tanh
from engine.ops.arithmetic import add, divide, exp, multiply, scale, shift, square, subtract
from engine.ops.reductions import sum_axis
from engine.tensor import Tensor, variable


@dataclass(frozen=True, slots=True)
class Gaussian:
    """One for each row.

    Attributes:
        mu: means, (N, Z).
        log_var: logarithms of the variances, (N, Z).
    """

    mu: Tensor
    log_var: Tensor


def gaussian_parameters(inputs: int, hidden: int, width: int, prefix: str) -> tuple[ParameterSpec, ...]:
    """W_o, b_o of a hidden layer; W_mu, b_mu and W_log_var, b_log_var, each (H, Z) and (1, Z)."""
    return (
        *affine_parameters(inputs, hidden, "o", prefix),
        *affine_parameters(hidden, width, "mu", prefix),
        *affine_parameters(hidden, width, "log_var", prefix),
    )


def gaussian(x: Tensor, parameters: Mapping[str, Tensor], prefix: str) -> Gaussian:
    """Record o = tanh(x W_o + b_o), mu = o W_mu + b_mu, log_var = o W_log_var + b_log_var."""
    o = variable("o", tanh(affine(x, parameters, "o", prefix)))
    mu = variable("mu", affine(o, parameters, "mu", prefix))
    return Gaussian(mu, variable("log_var", affine(o, parameters, "log_var", prefix)))


def drawn(one: Gaussian, eps: Tensor) -> Tensor:
    """Record sigma and z = mu + sigma ⊙ eps, (N, Z)."""
    sigma = variable("sigma", exp(scale(one.log_var, factor=0.5)))
    return variable("z", add(one.mu, multiply(sigma, eps)))


def divergence(q: Gaussian, p: Gaussian) -> Tensor:
    """Record KL(q ‖ p) of every row, (N, 1): Σ ½ (log σp² − log σq² + (σq² + (μq − μp)²) / σp² − 1)."""
    spread = add(exp(q.log_var), square(subtract(q.mu, p.mu)))
    ratio = divide(spread, exp(p.log_var))
    by_unit = shift(add(subtract(p.log_var, q.log_var), ratio), by=-1.0)
    return scale(sum_axis(by_unit), factor=0.5)
