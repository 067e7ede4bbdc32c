"""Recordings of the lessons, small: as many kinds of time steps, but few and narrow ones."""

import numpy as np

from engine.lesson import lesson_named
from engine.model import Parameters
from engine.tape import Tape
from engine.training.iteration import Snapshot, first_memory, record_iteration

_SMALL = {
    "hidden": 3, "batch": 2, "embedding": 3, "bits": 4, "length": 10, "delay": 2, "time_size": 4, "corpus_size": 300,
    "vocabulary": 12,
}  # fmt: skip


def small_lesson(name: str, **settings: object) -> Tape:
    """One iteration of a lesson with some of its settings made small and some others given."""
    lesson = lesson_named(name)
    small = {key: value for key, value in _SMALL.items() if key in lesson.settings}
    chosen = lesson.settings.changed(**{**small, **settings})
    sizes = lesson.task.sizes(chosen)
    parameters: Parameters = {spec.name: np.full(spec.shape, 0.1) for spec in lesson.model.parameters(chosen, sizes)}
    return record_iteration(lesson, chosen, Snapshot(parameters, first_memory(parameters, chosen)), 0)[0]
