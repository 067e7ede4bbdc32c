"""What oracles of systems whose cells go step by step have in common."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from engine.settings import Settings
from engine.teacher import CHANCE
from tests.oracles.recurrent.torch_cells import States
from tests.oracles.systems.case import Case

_STATES = {"lstm": 2, "lstm_merged": 2, "peephole_lstm": 2}


def layer_prefixes(place: str, layers: int, way: str = "") -> list[str]:
    """What the names of a part's parameters begin with, layer by layer."""
    return [f"{place}." + (f"layer{number}." if layers > 1 else "") + way for number in range(1, layers + 1)]


def own_weights(weights: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Those under a prefix that are under no longer one, by what follows it."""
    named = {name.removeprefix(prefix): one for name, one in weights.items() if name.startswith(prefix)}
    return {name: one for name, one in named.items() if "." not in name}


def zero_states(settings: Settings, rows: int, width: int) -> States:
    """The states (N, H) of a cell before its first step."""
    cell = settings.text("cell")
    count = settings.integer("skip") if cell == "skip_rnn" else _STATES.get(cell, 1)
    return (torch.zeros(rows, width, dtype=torch.float64),) * count


def states_where(real: Tensor, after: States, before: States) -> States:
    """The states after a step where there was something to read (N,), else those before it."""
    return tuple(torch.where(real[:, None], new, old) for new, old in zip(after, before, strict=True))


def embedded(table: Tensor, ids: Tensor) -> Tensor:
    """Rows of a table, zeros where there is no id."""
    return torch.cat([table, torch.zeros(1, table.shape[1])])[ids]


def is_forced(case: Case, t: int) -> Tensor:
    """(N,), whether the truth is read at a step of the decoder, counted from 0."""
    forcing, rows = case.settings.text("teacher_forcing"), case.targets["d"].shape[1]
    if forcing == "probability":
        return torch.tensor(case.about[CHANCE][:, t] < case.settings.number("forcing_probability"))
    return torch.full((rows,), forcing == "on")
