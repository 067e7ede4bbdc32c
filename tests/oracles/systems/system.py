"""What an oracle of a system consists of. PyTorch is imported by those who compute with it, not by its callers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.tensor import Tensor as Entry
from tests.oracles.systems.case import Case

if TYPE_CHECKING:
    from torch import Tensor

    Keep = Callable[[str, Tensor], Tensor]
    """Told of a value that is compared, in the order in which the engine records them; hands it back."""

Draw = Callable[[np.random.Generator, str, bool], Case]
"""(random numbers, family, whether it is to be small enough to be stored) → a case."""
Is = Callable[[Entry], bool]


@dataclass(frozen=True)
class System:
    """An oracle.

    Attributes:
        name: of the system; its vectors are ``vectors/<name>.npz``.
        families: what cases are drawn of, at least twenty each.
        draw: draws a case.
        loss: records nothing but computes with PyTorch: (weights by name, case, keep) → loss.
        compared: by the name that ``loss`` keeps a value under, which entries of the forward pass it is.
    """

    name: str
    families: tuple[str, ...]
    draw: Draw
    loss: Callable[[Mapping[str, Tensor], Case, Keep], Tensor]
    compared: Mapping[str, Is]


def symbol(name: str, place: str = "") -> Is:
    """Entries that are computed and have a symbol; with a place, those in that scope, such as ``decoder/layer=1``."""
    return lambda entry: (
        entry.symbol == name and not entry.is_given and (not place or f"/{place}/" in f"/{entry.scope.path}/")
    )
