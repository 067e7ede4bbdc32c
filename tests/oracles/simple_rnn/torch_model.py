"""The oracle: the same network in PyTorch, differentiated by PyTorch's own automatic differentiation."""

from __future__ import annotations

from typing import Any

import torch

from tests.oracles.simple_rnn.configurations import Configuration, Numbers

_ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda u: u * 1}


class _SquashedTwice(torch.autograd.Function):
    """The course's output: the derivative of the sigmoid is taken at y, which is a sigmoid already."""

    @staticmethod
    def forward(context: Any, v: torch.Tensor) -> torch.Tensor:
        y = torch.sigmoid(v)
        context.save_for_backward(y)
        return y

    @staticmethod
    def backward(context: Any, *gradients: torch.Tensor) -> torch.Tensor:
        (y,) = context.saved_tensors
        return gradients[0] * (1 - torch.sigmoid(y)) * torch.sigmoid(y)


def torch_results(configuration: Configuration) -> dict[str, Numbers]:
    """Loss, states, outputs and all gradients: ``loss``, ``z``, ``y``, ``grad/<name>``, ``grad_z``, ``grad_u``."""
    settings = configuration.settings
    weights = {name: torch.tensor(value, requires_grad=True) for name, value in configuration.parameters.items()}
    x, d = torch.tensor(configuration.x), torch.tensor(configuration.d)
    activation = _ACTIVATIONS[str(settings["activation"])]
    squash = torch.sigmoid if settings["delta_out"] == "exact" else _SquashedTwice.apply
    truncation = int(settings["truncation"])
    z = torch.zeros((x.shape[1], weights["W"].shape[0]), dtype=torch.float64)
    before: list[torch.Tensor] = []
    states: list[torch.Tensor] = []
    outputs: list[torch.Tensor] = []
    losses: list[torch.Tensor] = []
    for t in range(x.shape[0]):
        if truncation and t and t % truncation == 0:
            z = z.detach()
        u = torch.addmm(weights.get("b", torch.zeros(1, dtype=torch.float64)), x[t], weights["W_in"]) + z @ weights["W"]
        z = activation(u)
        y = squash(z @ weights["W_out"] + weights.get("c", 0))
        losses.append(torch.nn.functional.mse_loss(y, d[t]) / 2)
        u.retain_grad()
        z.retain_grad()
        before.append(u)
        states.append(z)
        outputs.append(y)
    loss = torch.stack(losses).sum()
    loss.backward()
    results = {"loss": loss, "z": torch.stack(states), "y": torch.stack(outputs)}
    results |= {f"grad/{name}": _gradient(weight) for name, weight in weights.items()}
    results["grad_z"] = torch.stack([_gradient(z) for z in states])
    results["grad_u"] = torch.stack([_gradient(u) for u in before])
    return {name: value.detach().numpy() for name, value in results.items()}


def _gradient(tensor: torch.Tensor) -> torch.Tensor:
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad
