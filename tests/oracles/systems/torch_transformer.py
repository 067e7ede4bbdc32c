"""The Transformer in PyTorch, from the formulas: one head after the other, whole answers so far at every step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, layer_norm

from tests.oracles.systems.case import Case
from tests.oracles.systems.transformer import INSIDE

Weights = Mapping[str, Tensor]
Keep = Callable[[str, Tensor], Tensor]


def positions(length: int, width: int) -> Tensor:
    """(length, width), number by number."""
    rows = []
    for pos in range(length):
        row = []
        for column in range(width):
            angle = pos / 10000 ** ((column - column % 2) / width)
            row.append(math.cos(angle) if column % 2 else math.sin(angle))
        rows.append(row)
    return torch.tensor(rows, dtype=torch.float64)


class ByHand:
    """The whole model; those who replace parts of it by PyTorch's modules derive from it."""

    def __init__(self, weights: Weights, case: Case, keep: Keep) -> None:
        self.weights, self.case, self.settings = weights, case, case.settings
        self.keep = keep
        self.heads, self.width = self.settings.integer("heads"), self.settings.integer("width")
        self.before = self.settings.text("layer_norm") == "before"
        self.depth = self.settings.integer("layers")
        self.padding = None if case.mask is None else torch.tensor(case.mask.T == 0)
        self.d = torch.tensor(case.targets["d"].T.copy())

    def loss(self) -> Tensor:
        """The mean cross-entropy of all answers that are asked for."""
        memory = self.encoded(self.embedded("encoder", torch.tensor(self.case.inputs["x"].T.copy())))
        v = self.with_teacher(memory) if self.settings.text("teacher_forcing") == "on" else self.free(memory)
        if not (self.d >= 0).any():
            return v.sum() * 0
        return cross_entropy(v.flatten(0, 1), self.d.flatten(), ignore_index=-1)

    def start(self) -> Tensor:
        return torch.full((len(self.d), 1), self.case.task_sizes.start)

    def with_teacher(self, memory: Tensor) -> Tensor:
        """(N, T', K)."""
        v = self.keep("v", self.read_out(self.decoded(torch.cat([self.start(), self.d[:, :-1]], dim=1), memory)))
        self.keep("y", torch.softmax(v, dim=-1))
        return v

    def free(self, memory: Tensor) -> Tensor:
        """(N, T', K), each step computed from the beginning."""
        ids, vs = self.start(), []
        for _ in range(self.d.shape[1]):
            v = self.keep("v", self.read_out(self.decoded(ids, memory)[:, -1]))
            y = self.keep("y", torch.softmax(v, dim=-1))
            ids = torch.cat([ids, y.argmax(dim=-1, keepdim=True)], dim=1)
            vs.append(v)
        return torch.stack(vs, dim=1)

    def read_out(self, h: Tensor) -> Tensor:
        return h @ self.weights["W_y"] + self.weights["b_y"]

    def embedded(self, stack: str, ids: Tensor) -> Tensor:
        table = self.weights[f"{stack}.W_embed"]
        e = torch.cat([table, torch.zeros(1, self.width, dtype=torch.float64)])[ids]
        return self.keep(INSIDE, e * math.sqrt(self.width) + positions(ids.shape[1], self.width))

    def encoded(self, h: Tensor) -> Tensor:
        """All layers of the encoder over (N, T, d_model)."""
        for number in range(1, self.depth + 1):
            place = f"encoder.layer{number}."
            h = self.part(h, f"{place}self.", lambda x, own: self.attend(x, x, own, self.padding))
            h = self.part(h, f"{place}ffn.", self.feed_forward)
        return self.ended("encoder", h)

    def decoded(self, ids: Tensor, memory: Tensor) -> Tensor:
        """All layers of the decoder over ids (N, T')."""
        h, future = self.embedded("decoder", ids), self.future(ids.shape[1])
        for number in range(1, self.depth + 1):
            place = f"decoder.layer{number}."
            h = self.part(h, f"{place}self.", lambda x, own: self.attend(x, x, own, None, future))
            h = self.part(
                h, f"{place}source.", lambda x, own: self.attend(x, memory, own, self.padding)
            )
            h = self.part(h, f"{place}ffn.", self.feed_forward)
        return self.ended("decoder", h)

    @staticmethod
    def future(length: int) -> Tensor:
        return torch.ones(length, length, dtype=torch.bool).triu(1)

    def ended(self, stack: str, h: Tensor) -> Tensor:
        return self.keep(INSIDE, self.normalized(h, f"{stack}.norm.")) if self.before else h

    def normalized(self, x: Tensor, place: str) -> Tensor:
        gain, bias = self.weights[f"{place}gamma"][0], self.weights[f"{place}beta"][0]
        return layer_norm(x, (self.width,), gain, bias, eps=1e-5)

    def part(self, h: Tensor, place: str, inner: Callable[[Tensor, str], Tensor]) -> Tensor:
        """A part of a layer with its residual connection; the last one's h is the layer's."""
        name = "h" if place.endswith("ffn.") else INSIDE
        if self.before:
            return self.keep(name, h + inner(self.normalized(h, place), place))
        return self.keep(name, self.normalized(h + inner(h, place), place))

    def feed_forward(self, x: Tensor, own: str) -> Tensor:
        u = x @ self.weights[f"{own}W_1"] + self.weights[f"{own}b_1"]
        return self.keep("o", torch.relu(u) @ self.weights[f"{own}W_2"] + self.weights[f"{own}b_2"])

    def attend(
        self, x: Tensor, memory: Tensor, own: str, padding: Tensor | None, future: Tensor | None = None
    ) -> Tensor:
        """Head by head."""
        Q, K, V = (
            torch.stack(self.projected(source, own, name), dim=1)
            for name, source in (("Q", x), ("K", memory), ("V", memory))
        )
        Q, K = self.keep("Q", Q), self.keep("K", K)
        s = torch.stack([Q[:, i] @ K[:, i].mT / math.sqrt(Q.shape[-1]) for i in range(self.heads)], dim=1)
        if padding is not None:
            s = torch.where(padding[:, None, None, :], -torch.inf, s)
        if future is not None:
            s = torch.where(future, -torch.inf, s)
        a = self.keep("a", torch.softmax(s, dim=-1))
        ctx = self.keep("ctx", torch.einsum("nhts,nhsd->nhtd", a, V))
        W_O, b_O = self.weights[f"{own}W_O"], self.weights.get(f"{own}b_O", 0)
        return self.keep("o", torch.cat([ctx[:, i] for i in range(self.heads)], dim=-1) @ W_O + b_O)

    def projected(self, x: Tensor, own: str, name: str) -> list[Tensor]:
        """x W_i + b_i of every head."""
        W, b = self.weights[f"{own}W_{name}"], self.weights.get(f"{own}b_{name}")
        size = self.width // self.heads
        parts = [slice(i * size, (i + 1) * size) for i in range(self.heads)]
        return [x @ W[:, one] + (0 if b is None else b[:, one]) for one in parts]
