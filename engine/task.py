"""Tasks: where the data of a lesson come from, and how an answer is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from engine.registry import Registry
from engine.settings import Setting, Settings
from engine.tensor import Array


@dataclass(frozen=True, slots=True)
class Batch:
    """The data of one iteration.

    Attributes:
        inputs: (T, N, D) by symbol.
        targets: (T, N, K) by symbol.
        about: what the task's own view and report need, such as the two numbers of an addition.
    """

    inputs: Mapping[str, Array]
    targets: Mapping[str, Array]
    about: Mapping[str, Array] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """Number of time steps T."""
        return int(next(iter(self.inputs.values())).shape[0])

    @property
    def size(self) -> int:
        """Number of sequences N."""
        return int(next(iter(self.inputs.values())).shape[1])


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a model must know of its task: input width D, output width K, time steps T."""

    inputs: int
    outputs: int
    length: int


@dataclass(frozen=True, slots=True)
class Score:
    """How well a batch was answered.

    Attributes:
        right: number of sequences answered without a fault.
        count: number of sequences.
        mean_loss: loss per sequence, summed over time.
    """

    right: int
    count: int
    mean_loss: float

    @property
    def accuracy(self) -> float:
        """Share of faultless sequences, 0 … 1."""
        return self.right / self.count if self.count else 0.0


class Task(Protocol):
    """A data source; one file in engine/tasks/."""

    @property
    def name(self) -> str:
        """Its name in lesson files."""

    @property
    def sequences(self) -> str:
        """What its sequences are called on the command line, such as ``additions``."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What may be set of it."""

    def sizes(self, settings: Settings) -> Sizes:
        """Widths and length of the data."""

    def batch(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The data of one iteration."""

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The data on which a trained network is judged; all there are, where that is possible."""

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Judge outputs (T, N, K) against the targets."""

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """A few lines for the command line on the first sequence of a batch."""


TASKS: Registry[Task] = Registry("task", "engine.tasks")

Predict = Callable[[Batch], Array]
