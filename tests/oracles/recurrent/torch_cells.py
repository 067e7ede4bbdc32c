"""One time step of every cell in PyTorch, from the formulas of the lecture and the papers.

Weights are (inputs, outputs), as in the formulas. ``keep(symbol, tensor)`` notes what the formulas name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

States = tuple[Tensor, ...]
Keep = Callable[[str, Tensor], Tensor]
Weights = Mapping[str, Tensor]
Values = Mapping[str, Any]

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "identity": lambda u: u * 1,
}


def _bias(weights: Weights, name: str) -> Tensor | float:
    return weights.get(name, 0.0)


def rnn(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """h = f(x W_x + h W_h + b)."""
    u = torch.cat([x, states[0]], dim=1) @ torch.cat([weights["W_x"], weights["W_h"]])
    if "b" in weights:
        u = keep("A1", u) + weights["b"]
    return (keep("h", ACTIVATIONS[values["activation"]](keep("u", u))),)


def _gate(letter: str, x: Tensor, h: Tensor, weights: Weights, keep: Keep, seen: Tensor | float = 0.0) -> Tensor:
    """σ (tanh for the candidate) of x W_x + h W_h + b, and what a peephole adds."""
    if "W_x" in weights:  # merged: columns in the order of the lecture, which the forget gate may be missing from
        order = "fgio" if weights["W_x"].shape[1] == 4 * h.shape[1] else "gio"
        u = torch.chunk(weights["u"], len(order), dim=1)[order.index(letter)] * 1
    else:
        u = x @ weights[f"W_x_{letter}"] + h @ weights[f"W_h_{letter}"] + _bias(weights, f"b_{letter}") + seen
    u = keep(f"u_{letter}", u)
    return keep(letter, torch.tanh(u) if letter in "gn" else torch.sigmoid(u))


def lstm(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """c = f ⊙ c + i ⊙ g, h = o ⊙ tanh c; without a forget gate f is 1."""
    h, c = states
    g, i = _gate("g", x, h, weights, keep), _gate("i", x, h, weights, keep)
    c = g * i + (_gate("f", x, h, weights, keep) * c if values["forget_gate"] else c)
    c = keep("c", c)
    return keep("h", _gate("o", x, h, weights, keep) * torch.tanh(c)), c


def lstm_merged(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """As ``lstm``, from one product."""
    u = keep("u", x @ weights["W_x"] + states[0] @ weights["W_h"] + _bias(weights, "b"))
    return lstm(x, states, {**weights, "u": u}, values, keep)


def peephole_lstm(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """Gers et al. 2003: f and i see the old cell state, o the new one."""
    h, c = states

    def seen(letter: str, cell: Tensor) -> Tensor:
        w = weights[f"W_c_{letter}"]
        if values["peephole"] == "full":
            return torch.einsum("nj,jk->nk", cell, w)
        return cell * w if values["peephole"] == "hadamard" else cell @ torch.diag(w[0])

    g = _gate("g", x, h, weights, keep, seen("g", c) if values["peephole_candidate"] else 0.0)
    i = _gate("i", x, h, weights, keep, seen("i", c))
    new = g * i + (_gate("f", x, h, weights, keep, seen("f", c)) * c if values["forget_gate"] else c)
    new = keep("c", new)
    return keep("h", _gate("o", x, h, weights, keep, seen("o", new)) * torch.tanh(new)), new


def gru(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """Cho et al. 2014 and its variants."""
    (h,) = states
    r, z = _gate("r", x, h, weights, keep), _gate("z", x, h, weights, keep)
    if values["gru_reset"] == "before-product":
        old = (r * h) @ weights["W_h_n"]
    else:
        old = r * (h @ weights["W_h_n"] + _bias(weights, "b_h_n"))
    n = keep("n", torch.tanh(keep("u_n", x @ weights["W_x_n"] + old + _bias(weights, "b_n"))))
    share = z if values["gru_update"] == "z-takes-new" else 1 - z
    return (keep("h", torch.lerp(h, n, share)),)


def leaky(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """A moving average with the time constant τ."""
    (h,) = states
    u = keep("u", x @ weights["W_x"] + h @ weights["W_h"] + _bias(weights, "b"))
    n = keep("n", ACTIVATIONS[values["activation"]](u))
    return (keep("h", h + (n - h) / values["tau"]),)


def skip_rnn(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """h^t depends on h^(t−1) and h^(t−k)."""
    u = x @ weights["W_x"] + states[0] @ weights["W_h"] + states[values["skip"] - 1] @ weights["W_skip"]
    h = keep("h", ACTIVATIONS[values["activation"]](keep("u", u + _bias(weights, "b"))))
    return (h, *states[:-1])


def cec(x: Tensor, states: States, weights: Weights, values: Values, keep: Keep) -> States:
    """c = a + c."""
    a = keep("a", ACTIVATIONS[values["activation"]](keep("u", x @ weights["W_x"] + _bias(weights, "b"))))
    return (keep("c", a + states[0]),)


CELLS = {
    "rnn": rnn, "lstm": lstm, "lstm_merged": lstm_merged, "peephole_lstm": peephole_lstm, "gru": gru, "leaky": leaky,
    "skip_rnn": skip_rnn, "cec": cec,
}  # fmt: skip
