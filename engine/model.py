"""Models: a system of the course is one file that declares its parameters and records its forward pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from engine.registry import Registry
from engine.settings import Setting, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor

Parameters = dict[str, Array]
"""Parameter values by name, in the order of their declaration."""


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """A parameter to be made.

    Attributes:
        name: such as ``W_in``; also its symbol.
        shape: its shape.
        fan_in: number of values that enter one unit through it, for Xavier and He initialisation; 0 for a bias,
            which starts at ``offset``.
        recurrent: whether it leads from a state to the same state a time step later, (H, H): what identity and np-RNN
            initialisation are for.
        offset: what a bias starts at.
        std: standard deviation it is drawn with whatever the initialisation; None to follow the setting.
        parts: what it consists of, side by side, each drawn as a parameter of that name would be; empty for most.
    """

    name: str
    shape: tuple[int, ...]
    fan_in: int
    recurrent: bool = False
    offset: float = 0.0
    std: float | None = None
    parts: tuple[ParameterSpec, ...] = ()

    def placed(self, prefix: str) -> ParameterSpec:
        """The same parameter of a place in a network, such as ``layer2.``."""
        return replace(self, name=prefix + self.name, parts=tuple(one.placed(prefix) for one in self.parts))


class Model(Protocol):
    """A system; one file in engine/models/."""

    @property
    def name(self) -> str:
        """Its name in lesson files."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What may be set of it."""

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """What is to be learned."""

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record the forward pass; returns the loss."""


@runtime_checkable
class NamesIdleSettings(Protocol):
    """A model some of whose settings have no effect on some tasks."""

    def idle(self, sizes: Sizes) -> tuple[str, ...]:
        """Names of its settings that have no effect with such a task; they need not be offered."""


@runtime_checkable
class RecordsBesideParameters(Protocol):
    """A model that records numbers whose count does not follow from its parameters alone."""

    def numbers_beside(self, settings: Settings, sizes: Sizes) -> int:
        """How many for each sequence, forward and backward, at most."""


MODELS: Registry[Model] = Registry("model", "engine.models")
