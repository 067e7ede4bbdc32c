"""Captioning and question answering over images in PyTorch, from the formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn.functional import conv2d, cross_entropy, max_pool2d, normalize

from engine.settings import Settings
from tests.oracles.recurrent.torch_cells import CELLS, States
from tests.oracles.systems.case import Case
from tests.oracles.systems.torch_steps import (
    embedded,
    is_forced,
    layer_prefixes,
    own_weights,
    states_where,
    zero_states,
)

Weights = Mapping[str, Tensor]
Keep = Callable[[str, Tensor], Tensor]


def _features(weights: Weights, images: Tensor, settings: Settings, keep: Keep) -> Tensor:
    """(N, C, H, W) → (N, features)."""
    depth, side = settings.integer("convolutions"), settings.integer("filter_size") // 2
    for number in range(1, depth + 1):
        prefix = "image." + (f"layer{number}." if depth > 1 else "")
        bias = weights[f"{prefix}b"].reshape(-1) if f"{prefix}b" in weights else None
        images = keep("A", torch.relu(conv2d(images, weights[f"{prefix}K"], bias, padding=side)))
        if settings.integer("pool") > 1:
            images = keep("P", max_pool2d(images, settings.integer("pool")))
    u = images.flatten(1) @ weights["image.W_phi"] + weights.get("image.b_phi", 0)
    return keep("phi", torch.tanh(u))


class _Layers:
    """Cells on top of each other."""

    def __init__(self, weights: Weights, settings: Settings, place: str) -> None:
        self.settings, self.cell = settings, CELLS[settings.text("cell")]
        self.own = [own_weights(weights, prefix) for prefix in layer_prefixes(place, settings.integer("layers"))]

    def zeros(self, rows: int) -> list[States]:
        return [zero_states(self.settings, rows, self.settings.integer("hidden")) for _ in self.own]

    def step(self, x: Tensor, states: list[States]) -> list[States]:
        after = []
        for own, before in zip(self.own, states, strict=True):
            after.append(self.cell(x, before, own, self.settings, lambda _, tensor: tensor))
            x = after[-1][0]
        return after


def captioning_loss(weights: Weights, case: Case, keep: Keep) -> Tensor:
    """The mean cross-entropy of all words that are asked for."""
    settings, layers = case.settings, _Layers(weights, case.settings, "decoder")
    images, asked = torch.tensor(case.inputs["X"][0]), torch.tensor(case.targets["d"])
    phi = _features(weights, images, settings, keep)
    states, into = layers.zeros(len(images)), settings.text("image_into")
    if into != "every step":
        entry = phi @ weights["W_0"] + weights.get("b_0", 0)
        if into == "state":
            states[0] = (torch.tanh(entry), *states[0][1:])
        else:
            states = layers.step(entry, states)
    ids, loss = torch.full((len(images),), case.sizes["start"]), torch.zeros((), dtype=torch.float64)
    count = max(1, int((asked >= 0).sum()))
    for t, target in enumerate(asked):
        x = embedded(weights["decoder.W_embed"], ids)
        states = layers.step(torch.cat([x, phi], dim=1) if into == "every step" else x, states)
        v = keep("v", states[-1][0] @ weights["W_y"] + weights.get("b_y", 0))
        y = keep("y", torch.softmax(v, dim=1))
        there = int((target >= 0).sum())
        step = keep("L", cross_entropy(v, target, ignore_index=-1) if there else v.sum() * 0)
        loss = loss + step * (there / count)
        if t + 1 < len(asked):
            ids = torch.where(is_forced(case, t + 1), target, y.argmax(dim=1))
    return loss


def question_loss(weights: Weights, case: Case, keep: Keep) -> Tensor:
    """The mean cross-entropy of the answers."""
    settings, layers = case.settings, _Layers(weights, case.settings, "question")
    images, words = torch.tensor(case.inputs["X"][0]), torch.tensor(case.inputs["x"])
    phi = _features(weights, images, settings, keep)
    states = layers.zeros(len(images))
    for t, ids in enumerate(words):
        after = layers.step(embedded(weights["question.W_embed"], ids), states)
        if case.mask is not None:
            real = torch.tensor(case.mask[t] > 0)
            after = [states_where(real, *both) for both in zip(after, states, strict=True)]
        states = after
    if settings.switch("normalized"):
        phi = keep("phi_hat", normalize(phi, dim=1))
    p = keep("p", torch.tanh(phi @ weights["W_p"] + weights.get("b_p", 0)))
    ends = torch.cat([one for layer in states for one in layer], dim=1)
    q = keep("q", torch.tanh(ends @ weights["W_q"] + weights.get("b_q", 0)))
    v = keep("v", keep("qp", q * p) @ weights["W_y"] + weights.get("b_y", 0))
    keep("y", torch.softmax(v, dim=1))
    return cross_entropy(v, torch.tensor(case.targets["d"][0]))
