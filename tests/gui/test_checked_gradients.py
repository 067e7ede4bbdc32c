"""A gradient check of single precision is of the very iteration that is open."""

import numpy as np

from engine.lesson import lesson_named
from engine.training.run import Run
from gui.checked_gradients import check_recorded
from gui.worker import Job


def test_carried_states_are_carried_into_the_check_in_double() -> None:
    lesson = lesson_named("lstm-language-model")
    settings = lesson.settings.changed(
        dtype="float32", corpus_size=200, hidden=3, embedding=2, batch=2, time_size=2, layers=2
    )
    run = Run(lesson, settings)
    for _ in run.advance(3):
        pass
    tape = run.tape(3)
    found = check_recorded(lesson, settings, tape, 3, Job("", lambda job: None, lambda _: None, lambda _: None))
    assert found is not None
    assert found.in_double
    assert found.agrees
    gradient = tape.gradient(next(step.index for step in tape.steps if step.symbol == found.parameters[1].name))
    assert gradient is not None
    np.testing.assert_allclose(found.parameters[1].whole.norm, np.linalg.norm(gradient), rtol=1e-4)
