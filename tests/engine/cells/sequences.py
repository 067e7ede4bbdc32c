"""A task whose data are given: sequences of numbers or words, of different lengths, carried on or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.lesson import Lesson
from engine.settings import Setting, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.training.run import Run
from tests.engine.cells.networks import network

LENGTH, ROWS, WIDTH = 4, 3, 2


@dataclass
class Sequences:
    """Random sequences.

    Attributes:
        words: size of the vocabulary; 0 for sequences of numbers.
        lengths: of the three sequences; None if all have four time steps.
        padding: what stands where a sequence has ended.
        carries_state: whether an iteration goes on where the one before ended.
    """

    words: int = 0
    lengths: tuple[int, ...] | None = None
    padding: float = 0.0
    carries_state: bool = False
    at_end: bool = False
    name: str = "sequences"
    sequences: str = "sequences"
    settings: tuple[Setting, ...] = ()

    def sizes(self, settings: Settings) -> Sizes:
        """Four time steps of two numbers, or words."""
        answer = Answer.CLASSES if self.words else Answer.VALUES
        width = self.words or WIDTH
        return Sizes(width, width, LENGTH, answer, self.at_end, bool(self.words), self.carries_state)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Fresh numbers or words."""
        targets: Array
        if self.words:
            words, targets = random.integers(self.words, size=(2, LENGTH, ROWS))
            return Batch({"x": words}, {"d": targets})
        x, targets = random.standard_normal((2, LENGTH, ROWS, WIDTH))
        targets = targets[:1] if self.at_end else targets
        if self.lengths is None:
            return Batch({"x": x}, {"d": targets})
        mask = (np.arange(LENGTH)[:, np.newaxis] < np.array(self.lengths)).astype(float)
        x = np.where(mask[:, :, np.newaxis] > 0, x, self.padding)
        return Batch({"x": x}, {"d": targets}, mask=mask)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As every batch."""
        return self.batch(settings, random)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Nothing is judged."""
        return Score(0, ROWS, 0.0)

    def measures(self, score: Score) -> Mapping[str, float]:
        """None."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """Nothing to say."""
        return []


def lesson_of(task: Sequences, **values: object) -> tuple[Lesson, Settings]:
    """A recurrent network on such data."""
    lesson, settings = network(**values)
    return replace(lesson, task=task), settings


def recorded_tape(task: Sequences, **values: object) -> Tape:
    """The first iteration, recorded."""
    return Run(*lesson_of(task, **values)).tape(0)
