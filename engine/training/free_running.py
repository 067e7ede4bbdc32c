"""A decoder running free beside one that is forced: the same sequences, the same weights, another input (system B2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.decoding import Beams, Decoded, Decoder, Decodes, beams, forced, greedy, sampled
from engine.errors import BackstepError
from engine.lesson import Lesson
from engine.model import Parameters
from engine.randomness import generator
from engine.scoring import score_classes
from engine.settings import Settings
from engine.task import Batch, Score
from engine.tensor import Array

GREEDY, SAMPLED, BEAM = "greedy", "sampled", "beam"
WAYS = (GREEDY, SAMPLED, BEAM)


class DecodingError(BackstepError):
    """A model does not decode."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a decoder that runs free chooses.

    Attributes:
        way: one of WAYS.
        temperature: of sampling; probabilities are raised to the power 1 / temperature.
        seed: of sampling.
        width: of a beam.
    """

    way: str = GREEDY
    temperature: float = 1.0
    seed: int = 0
    width: int = 3


@dataclass(frozen=True, eq=False, slots=True)
class FreeRun:
    """Answers to some sequences.

    Attributes:
        free: what is said running free.
        kept: all hypotheses of a beam, the likeliest first; None for other ways.
    """

    free: Decoded
    kept: Beams | None


@dataclass(frozen=True, eq=False, slots=True)
class BothRuns:
    """The same sequences, free and forced.

    Attributes:
        targets: (T', N), −1 where nothing is asked.
        forced: what is said at each step when the truth has been read.
        run: what is said running free.
    """

    targets: Array
    forced: Decoded
    run: FreeRun

    def parting(self, row: int) -> int | None:
        """The first step, from 0, at which the two answers differ where something is asked; None if they do not."""
        differ = (self.forced.ids[:, row] != self.run.free.ids[:, row]) & (self.targets[:, row] >= 0)
        return int(np.argmax(differ)) if differ.any() else None

    @property
    def forced_score(self) -> Score:
        """Of all sequences, forced: the loss that training lowers."""
        return score_classes(self.forced.probabilities, self.targets)

    @property
    def free_score(self) -> Score:
        """Of all sequences, free: −log of what the truth was given after the network's own answers."""
        return score_classes(self.run.free.probabilities, self.targets)


def run_free(lesson: Lesson, settings: Settings, parameters: Parameters, batch: Batch, choice: Choice) -> FreeRun:
    """Answer a batch running free.

    Raises:
        DecodingError: the model does not decode.
    """
    sizes, length = lesson.task.sizes(settings), _length(batch)
    with np.errstate(all="ignore"):
        decoder = _decoder(lesson, settings, parameters, batch)
        if choice.way == BEAM:
            kept = beams(decoder, length, min(choice.width, sizes.outputs), sizes.end)
            return FreeRun(kept.best, kept)
        if choice.way == SAMPLED:
            random = generator(choice.seed, "decoding", batch.number)
            return FreeRun(sampled(decoder, length, random, choice.temperature), None)
        return FreeRun(greedy(decoder, length), None)


def run_both(lesson: Lesson, settings: Settings, parameters: Parameters, batch: Batch, choice: Choice) -> BothRuns:
    """Answer a batch running free, and forced.

    Raises:
        DecodingError: the model does not decode.
    """
    (targets,) = batch.targets.values()
    with np.errstate(all="ignore"):
        by_force = forced(_decoder(lesson, settings, parameters, batch), targets)
    return BothRuns(targets, by_force, run_free(lesson, settings, parameters, batch, choice))


def _decoder(lesson: Lesson, settings: Settings, parameters: Parameters, batch: Batch) -> Decoder:
    if not isinstance(lesson.model, Decodes):
        raise DecodingError("This network does not answer step by step.")
    return lesson.model.decoder(parameters, batch, settings, lesson.task.sizes(settings))


def _length(batch: Batch) -> int:
    """Steps T' of the decoder."""
    (targets,) = batch.targets.values()
    return len(targets)
