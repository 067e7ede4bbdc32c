"""A language model to test with, small enough to be fast."""

from functools import cache
from typing import Any

from engine.lesson import Lesson, lesson_named
from engine.model import Parameters
from engine.settings import Settings
from engine.training.run import Run


def language_model(**values: Any) -> tuple[Lesson, Settings]:
    """The lesson of the simple RNN, with settings of one's own."""
    lesson = lesson_named("rnn-language-model")
    return lesson, lesson.settings.changed(**values)


@cache
def trained(iterations: int) -> tuple[Lesson, Settings, Parameters]:
    """A small network that has learned the English sentences a little."""
    lesson, settings = language_model(corpus_size=4000, hidden=48, embedding=24, batch=20, time_size=12)
    run = Run(lesson, settings)
    for _ in run.advance(iterations):
        pass
    return lesson, settings, run.state(iterations).parameters
