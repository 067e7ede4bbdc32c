"""The whole network in PyTorch: embedding, layers over time, read-out, loss; differentiated by PyTorch.

The layers are given as a function, so that PyTorch's own can take the place of those written out here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.engine_results import arranged
from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.recurrent.torch_cells import CELLS, States


@dataclass
class Notes:
    """What is to be compared.

    Attributes:
        weights: the parameters, leaves.
        named: name → time step → tensor.
        final: states after the last time step, by name.
    """

    weights: dict[str, Tensor]
    named: dict[str, dict[int, Tensor]] = field(default_factory=dict)
    final: dict[str, Tensor] = field(default_factory=dict)

    def keep(self, name: str, time: int, tensor: Tensor) -> Tensor:
        """Note a tensor, its gradient included."""
        if tensor.requires_grad:
            tensor.retain_grad()
        self.named.setdefault(name, {})[time] = tensor
        return tensor


Over = Callable[[Configuration, Notes, list[Tensor], Tensor | None], list[Tensor]]
"""(configuration, notes, inputs by time step, mask) → what the top layer passes on, by time step."""


def torch_results(configuration: Configuration, over: Over | None = None) -> dict[str, Numbers]:
    """Results by name, named as ``engine_results`` names them."""
    notes = Notes({name: torch.tensor(value, requires_grad=True) for name, value in configuration.parameters.items()})
    mask = None if configuration.mask is None else torch.tensor(configuration.mask)
    if configuration.model == "vector_to_sequence":
        loss = _fed_back(configuration, notes, mask)
    else:
        hs = (over or written_out)(configuration, notes, _inputs(configuration, notes), mask)
        loss = _loss(configuration, notes, hs, mask)
    loss.backward()
    results = {"loss": loss.detach().numpy()}
    for name, by_time in notes.named.items():
        tensors = [by_time[time] for time in sorted(by_time)]
        results[f"value/{name}"] = torch.stack(tensors).detach().numpy()
        results[f"gradient/{name}"] = torch.stack([_gradient(tensor) for tensor in tensors]).numpy()
    results |= {f"gradient/{name}": _gradient(weight).numpy() for name, weight in notes.weights.items()}
    results |= {f"final/{name}": tensor.detach().numpy() for name, tensor in notes.final.items()}
    return arranged(results, configuration)


def _gradient(tensor: Tensor) -> Tensor:
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def _inputs(configuration: Configuration, notes: Notes) -> list[Tensor]:
    x = torch.tensor(configuration.x)
    if configuration.vocabulary:
        return [notes.keep("e", t, notes.weights["W_embed"][ids]) for t, ids in enumerate(x)]
    return list(x)


def own_weights(notes: Notes, prefix: str) -> dict[str, Tensor]:
    """The parameters of one layer under the names of its cell."""
    return {
        name.removeprefix(prefix): weight
        for name, weight in notes.weights.items()
        if name.startswith(prefix) and "." not in name.removeprefix(prefix)
    }


def places(configuration: Configuration) -> list[list[str]]:
    """Layer by layer, the prefix of each direction."""
    values = configuration.settings
    layers = [f"layer{number}." for number in range(1, values.integer("layers") + 1)]
    ways = ["forward.", "backward."] if values.get("bidirectional") else [""]
    return [[layer + way for way in ways] for layer in (layers if len(layers) > 1 else [""])]


def first_states(configuration: Configuration, prefix: str) -> States:
    """The initial states of one layer and direction."""
    zeros = torch.zeros((configuration.batch, configuration.settings.integer("hidden")), dtype=torch.float64)
    names = [name for name in configuration.state_names if name.startswith(prefix)]
    return tuple(torch.tensor(configuration.states[name]) if configuration.starts else zeros for name in names)


def _step(
    configuration: Configuration, notes: Notes, prefix: str, time: int, x: Tensor, states: States, mask: Tensor | None
) -> States:
    def keep(symbol: str, tensor: Tensor) -> Tensor:
        return notes.keep(prefix + symbol, time, tensor)

    step, values = CELLS[configuration.settings.text("cell")], configuration.settings
    after = step(x, states, own_weights(notes, prefix), values, keep)
    if mask is None:
        return after
    there = mask[time].bool()[:, None]
    return tuple(torch.where(there, new, old) for new, old in zip(after, states, strict=True))


def written_out(configuration: Configuration, notes: Notes, xs: list[Tensor], mask: Tensor | None) -> list[Tensor]:
    """All layers, step by step."""
    truncation = configuration.settings.integer("truncation")
    for ways in places(configuration):
        passed = []
        for prefix in ways:
            states, made = first_states(configuration, prefix), {}
            order = range(len(xs)) if not prefix.endswith("backward.") else range(len(xs) - 1, -1, -1)
            for count, time in enumerate(order):
                if truncation and count and count % truncation == 0:
                    states = tuple(one.detach() for one in states)
                states = _step(configuration, notes, prefix, time, xs[time], states, mask)
                made[time] = states[0]
            passed.append([made[time] for time in range(len(xs))])
            _end(configuration, notes, prefix, states)
        xs = [torch.cat(parts, dim=1) for parts in zip(*passed, strict=True)]
    return xs


def _end(configuration: Configuration, notes: Notes, prefix: str, states: States) -> None:
    names = [name for name in configuration.state_names if name.startswith(prefix)]
    notes.final |= dict(zip(names, states, strict=True))


def _fed_back(configuration: Configuration, notes: Notes, mask: Tensor | None) -> Tensor:
    """Vector to sequence: every output enters the next time step."""
    prefixes = [ways[0] for ways in places(configuration)]
    states = [first_states(configuration, prefix) for prefix in prefixes]
    feedback, x = configuration.settings.text("feedback"), torch.tensor(configuration.x)
    y = torch.zeros((configuration.batch, configuration.outputs), dtype=torch.float64)
    losses = []
    for time in range(configuration.length):
        below = x[time] if feedback == "nothing" else torch.cat([x[time], y], dim=1)
        for place, prefix in enumerate(prefixes):
            states[place] = _step(configuration, notes, prefix, time, below, states[place], mask)
            below = states[place][0]
        y, loss = answered(configuration, notes, time, below, None if mask is None else mask[time])
        y = y.detach() if feedback == "output-cut" else y
        losses.append(loss)
    return _whole(configuration, losses)


def _loss(configuration: Configuration, notes: Notes, hs: list[Tensor], mask: Tensor | None) -> Tensor:
    if configuration.at_end:
        tops = places(configuration)[-1]
        first = configuration.state_names[0].split(".")[-1]
        return answered(configuration, notes, 0, torch.cat([notes.final[top + first] for top in tops], dim=1), None)[1]
    if configuration.vocabulary and configuration.settings.switch("time_layers"):
        rows = None if mask is None else mask.reshape(-1)
        return answered(configuration, notes, None, torch.cat(hs), rows)[1]
    masks = [None] * len(hs) if mask is None else list(mask)
    losses = [answered(configuration, notes, time, h, masks[time])[1] for time, h in enumerate(hs)]
    return _whole(configuration, losses)


def answered(
    configuration: Configuration, notes: Notes, time: int | None, h: Tensor, mask: Tensor | None
) -> tuple[Tensor, Tensor]:
    """y and its loss, the mean over what is really there; ``time`` is None for all time steps at once."""
    d = torch.tensor(configuration.d)
    d = d.flatten(0, 1) if time is None else d[time]
    v = h @ notes.weights["W_y"] + notes.weights.get("b_y", 0.0)
    there = torch.ones(len(h), dtype=torch.bool) if mask is None else mask.bool()
    at = time or 0
    if configuration.answer == "values":
        y = notes.keep("y", at, v)
        return y, _mean((y - d)[there] ** 2 / 2)
    v = notes.keep("v", at, v)
    y = notes.keep("y", at, torch.softmax(v, dim=1) if configuration.answer == "classes" else torch.sigmoid(v))
    if configuration.answer == "classes":
        asked = d >= 0
        return y, _mean(torch.nn.functional.cross_entropy(v[asked], d[asked], reduction="none"))
    if configuration.answer == "marks":
        return y, _mean(torch.nn.functional.binary_cross_entropy_with_logits(v[there], d[there], reduction="none"))
    return y, _mean((y - d)[there] ** 2 / 2)


def _mean(losses: Tensor) -> Tensor:
    return losses.mean() if losses.numel() else losses.sum()


def _whole(configuration: Configuration, losses: list[Tensor]) -> Tensor:
    """Bits: the sum over time; else the mean over all real answers."""
    if configuration.answer == "bits":
        return torch.stack(losses).sum()
    if configuration.answer == "classes":
        counts = [int((row >= 0).sum()) for row in configuration.d]
    else:
        counts = [1] * len(losses) if configuration.mask is None else [int(row.sum()) for row in configuration.mask]
    weights = torch.tensor(counts, dtype=torch.float64)
    return (torch.stack(losses) * weights).sum() / max(1, sum(counts))
