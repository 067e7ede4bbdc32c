"""The oracle: HRED and VHRED in PyTorch, from the formulas of the papers, for any cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from engine.randomness import generator
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


class _Dialogue:
    """One pass over a batch of dialogues."""

    def __init__(self, weights: Mapping[str, Tensor], case: Case, keep: Keep) -> None:
        self.weights, self.case, self.keep, self.values = weights, case, keep, case.settings
        self.d = torch.tensor(case.targets["d"].copy())
        self.length = len(case.inputs["x"]) - len(self.d)
        self.words = torch.tensor(case.inputs["x"].copy()).reshape(-1, self.length, case.inputs["x"].shape[1])
        self.rows = self.words.shape[2]
        self.known = self.zeros("context")

    def zeros(self, width: str) -> States:
        return zero_states(self.values, self.rows, self.values.integer(width))

    def prefixes(self, place: str) -> list[str]:
        return layer_prefixes(place, 1 if place == "context" else self.values.integer("layers"))

    def step(self, x: Tensor, states: States, prefix: str, place: str) -> States:
        def keep(symbol: str, tensor: Tensor) -> Tensor:
            return self.keep(f"{place} h", tensor) if symbol == "h" else tensor

        return CELLS[self.values.text("cell")](x, states, own_weights(self.weights, prefix), self.values, keep)

    def read(self, words: Tensor) -> Tensor:
        """(L, N) → (N, H)."""
        states = {prefix: self.zeros("hidden") for prefix in self.prefixes("encoder")}
        for ids in words:
            x = embedded(self.weights["W_embed"], ids)
            for prefix, before in states.items():
                after = self.step(x, before, prefix, "encoder")
                states[prefix] = states_where(ids >= 0, after, before)
                x = states[prefix][0]
        return x

    def remember(self, utterance: Tensor) -> Tensor:
        before = self.known if self.values.text("history") == "all" else self.zeros("context")
        self.known = self.step(utterance, before, "context.", "context")
        return self.known[0]

    def say(self, summary: Tensor, number: int) -> list[Tensor]:
        """The logits (N, K) of all words of an utterance."""
        states: dict[str, States] = {}
        for prefix in self.prefixes("decoder"):
            h = torch.addmm(self.weights[f"{prefix}b_ctx"], summary, self.weights[f"{prefix}W_ctx"])
            states[prefix] = (self.keep("h_0", torch.tanh(h)), *self.zeros("hidden")[1:])
        ids, made = torch.full((self.rows,), self.case.sizes["start"]), list[Tensor]()
        for place in range(self.length):
            at = number * self.length + place
            if place:
                ids = torch.where(is_forced(self.case, at), self.d[at - 1], made[-1].argmax(dim=1))
            seen = summary[:, : summary.shape[1] * self.values.switch("peeky")]
            x = torch.cat([embedded(self.weights["W_embed"], ids), seen], dim=1)
            for prefix, before in states.items():
                states[prefix] = self.step(x, before, prefix, "decoder")
                x = states[prefix][0]
            made.append(self.keep("v", x @ self.weights["W_y"] + self.weights.get("b_y", 0)))
            self.keep("y", torch.softmax(made[-1], dim=1))
        return made

    def mean_loss(self, logits: list[Tensor]) -> Tensor:
        return torch.nn.functional.cross_entropy(torch.cat(logits), self.d.reshape(-1), ignore_index=-1)

    def gaussian(self, x: Tensor, prefix: str) -> tuple[Tensor, Tensor]:
        def affine(x: Tensor, name: str) -> Tensor:
            return torch.addmm(self.weights[f"{prefix}b_{name}"], x, self.weights[f"{prefix}W_{name}"])

        o = torch.tanh(affine(x, "o"))
        mu, log_var = affine(o, "mu"), affine(o, "log_var")
        return self.keep("mu", mu), self.keep("log_var", log_var)


def hred_loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """Each utterance is read, taken in, answered."""
    one, logits = _Dialogue(weights, case, keep), list[Tensor]()
    for number, words in enumerate(one.words[:-1]):
        logits += one.say(one.remember(one.read(words)), number)
    return one.mean_loss(logits)


def vhred_loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """As HRED, with z from a posterior that has read the answer too, and its divergence from the prior."""
    one, logits = _Dialogue(weights, case, keep), list[Tensor]()
    shape = (len(one.words) - 1, one.rows, case.settings.integer("latent"))
    eps = torch.tensor(generator(case.settings.integer("seed"), "eps", case.batch.number).standard_normal(shape))
    h, apart = one.read(one.words[0]), torch.zeros((), dtype=torch.float64)
    for number, words in enumerate(one.words[1:]):
        c = one.remember(h)
        h = one.read(words)
        p = torch.distributions.Normal(*_deviating(one.gaussian(c, "prior.")))
        mu, log_var = one.gaussian(torch.cat([c, h], dim=1), "posterior.")
        q = torch.distributions.Normal(*_deviating((mu, log_var)))
        z = keep("z", torch.addcmul(mu, q.stddev, eps[number]))
        there = words[0] >= 0
        apart = apart + torch.distributions.kl_divergence(q, p)[there].sum()
        logits += one.say(torch.cat([c, z], dim=1), number)
    return one.mean_loss(logits) + case.settings.number("kl_weight") * apart / (one.d >= 0).sum()


def _deviating(one: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation."""
    return one[0], torch.sqrt(torch.exp(one[1]))
