"""VHRED against PyTorch, with the same noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tests.oracles.systems.case import Case
from tests.oracles.systems.dialogue_cases import FAMILIES, draw_dialogues
from tests.oracles.systems.hred import COMPARED
from tests.oracles.systems.system import System, symbol

if TYPE_CHECKING:
    from torch import Tensor

    from tests.oracles.systems.system import Keep


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    return draw_dialogues(random, family, small, "vhred")


def _loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    from tests.oracles.systems.torch_dialogues import vhred_loss

    return vhred_loss(weights, case, keep)


SYSTEM = System(
    "vhred", FAMILIES, _draw, _loss,
    {**COMPARED, "mu": symbol("mu"), "log_var": symbol("log_var"), "z": symbol("z", "posterior")},
)  # fmt: skip
