"""The first number that is not finite."""

import numpy as np

from engine.analysis.health import first_bad_step, kind_of_bad
from engine.model import Parameters
from engine.task import Batch
from engine.training.iteration import Snapshot, batch_of, first_memory, record_iteration
from engine.training.run import Run
from tests.engine.small_lesson import small


def with_weight(name: str, value: float, **values: object) -> tuple[Snapshot, Batch]:
    lesson, settings = small(**values)
    parameters: Parameters = {key: one.copy() for key, one in Run(lesson, settings).state(0).parameters.items()}
    parameters[name][0, 0] = value
    return Snapshot(parameters, first_memory(parameters, settings)), batch_of(lesson, settings, 0)


def test_a_healthy_tape_has_none() -> None:
    assert first_bad_step(Run(*small()).tape(0)) is None


def test_a_given_value_counts() -> None:
    start, batch = with_weight("W_out", np.nan)
    tape, _ = record_iteration(*small(), start, 0, batch)
    index = first_bad_step(tape)
    assert index is not None
    assert tape[index].symbol == "W_out"
    assert first_bad_step(tape, index) is None


def test_the_first_step_that_overflows_is_found() -> None:
    start, batch = with_weight("W", 1e200, activation="identity", bits=6)
    batch = Batch({"x": np.ones_like(batch.inputs["x"])}, batch.targets, batch.about)
    tape, _ = record_iteration(*small(activation="identity", bits=6), start, 0, batch)
    index = first_bad_step(tape)
    assert index is not None
    assert tape[index].operation is not None
    assert not np.isfinite(tape[index].value).all()
    assert all(np.isfinite(step.value).all() for step in tape.steps[:index])


def test_kinds() -> None:
    assert kind_of_bad(np.array([1.0, np.inf, np.nan])) == "NaN"
    assert kind_of_bad(np.array([1.0, -np.inf])) == "infinity"
    assert kind_of_bad(np.array([1.0])) == ""
