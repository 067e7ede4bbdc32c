"""A configuration of an encoder and decoder: what the engine and its oracle compute, numbers and all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.lesson import RUN_SETTINGS
from engine.model import MODELS
from engine.settings import Settings, Value, declared
from engine.task import Answer, Batch, Sizes
from engine.teacher import CHANCE
from engine.training import clipping, initializers, optimizers
from tests.oracles.recurrent.seeded_numbers import Numbers, numbers, whole_numbers

MODEL = "seq2seq"
_LARGEST_WEIGHT = {"cec": 0.6, "skip_rnn": 0.9}
"""Of a unit with one input: what adds up over time must not saturate what comes after it."""


@dataclass(frozen=True)
class Configuration:
    """What is computed; all numbers follow from ``seed``.

    Attributes:
        family: the attention's score, and where its context enters.
        values: the settings that are not as declared.
        seed: of parameters and data; none of them is constant.
        symbols, classes: sizes of the vocabularies of sources and of answers.
        length, answers, batch: T, T' and N.
        lengths: of the N sources, or None if all are of the same length.
        padded_in_front: whether shorter sources begin with their padding, as reversed ones do.
    """

    family: str
    values: dict[str, Value]
    seed: int
    symbols: int
    classes: int
    length: int
    answers: int
    batch: int
    lengths: tuple[int, ...] | None = None
    padded_in_front: bool = False

    @cached_property
    def settings(self) -> Settings:
        """All settings."""
        table = declared(
            MODELS[MODEL].settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
        )
        return Settings(table, self.values)

    @cached_property
    def sizes(self) -> Sizes:
        """What the model must know; answers begin with the last class."""
        return Sizes(
            self.symbols, self.classes, self.length + self.answers, Answer.CLASSES, vocabulary=True,
            start=self.classes - 1,
        )  # fmt: skip

    @cached_property
    def parameters(self) -> dict[str, Numbers]:
        """All weights and biases; as large as keeps a network neither dead nor chaotic."""
        most = _LARGEST_WEIGHT.get(self.settings.text("cell"), 1.5)
        specs = MODELS[MODEL].parameters(self.settings, self.sizes)
        return {
            spec.name: numbers(self.seed, spec.name, spec.shape, most / max(1, spec.fan_in) ** 0.5) for spec in specs
        }

    @cached_property
    def mask(self) -> Numbers | None:
        """(T, N), 1 where a source is real."""
        if self.lengths is None:
            return None
        real = (np.arange(self.length)[:, np.newaxis] < np.array(self.lengths)).astype(np.float64)
        return real[::-1] if self.padded_in_front else real

    @cached_property
    def x(self) -> np.ndarray[Any, Any]:
        """(T, N) ids, -1 where a source is padding."""
        ids = whole_numbers(self.seed, "x", (self.length, self.batch), self.symbols)
        return ids if self.mask is None else np.where(self.mask > 0, ids, -1)

    @cached_property
    def d(self) -> np.ndarray[Any, Any]:
        """(T', N) ids, some of them -1."""
        return whole_numbers(self.seed, "d", (self.answers, self.batch), self.classes + 1) - 1

    @cached_property
    def forced(self) -> np.ndarray[Any, Any]:
        """(T', N), whether the truth is read."""
        forcing = self.settings.text("teacher_forcing")
        if forcing != "probability":
            return np.full((self.answers, self.batch), forcing == "on")
        probability = self.settings.number("forcing_probability")
        chance = self._chance.T
        return chance < probability

    @property
    def _chance(self) -> Numbers:
        return numbers(self.seed, "chance", (self.batch, self.answers)) / 2 + 0.5

    def batch_of(self) -> Batch:
        """The data as a task would give them."""
        return Batch({"x": self.x}, {"d": self.d}, {CHANCE: self._chance}, self.mask)

    def as_data(self) -> dict[str, Any]:
        """What says it all, for JSON; ``from_data`` reads it."""
        return asdict(self)


def from_data(data: dict[str, Any]) -> Configuration:
    """The configuration that ``as_data`` wrote."""
    lengths = data["lengths"]
    return Configuration(**{**data, "lengths": None if lengths is None else tuple(lengths)})
