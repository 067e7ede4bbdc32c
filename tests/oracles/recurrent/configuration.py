"""A configuration of a recurrent network: what the engine and its oracles compute, numbers and all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.layers import Layers
from engine.model import MODELS
from engine.settings import Settings, Value
from engine.task import Answer, Batch, Sizes
from tests.made_lesson import settings_of
from tests.oracles.recurrent.seeded_numbers import Numbers, numbers, whole_numbers


@dataclass(frozen=True)
class Configuration:
    """What is computed; all numbers follow from ``seed``.

    Attributes:
        family: what it was drawn for, such as ``gru``.
        model: ``recurrent`` or ``vector_to_sequence``.
        values: the settings that are not as declared.
        seed: of parameters, data and initial states; none of them is constant.
        inputs, outputs, length, batch: D (or the size of the vocabulary), K, T and N.
        answer, at_end, vocabulary: as in ``Sizes``.
        lengths: of the N sequences, or None if all are of the same length.
        starts: whether the initial states are other than zero.
    """

    family: str
    model: str
    values: dict[str, Value]
    seed: int
    inputs: int
    outputs: int
    length: int
    batch: int
    answer: str
    at_end: bool = False
    vocabulary: bool = False
    lengths: tuple[int, ...] | None = None
    starts: bool = False

    @cached_property
    def settings(self) -> Settings:
        """All settings."""
        return settings_of(self.model, self.values)

    @cached_property
    def sizes(self) -> Sizes:
        """What the model must know."""
        return Sizes(self.inputs, self.outputs, self.length, Answer(self.answer), self.at_end, self.vocabulary)

    @cached_property
    def parameters(self) -> dict[str, Numbers]:
        """All weights and biases; as large as keeps a network neither dead nor chaotic."""
        specs = MODELS[self.model].parameters(self.settings, self.sizes)
        most = self._largest
        return {
            spec.name: numbers(self.seed, spec.name, spec.shape, most / max(1, spec.fan_in) ** 0.5) for spec in specs
        }

    @property
    def _largest(self) -> float:
        """Largest weight of a unit with one input: what adds up over time must not saturate what comes after it.

        The derivative of a saturated unit is 1 − y with y next to 1: rounding noise, in PyTorch as in the engine.
        """
        return {"cec": min(1.5, 4 / self.length), "skip_rnn": 0.9}.get(self.settings.text("cell"), 1.5)

    @cached_property
    def mask(self) -> Numbers | None:
        """(T, N), 1 where a sequence is real."""
        if self.lengths is None:
            return None
        return (np.arange(self.length)[:, np.newaxis] < np.array(self.lengths)).astype(np.float64)

    @cached_property
    def x(self) -> np.ndarray[Any, Any]:
        """(T, N, D), or ids (T, N)."""
        if self.vocabulary:
            return whole_numbers(self.seed, "x", (self.length, self.batch), self.inputs)
        if self.model == "vector_to_sequence":
            vector = numbers(self.seed, "x", (self.batch, self.inputs), 1.5)
            return np.broadcast_to(vector, (self.length, *vector.shape))
        return numbers(self.seed, "x", (self.length, self.batch, self.inputs), 1.5)

    @cached_property
    def d(self) -> np.ndarray[Any, Any]:
        """Targets (T or 1, N, K), or ids (T or 1, N), some of them −1."""
        steps = 1 if self.at_end else self.length
        if self.sizes.answer is Answer.CLASSES:
            ids = whole_numbers(self.seed, "d", (steps, self.batch), self.outputs + 1) - 1
            return ids if self.mask is None or self.at_end else np.where(self.mask > 0, ids, -1)
        shape = (steps, self.batch, self.outputs)
        if self.sizes.answer is Answer.MARKS:
            return whole_numbers(self.seed, "d", shape, 2).astype(np.float64)
        return numbers(self.seed, "d", shape)

    @cached_property
    def states(self) -> dict[str, Numbers]:
        """The initial states by name; empty where they are zeros."""
        if not self.starts:
            return {}
        hidden = int(self.settings.integer("hidden"))
        return {name: numbers(self.seed, f"state {name}", (self.batch, hidden), 0.8) for name in self.state_names}

    @property
    def state_names(self) -> tuple[str, ...]:
        """The names of all states of all layers, such as ``layer2.backward.h``."""
        layers = Layers(self.settings, self.inputs)
        own = layers.cell.states(self.settings)
        return tuple(one.prefix + name for one in layers.layers for name in own)

    def batch_of(self) -> Batch:
        """The data as a task would give them."""
        return Batch({"x": self.x}, {"d": self.d}, mask=self.mask, states=self.states)

    def as_data(self) -> dict[str, Any]:
        """What says it all, for JSON; ``from_data`` reads it."""
        return asdict(self)


def from_data(data: dict[str, Any]) -> Configuration:
    """The configuration that ``as_data`` wrote."""
    lengths = data["lengths"]
    return Configuration(**{**data, "lengths": None if lengths is None else tuple(lengths)})
