"""The oracle: encoder, decoder and attention in PyTorch, from the formulas, differentiated by PyTorch."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.recurrent.torch_cells import CELLS, States
from tests.oracles.seq2seq.configuration import Configuration


def torch_results(configuration: Configuration) -> dict[str, Numbers]:
    """``loss``; ``value/…`` and ``gradient/…`` of hs, and (T', N, …) of a, ctx, v, y; ``gradient/<parameter>``."""
    network = _Network(configuration)
    loss = network.loss()
    loss.backward()
    results = {"loss": loss.detach().numpy()}
    for name, tensors in network.kept.items():
        results[f"value/{name}"] = torch.stack(tensors).detach().numpy()
        results[f"gradient/{name}"] = torch.stack([_gradient(one) for one in tensors]).numpy()
    return results | {f"gradient/{name}": _gradient(weight).numpy() for name, weight in network.weights.items()}


def _gradient(tensor: Tensor) -> Tensor:
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


class _Network:
    """One pass; keeps what is compared."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration, self.values = configuration, configuration.settings
        self.cell = CELLS[self.values.text("cell")]
        self.weights = {
            name: torch.tensor(value, requires_grad=True) for name, value in configuration.parameters.items()
        }
        self.kept: dict[str, list[Tensor]] = {}

    def keep(self, name: str, tensor: Tensor) -> Tensor:
        if tensor.requires_grad:
            tensor.retain_grad()
        self.kept.setdefault(name, []).append(tensor)
        return tensor

    def embedded(self, place: str, ids: Tensor) -> Tensor:
        """Rows of the table, zeros where there is no id."""
        table = torch.cat([self.weights[f"{place}.W_embed"], torch.zeros(1, self.values.integer("embedding"))])
        return table[ids]

    def own(self, prefix: str) -> dict[str, Tensor]:
        return {
            name.removeprefix(prefix): one
            for name, one in self.weights.items()
            if name.startswith(prefix) and "." not in name.removeprefix(prefix)
        }

    def prefixes(self, place: str, way: str = "") -> Iterator[str]:
        layers = self.values.integer("layers")
        for number in range(1, layers + 1):
            yield f"{place}." + (f"layer{number}." if layers > 1 else "") + way

    def step(self, x: Tensor, states: States, prefix: str) -> States:
        def keep(symbol: str, tensor: Tensor) -> Tensor:
            return tensor

        return self.cell(x, states, self.own(prefix), self.values, keep)

    def zeros(self, width: int) -> States:
        count = {"lstm": 2, "lstm_merged": 2, "peephole_lstm": 2, "skip_rnn": self.values.integer("skip")}
        return (torch.zeros(self.configuration.batch, width, dtype=torch.float64),) * count.get(
            self.values.text("cell"), 1
        )

    def one_way(self, xs: list[Tensor], prefix: str, back: bool) -> tuple[list[Tensor], States]:
        """What a layer passes on, by time, and how it ends."""
        mask = self.configuration.mask
        states, passed = self.zeros(self.values.integer("hidden")), dict[int, Tensor]()
        for t in reversed(range(len(xs))) if back else range(len(xs)):
            after = self.step(xs[t], states, prefix)
            if mask is not None:
                there = torch.tensor(mask[t].copy()).bool()[:, None]
                after = tuple(torch.where(there, new, old) for new, old in zip(after, states, strict=True))
            states, passed[t] = after, after[0]
        return [passed[t] for t in range(len(xs))], states

    def encoded(self) -> tuple[list[Tensor], list[States]]:
        """What the encoder passes on, and the states of every layer at its end."""
        xs = list(self.embedded("encoder", torch.tensor(self.configuration.x)))
        ends: list[States] = []
        if not self.values.switch("bidirectional"):
            for prefix in self.prefixes("encoder"):
                xs, end = self.one_way(xs, prefix, back=False)
                ends.append(end)
            return xs, ends
        on, back = self.prefixes("encoder", "forward."), self.prefixes("encoder", "backward.")
        for forward, backward in zip(on, back, strict=True):
            there, one = self.one_way(xs, forward, back=False)
            again, other = self.one_way(xs, backward, back=True)
            xs = [torch.cat(both, dim=1) for both in zip(there, again, strict=True)]
            ends.append(tuple(torch.cat(both, dim=1) for both in zip(one, other, strict=True)))
        return xs, ends

    def scores(self, h: Tensor, hs: Tensor) -> Tensor:
        """(N, T)."""
        kind, weights = self.values.text("attention"), self.own("attention.")
        if kind == "general":
            return torch.einsum("nh,he,nte->nt", h, weights["W_a"], hs)
        if kind == "additive":
            both = torch.cat([h[:, None, :].expand(-1, hs.shape[1], -1), hs], dim=2)
            hidden = torch.tanh(both @ torch.cat([weights["W_a"], weights["U_a"]]))
            return (hidden * weights["v_a"][:, 0]).sum(dim=2)
        scores = (h[:, None, :] * hs).sum(dim=2)
        return scores / torch.tensor(hs.shape[2]).double().sqrt() if kind == "scaled dot" else scores

    def context(self, h: Tensor, hs: Tensor) -> Tensor:
        scores = self.scores(h, hs)
        if self.configuration.mask is not None:
            real = torch.tensor(self.configuration.mask.T.copy()).bool()
            scores = torch.where(real, scores, torch.tensor(-torch.inf, dtype=torch.float64))
        a = self.keep("a", torch.softmax(scores, dim=1))
        return self.keep("ctx", torch.einsum("nt,nte->ne", a, hs))

    def loss(self) -> Tensor:
        """The mean cross-entropy over all answers that are asked for."""
        passed, states = self.encoded()
        peek = states[-1][0]
        attends = self.values.text("attention") != "none"
        hs = self.keep("hs", torch.stack(passed, dim=1)) if attends else None
        if self.values.text("thought") == "hidden":
            states = [(one[0], *(torch.zeros_like(rest) for rest in one[1:])) for one in states]
        d = torch.tensor(self.configuration.d)
        ids = torch.full((self.configuration.batch,), self.configuration.sizes.start)
        vs = []
        before_the_cell = hs is not None and self.values.text("context_into") == "cell"
        for t, target in enumerate(d):
            # What stands beside the symbol, and then beside the state: the context, asked for by either, and the peek.
            peeked = [peek] if self.values.switch("peeky") else []
            found = [self.context(states[-1][0], hs)] if before_the_cell else []
            states, x = self.decoded(torch.cat([self.embedded("decoder", ids), *found, *peeked], dim=1), states)
            if hs is not None and not before_the_cell:
                found = [self.context(x, hs)]
            parts = [x, *found, *peeked]
            v = self.keep("v", torch.cat(parts, dim=1) @ self.weights["W_y"] + self.weights.get("b_y", 0))
            vs.append(v)
            y = self.keep("y", torch.softmax(v, dim=1))
            if t + 1 < len(d):
                ids = torch.where(torch.tensor(self.configuration.forced[t + 1]), target, y.argmax(dim=1))
        every, asked = torch.cat(vs), d.reshape(-1)
        if not (asked >= 0).any():
            return every.sum() * 0
        return torch.nn.functional.cross_entropy(every, asked, ignore_index=-1)

    def decoded(self, x: Tensor, states: list[States]) -> tuple[list[States], Tensor]:
        after = []
        for prefix, before in zip(self.prefixes("decoder"), states, strict=True):
            after.append(self.step(x, before, prefix))
            x = after[-1][0]
        return after, x
