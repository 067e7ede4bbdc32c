"""Tasks: where the data of a lesson come from, and how an answer is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np

from engine.registry import Registry
from engine.settings import Setting, Settings
from engine.tensor import Array


class Answer(StrEnum):
    """What a task wants to know; it decides the read-out's squashing and the loss."""

    BITS = "bits"
    """Numbers between 0 and 1: sigmoid and half the squared error, summed over time, as exercise 3_1 has it."""
    VALUES = "values"
    """Any numbers: no squashing, half the mean squared error."""
    CLASSES = "classes"
    """One of K classes, given by its id: softmax with loss."""
    MARKS = "marks"
    """Any subset of K marks, each 0 or 1: sigmoid with binary cross-entropy."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The data of one iteration.

    Attributes:
        inputs: (T, N, D) by symbol, or ids (T, N) where the task has a vocabulary.
        targets: (T, N, K) by symbol, or ids (T, N) of classes, -1 where nothing is asked; T is 1 where only the end
            of a sequence is judged.
        about: what the task's own view and report need, such as the two numbers of an addition; (N, …) each.
        mask: (T, N), 1 where a sequence is real and 0 where it is padding; None if all have the same length.
        states: the states that the iteration starts from, by name; zeros where there is none.
        number: of the iteration; what a model draws itself, such as the noise of a VAE, it draws from
            ``generator(seed, purpose, number)``, so that the same data are recorded with the same noise.
    """

    inputs: Mapping[str, Array]
    targets: Mapping[str, Array]
    about: Mapping[str, Array] = field(default_factory=dict)
    mask: Array | None = None
    states: Mapping[str, Array] = field(default_factory=dict)
    number: int = 0

    @property
    def length(self) -> int:
        """Number of time steps T."""
        return int(next(iter(self.inputs.values())).shape[0])

    @property
    def size(self) -> int:
        """Number of sequences N."""
        return int(next(iter(self.inputs.values())).shape[1])

    def rows(self, start: int, stop: int) -> Batch:
        """Sequences start … stop − 1 of it."""

        def cut(arrays: Mapping[str, Array]) -> dict[str, Array]:
            return {name: array[:, start:stop] for name, array in arrays.items()}

        about = {name: array[start:stop] for name, array in self.about.items()}
        mask = None if self.mask is None else self.mask[:, start:stop]
        return replace(self, inputs=cut(self.inputs), targets=cut(self.targets), about=about, mask=mask)


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a model must know of its task.

    Attributes:
        inputs: width D of an input; with a vocabulary, the number of different ids.
        outputs: width K of an answer.
        length: time steps T, at most.
        answer: what is asked.
        at_end: whether only the end of a sequence is judged, not every time step.
        vocabulary: whether the inputs are ids, to be embedded.
        carries_state: whether an iteration starts from the states in which the one before ended.
        start: the answer that a decoder reads first, before it has given any.
        image: channels, height and width of an image that is an input beside the others; empty if there is none.
        end: the answer after which there is no other; None where all have the same length.
    """

    inputs: int
    outputs: int
    length: int
    answer: Answer = Answer.BITS
    at_end: bool = False
    vocabulary: bool = False
    carries_state: bool = False
    start: int = 0
    image: tuple[int, ...] = ()
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How well a batch was answered.

    Attributes:
        right: number of sequences answered without a fault.
        count: number of sequences.
        mean_loss: loss per sequence, counted as the task counts it (as the model's loss, unless it says otherwise).
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

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """The data of an iteration; ``random`` is seeded for it."""

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The data on which a trained network is judged; all there are, where that is possible."""

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Judge outputs (T, N, K) against the targets."""

    def measures(self, score: Score) -> Mapping[str, float]:
        """What else a score tells, by the name it has in the field, such as ``perplexity``."""

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """A few lines for the command line on the first sequence of a batch."""


@runtime_checkable
class NamesSymbols(Protocol):
    """A task whose inputs or answers are symbols, to be shown by their names."""

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """What each id, or each place of a one-hot input, stands for."""

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """What each class or mark stands for."""


class Remark:
    """A sentence about data.

    Args:
        template: the English sentence with ``{named}`` places; it is also the key of its translations.
        values: what goes into the places.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


@runtime_checkable
class RemarksOnData(Protocol):
    """A task that has something to say of its data: what was read, what was left out."""

    def remarks(self, settings: Settings) -> tuple[Remark, ...]:
        """The sentences."""


TASKS: Registry[Task] = Registry("task", "engine.tasks")
