"""Both autoencoders written by hand in PyTorch, the divergence by torch.distributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.distributions import Normal, kl_divergence

from tests.oracles.systems.case import Case

if TYPE_CHECKING:
    from tests.oracles.systems.system import Keep

_ACTIVATIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "identity": lambda u: u.clone()}


def torch_loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """E of the case's images."""
    settings = case.settings
    x = torch.tensor(case.inputs["x"][0])

    def layers(h: Tensor, place: str) -> Tensor:
        depth = settings.integer("layers")
        for number in range(1, depth + 1):
            prefix = f"{place}.layer{number}." if depth > 1 else f"{place}."
            u = h @ weights[f"{prefix}W"] + weights[f"{prefix}b"]
            h = keep(f"{place} h", _ACTIVATIONS[settings.text("activation")](u))
        return h

    def head(h: Tensor, name: str) -> Tensor:
        return keep(name, h @ weights[f"W_{name}"] + weights[f"b_{name}"])

    h, divergence = layers(x, "encoder"), None
    if case.model == "autoencoder":
        z = head(h, "z")
    else:
        mu, log_var = head(h, "mu"), head(h, "log_var")
        sigma = keep("sigma", torch.exp(0.5 * log_var))
        z = keep("z", mu + sigma * torch.tensor(case.about["eps"]))
        divergence = -0.5 * (1 + log_var - mu**2 - sigma**2).sum() / len(x)
        _check_divergence(divergence, mu, log_var)
    v = layers(z, "decoder") @ weights["W_y"] + weights["b_y"]
    v = keep("v", v)
    y = keep("y", torch.sigmoid(v))
    if settings.text("reconstruction") == "squared-error":
        whole = 0.5 * ((y - x) ** 2).sum() / len(x)
    else:
        whole = nn.functional.binary_cross_entropy_with_logits(v, x, reduction="sum") / len(x)
    whole = keep("L_rec", whole)
    if divergence is None:
        return whole
    return whole + settings.number("beta") * keep("L_KL", divergence)


def _check_divergence(divergence: Tensor, mu: Tensor, log_var: Tensor) -> None:
    told = kl_divergence(Normal(mu, torch.exp(0.5 * log_var)), Normal(torch.zeros_like(mu), torch.ones_like(mu)))
    torch.testing.assert_close(divergence, told.sum() / len(mu), rtol=1e-11, atol=1e-12)
