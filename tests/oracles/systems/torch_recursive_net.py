"""The oracle: the same net in PyTorch, a recursive function over the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from tests.oracles.recurrent.torch_cells import ACTIVATIONS
from tests.oracles.systems.case import Case

if TYPE_CHECKING:
    from tests.oracles.systems.system import Keep

_NOTHING = -1


class _Traversal:
    """One walk over the nodes."""

    def __init__(self, weights: Mapping[str, Tensor], case: Case, keep: Keep) -> None:
        self.words, self.left, self.right = (case.inputs[name][:, 0].tolist() for name in ("x", "left", "right"))
        self.classes = case.targets["d"][:, 0].tolist()
        self.activation = ACTIVATIONS[case.settings.text("activation")]
        self.weights, self.keep = weights, keep
        self.losses: list[Tensor] = []

    def visit(self, node: int) -> Tensor:
        """The vector of a node, after those of its parts."""
        weights = self.weights
        if self.left[node] == _NOTHING:
            h = weights["W_embed"][self.words[node] : self.words[node] + 1] * 1
        else:
            both = torch.cat([self.visit(self.left[node]), self.visit(self.right[node])], dim=1)
            h = self.activation(self.keep("u", both @ weights["W"] + weights.get("b", 0)))
        h = self.keep("h", h)
        if self.classes[node] != _NOTHING:
            v = self.keep("v", h @ weights["W_y"] + weights.get("b_y", 0))
            self.keep("y", torch.softmax(v, dim=1))
            loss = torch.nn.functional.cross_entropy(v, torch.tensor([self.classes[node]]))
            self.losses.append(self.keep("L", loss))
        return h


def recursive_loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """The mean of the losses of all nodes with a class, tree after tree."""
    walk = _Traversal(weights, case, keep)
    parts = {*walk.left, *walk.right}
    for root in (node for node in range(len(walk.words)) if node not in parts):
        walk.visit(root)
    return torch.stack(walk.losses).mean()
