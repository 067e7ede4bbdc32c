"""A case: what the engine and an oracle compute, numbers and all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.model import MODELS
from engine.settings import Settings, Value
from engine.task import Answer, Batch, Sizes
from tests.made_lesson import settings_of
from tests.oracles.recurrent.seeded_numbers import Numbers, numbers

Data = dict[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Case:
    """What is computed.

    Attributes:
        model: its name.
        family: the part of the model's variety it belongs to, such as ``skip-gram``.
        values: the settings of the model that are not as declared.
        sizes: what the model must know of the task; the answer by its name.
        seed: what all weights and biases follow from; none of them is constant.
        inputs, targets, about: the data, as in ``Batch``.
        mask: (T, N) or None.
        most: how large weights are, × 1 / √fan-in: neither dead nor chaotic.
    """

    model: str
    family: str
    values: dict[str, Value]
    sizes: dict[str, Any]
    seed: int
    inputs: Data
    targets: Data
    about: Data = field(default_factory=dict)
    mask: NDArray[Any] | None = None
    most: float = 1.5

    @cached_property
    def settings(self) -> Settings:
        """All settings."""
        return settings_of(self.model, self.values)

    @cached_property
    def task_sizes(self) -> Sizes:
        """As the model takes them."""
        image = tuple(self.sizes.get("image", ()))
        return Sizes(**{**self.sizes, "answer": Answer(self.sizes["answer"]), "image": image})

    @cached_property
    def parameters(self) -> dict[str, Numbers]:
        """All weights and biases."""
        specs = MODELS[self.model].parameters(self.settings, self.task_sizes)
        return {
            spec.name: numbers(self.seed, spec.name, spec.shape, self.most / max(1, spec.fan_in) ** 0.5)
            for spec in specs
        }

    @cached_property
    def batch(self) -> Batch:
        """The data as a task would give them."""
        return Batch(self.inputs, self.targets, self.about, self.mask)

    def as_data(self) -> dict[str, Any]:
        """What says it all, for JSON; ``from_data`` reads it."""
        return {
            "model": self.model, "family": self.family, "values": self.values, "sizes": self.sizes, "seed": self.seed,
            "inputs": _as_lists(self.inputs), "targets": _as_lists(self.targets), "about": _as_lists(self.about),
            "mask": None if self.mask is None else _as_list(self.mask), "most": self.most,
        }  # fmt: skip


def from_data(data: dict[str, Any]) -> Case:
    """The case that ``as_data`` wrote."""
    arrays = {key: {name: _as_array(one) for name, one in data[key].items()} for key in ("inputs", "targets", "about")}
    mask = None if data["mask"] is None else _as_array(data["mask"])
    return Case(**{**data, **arrays, "mask": mask})


def _as_lists(arrays: Data) -> dict[str, Any]:
    return {name: _as_list(array) for name, array in arrays.items()}


def _as_list(array: NDArray[Any]) -> dict[str, Any]:
    return {"dtype": array.dtype.str, "shape": list(array.shape), "numbers": np.ravel(array).tolist()}


def _as_array(data: dict[str, Any]) -> NDArray[Any]:
    return np.array(data["numbers"], dtype=data["dtype"]).reshape(data["shape"])
