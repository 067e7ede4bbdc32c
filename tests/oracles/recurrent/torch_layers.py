"""PyTorch's own layers — torch.nn.RNN, LSTM, GRU, with packed sequences — in the place of those written out.

Weights are handed over in PyTorch's order and gradients taken back: (i, f, g, o) and (r, z, n), transposed, two biases.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.recurrent.torch_network import Notes, own_weights, places, torch_results

_KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "lstm_merged": nn.LSTM, "gru": nn.GRU}
_LSTM, _GRU, _OURS = "ifgo", "rzn", "fgio"


def can_say(configuration: Configuration) -> bool:
    """Whether PyTorch has this network."""
    values = configuration.settings
    if configuration.model != "recurrent" or values.integer("truncation"):
        return False
    return {
        "rnn": values.text("activation") in ("tanh", "relu"),
        "lstm": values.switch("forget_gate"),
        "lstm_merged": values.switch("forget_gate"),
        "gru": values.text("gru_reset") == "after-product",
    }.get(values.text("cell"), False)


def layer_results(configuration: Configuration) -> dict[str, Numbers]:
    """Loss, outputs, final states and the gradients of all parameters, by PyTorch's own layers."""
    return torch_results(configuration, over=_by_layers)


def _by_layers(configuration: Configuration, notes: Notes, xs: list[Tensor], mask: Tensor | None) -> list[Tensor]:
    values, x = configuration.settings, torch.stack(xs)
    depth, both = values.integer("layers"), values.switch("bidirectional")
    nonlinearity = {"nonlinearity": values.text("activation")} if values.text("cell") == "rnn" else {}
    network = _KINDS[values.text("cell")](
        x.shape[2], values.integer("hidden"), depth, bias=values.switch("bias"), bidirectional=both, dtype=x.dtype,
        **nonlinearity,
    )  # fmt: skip
    for layer, ways in enumerate(places(configuration)):
        for way, prefix in enumerate(ways):
            _hand_over(configuration, own_weights(notes, prefix), network, f"_l{layer}" + "_reverse" * way)
    if mask is None:
        hs, ends = network(x, _first(configuration))
    else:
        packed = nn.utils.rnn.pack_padded_sequence(x, mask.sum(dim=0).long(), enforce_sorted=False)
        packed_hs, ends = network(packed, _first(configuration))
        hs = nn.utils.rnn.pad_packed_sequence(packed_hs, total_length=len(xs))[0]
    by_state = [ends] if isinstance(ends, Tensor) else list(ends)
    states = len(by_state)
    for at, name in enumerate(configuration.state_names):
        notes.final[name] = by_state[at % states][at // states]
    return list(hs)


def _first(configuration: Configuration) -> Tensor | tuple[Tensor, Tensor] | None:
    if not configuration.starts:
        return None
    values = [torch.tensor(configuration.states[name]) for name in configuration.state_names]
    if configuration.settings.text("cell").startswith("lstm"):
        return torch.stack(values[::2]), torch.stack(values[1::2])
    return torch.stack(values)


def _hand_over(configuration: Configuration, weights: dict[str, Tensor], network: nn.Module, suffix: str) -> None:
    """Give PyTorch our weights, as tensors through which the gradient comes back to ours."""
    cell, hidden = configuration.settings.text("cell"), configuration.settings.integer("hidden")
    made = {"weight_ih": _stacked(weights, "W_x", cell), "weight_hh": _stacked(weights, "W_h", cell)}
    if configuration.settings.switch("bias"):
        made["bias_ih"] = _stacked(weights, "b", cell)
        made["bias_hh"] = torch.zeros_like(made["bias_ih"])
        if cell == "gru":
            made["bias_hh"] = torch.cat([made["bias_hh"][: 2 * hidden], weights["b_h_n"][0]])
    for name, tensor in made.items():
        sign = torch.ones_like(tensor)
        if cell == "gru" and configuration.settings.text("gru_update") == "z-takes-new":
            sign[hidden : 2 * hidden] = -1  # 1 − σ(u) = σ(−u)
        delattr(network, name + suffix)  # a parameter would not take a tensor that depends on others
        setattr(network, name + suffix, tensor * sign)


def _stacked(weights: dict[str, Tensor], name: str, cell: str) -> Tensor:
    """The gates below each other, in PyTorch's order; a bias without its row axis."""
    if cell == "rnn":
        parts = [weights[name]]
    elif cell == "lstm_merged":
        columns = dict(zip(_OURS, torch.chunk(weights[name], 4, dim=1), strict=True))
        parts = [columns[gate] for gate in _LSTM]
    else:
        parts = [weights[f"{name}_{gate}"] for gate in (_GRU if cell == "gru" else _LSTM)]
    whole = torch.cat(parts, dim=1)
    return whole[0] if name == "b" else whole.T
