"""The oracle: encoder, decoder and attention in PyTorch, from the formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor

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

if TYPE_CHECKING:
    from tests.oracles.systems.system import Keep


class _Network:
    """One pass."""

    def __init__(self, weights: Mapping[str, Tensor], case: Case, keep: Keep) -> None:
        self.weights, self.case, self.keep, self.values = weights, case, keep, case.settings
        self.cell = CELLS[self.values.text("cell")]
        self.x, self.d = torch.tensor(case.inputs["x"]), torch.tensor(case.targets["d"])
        self.real = None if case.mask is None else torch.tensor(case.mask > 0)

    def prefixes(self, place: str, way: str = "") -> list[str]:
        return layer_prefixes(place, self.values.integer("layers"), way)

    def step(self, x: Tensor, states: States, prefix: str) -> States:
        own = own_weights(self.weights, prefix)
        return self.cell(x, states, own, self.values, lambda _, tensor: tensor)

    def one_way(self, xs: list[Tensor], prefix: str, back: bool) -> tuple[list[Tensor], States]:
        """What a layer passes on, by time, and how it ends."""
        states, passed = zero_states(self.values, self.x.shape[1], self.values.integer("hidden")), dict[int, Tensor]()
        for t in reversed(range(len(xs))) if back else range(len(xs)):
            after = self.step(xs[t], states, prefix)
            states = after if self.real is None else states_where(self.real[t], after, states)
            passed[t] = states[0]
        return [passed[t] for t in range(len(xs))], states

    def encoded(self) -> tuple[list[Tensor], list[States]]:
        """What the encoder passes on, and the states of every layer at its end."""
        xs = list(embedded(self.weights["encoder.W_embed"], self.x))
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
        kind, weights = self.values.text("attention"), own_weights(self.weights, "attention.")
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
        if self.real is not None:
            scores = torch.where(self.real.T, scores, torch.tensor(-torch.inf, dtype=torch.float64))
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
        ids, vs = torch.full((self.x.shape[1],), self.case.sizes["start"]), list[Tensor]()
        before_the_cell = hs is not None and self.values.text("context_into") == "cell"
        for t, target in enumerate(self.d):
            # What stands beside the symbol, and then beside the state: the context, asked for by either, and the peek.
            peeked = [peek] if self.values.switch("peeky") else []
            found = [self.context(states[-1][0], hs)] if before_the_cell else []
            e = embedded(self.weights["decoder.W_embed"], ids)
            states, x = self.decoded(torch.cat([e, *found, *peeked], dim=1), states)
            if hs is not None and not before_the_cell:
                found = [self.context(x, hs)]
            parts = [x, *found, *peeked]
            v = self.keep("v", torch.cat(parts, dim=1) @ self.weights["W_y"] + self.weights.get("b_y", 0))
            vs.append(v)
            y = self.keep("y", torch.softmax(v, dim=1))
            if t + 1 < len(self.d):
                ids = torch.where(is_forced(self.case, t + 1), target, y.argmax(dim=1))
        every, asked = torch.cat(vs), self.d.reshape(-1)
        if not (asked >= 0).any():
            return every.sum() * 0
        return torch.nn.functional.cross_entropy(every, asked, ignore_index=-1)

    def decoded(self, x: Tensor, states: list[States]) -> tuple[list[States], Tensor]:
        after = []
        for prefix, before in zip(self.prefixes("decoder"), states, strict=True):
            after.append(self.step(x, before, prefix))
            x = after[-1][0]
        return after, x


def seq2seq_loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """The loss of a case."""
    return _Network(weights, case, keep).loss()
