"""What PyTorch computes for a case, in float64, differentiated by PyTorch."""

from __future__ import annotations

import torch
from torch import Tensor

from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.systems.case import Case
from tests.oracles.systems.system import System


def torch_results(system: System, case: Case) -> dict[str, Numbers]:
    """As ``engine_results``."""
    weights = {name: torch.tensor(value, requires_grad=True) for name, value in case.parameters.items()}
    kept: dict[str, list[Tensor]] = {}

    def keep(name: str, tensor: Tensor) -> Tensor:
        tensor.retain_grad()
        kept.setdefault(name, []).append(tensor)
        return tensor

    loss = system.loss(weights, case, keep)
    loss.backward()
    results = {"loss": loss.detach().numpy()}
    for name, tensors in kept.items():
        for number, tensor in enumerate(tensors, start=1):
            results[f"value/{name}/{number}"] = tensor.detach().numpy()
            results[f"gradient/{name}/{number}"] = _gradient(tensor)
    return results | {f"gradient/{name}": _gradient(weight) for name, weight in weights.items()}


def _gradient(tensor: Tensor) -> Numbers:
    return (torch.zeros_like(tensor) if tensor.grad is None else tensor.grad).numpy()
