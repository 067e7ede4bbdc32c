"""HRED against PyTorch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.tensor import Tensor as Entry
from tests.oracles.systems.case import Case
from tests.oracles.systems.dialogue_cases import FAMILIES, draw_dialogues
from tests.oracles.systems.system import Is, System, symbol

if TYPE_CHECKING:
    from torch import Tensor

    from tests.oracles.systems.system import Keep


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    return draw_dialogues(random, family, small, "hred")


def _loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    from tests.oracles.systems.torch_dialogues import hred_loss

    return hred_loss(weights, case, keep)


def made_by_cell(place: str) -> Is:
    """The hidden states of a part, before a mask lets old ones through."""

    def is_one(entry: Entry) -> bool:
        scopes = entry.scope.path.split("/")
        return entry.symbol == "h" and not entry.is_given and place in scopes and "mask" not in scopes

    return is_one


COMPARED: Mapping[str, Is] = {
    **{f"{place} h": made_by_cell(place) for place in ("encoder", "context", "decoder")},
    "h_0": symbol("h_0"),
    "v": symbol("v"),
    "y": symbol("y"),
}

SYSTEM = System("hred", FAMILIES, _draw, _loss, COMPARED)
