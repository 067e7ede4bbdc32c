"""Recordings of the recursive net over trees of our choice."""

import numpy as np

from engine.lesson import Lesson
from engine.tape import Tape
from engine.task import Batch
from engine.tasks.parsed_sentences import trees
from engine.text.phrase import Phrase, Sentiment
from engine.text.sentiment_grammar import VOCABULARIES
from engine.training.initializers import initial_parameters
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.made_lesson import made_lesson

Shape = str | tuple["Shape", "Shape"]


def phrase(shape: Shape) -> Phrase:
    """A tree out of words and pairs; all of it neutral."""
    if isinstance(shape, str):
        return Phrase(Sentiment.NEUTRAL, shape)
    left, right = shape
    return Phrase(Sentiment.NEUTRAL, "", (phrase(left), phrase(right)))


def comb(words: int, to_the_right: bool = True) -> Shape:
    """A tree that branches to one side only."""
    shape: Shape = "it"
    for _ in range(words - 1):
        shape = ("very", shape) if to_the_right else (shape, "very")
    return shape


def lesson(**settings: object) -> Lesson:
    """A lesson of the recursive net."""
    return made_lesson("recursive_net", "parsed_sentences", {"hidden": 3, **settings})


def recorded(*shapes: Shape, labels: str = "all", **settings: object) -> Tape:
    """One iteration on trees of these shapes."""
    batch = trees([phrase(shape) for shape in shapes], VOCABULARIES["english"], labels)
    return recorded_batch(batch, **settings)


def recorded_batch(batch: Batch, **settings: object) -> Tape:
    """One iteration on a batch."""
    one = lesson(**settings)
    parameters = initial_parameters(one.model.parameters(one.settings, one.task.sizes(one.settings)), one.settings)
    start = Snapshot(parameters, first_memory(parameters, one.settings))
    with np.errstate(all="ignore"):
        return record_iteration(one, one.settings, start, 0, batch)[0]
