"""The examination of a network: how many of all sequences it answers without a fault."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.analysis.series import outputs
from engine.codes import Autoencodes
from engine.decoding import Decodes, greedy
from engine.lesson import Lesson
from engine.model import Parameters
from engine.randomness import generator
from engine.settings import Settings
from engine.task import Batch, Score
from engine.tensor import Array
from engine.training.iteration import record_forward

_VALUES_AT_ONCE = 1 << 21
"""Numbers in the widest layer, over all time steps, that are recorded together."""


def examine(lesson: Lesson, settings: Settings, parameters: Parameters) -> Score:
    """Judge parameters on the task's examination."""
    *_, score = examination_scores(lesson, settings, parameters)
    return score


def examination_scores(lesson: Lesson, settings: Settings, parameters: Parameters) -> Iterator[Score]:
    """The examination in pieces that fit into memory: the score of all sequences so far, after each of them.

    Stop by leaving the loop.
    """
    batch = lesson.task.examination(settings, generator(settings.integer("seed"), "examination"))
    widest = max(max(value.shape) for value in parameters.values())
    rows = max(1, _VALUES_AT_ONCE // (batch.length * widest))
    right, count, loss = 0, 0, 0.0
    for start in range(0, batch.size, rows):
        piece = batch.rows(start, start + rows)
        told = answers(lesson, settings, parameters, piece)
        with np.errstate(all="ignore"):
            score = lesson.task.score(told, piece)
        right += score.right
        count += score.count
        loss += score.mean_loss * score.count
        yield Score(right, count, loss / count)


def answers(lesson: Lesson, settings: Settings, parameters: Parameters, batch: Batch) -> Array:
    """What the network answers, (T, N, K), as it will when it is used.

    One whose answers enter it again runs free; of one that draws its codes the means are taken.
    """
    if isinstance(lesson.model, Autoencodes):
        sizes, (inputs,) = lesson.task.sizes(settings), batch.inputs.values()
        z = lesson.model.encoded(parameters, inputs[0], settings, sizes)
        return lesson.model.decoded(parameters, z, settings, sizes)[np.newaxis]
    if isinstance(lesson.model, Decodes):
        (targets,) = batch.targets.values()
        decoder = lesson.model.decoder(parameters, batch, settings, lesson.task.sizes(settings))
        return greedy(decoder, len(targets)).probabilities
    tape = record_forward(lesson, settings, parameters, batch)
    told = outputs(tape)
    tape.release()
    return told
