"""The oracle: the same net in PyTorch, a recursive function over the tree, differentiated by PyTorch."""

from __future__ import annotations

import torch

from tests.oracles.recursive_net.configuration import NOTHING, Configuration, Numbers

_ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda u: u * 1}


class _Traversal:
    """One walk over the nodes; keeps what every node computed."""

    def __init__(self, configuration: Configuration) -> None:
        self.words, self.left, self.right, self.classes = configuration.nodes.tolist()
        self.activation = _ACTIVATIONS[configuration.activation]
        self.weights = {
            name: torch.tensor(value, requires_grad=True) for name, value in configuration.parameters.items()
        }
        self.kept: dict[str, dict[int, torch.Tensor]] = {name: {} for name in ("h", "u", "v", "y", "L")}

    def visit(self, node: int) -> torch.Tensor:
        """The vector of a node, after those of its parts."""
        weights = self.weights
        if self.left[node] == NOTHING:
            h = weights["W_embed"][self.words[node] : self.words[node] + 1] * 1
        else:
            both = torch.cat([self.visit(self.left[node]), self.visit(self.right[node])], dim=1)
            u = both @ weights["W"] + weights.get("b", 0)
            self._keep("u", node, u)
            h = self.activation(u)
        self._keep("h", node, h)
        if self.classes[node] != NOTHING:
            v = h @ weights["W_y"] + weights.get("b_y", 0)
            self._keep("v", node, v)
            self._keep("y", node, torch.softmax(v, dim=1))
            self._keep("L", node, torch.nn.functional.cross_entropy(v, torch.tensor([self.classes[node]])))
        return h

    def _keep(self, name: str, node: int, value: torch.Tensor) -> None:
        value.retain_grad()
        self.kept[name][node] = value


def torch_results(configuration: Configuration) -> dict[str, Numbers]:
    """``loss``; of every node in post-order h, u, v, y, L and the gradients by them; those of all parameters."""
    walk = _Traversal(configuration)
    parts = {*walk.left, *walk.right}
    for root in (node for node in range(len(walk.words)) if node not in parts):
        walk.visit(root)
    loss = torch.stack([walk.kept["L"][node] for node in sorted(walk.kept["L"])]).mean()
    loss.backward()
    results = {"loss": loss.detach().numpy()}
    for name, by_node in walk.kept.items():
        if by_node:
            values = [by_node[node] for node in sorted(by_node)]
            results[name] = torch.stack(values).detach().numpy()
            results[f"grad/{name}"] = torch.stack([_gradient(value) for value in values]).numpy()
    results |= {f"grad/{name}": _gradient(weight).numpy() for name, weight in walk.weights.items()}
    return results


def _gradient(tensor: torch.Tensor) -> torch.Tensor:
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad
