"""Where a run first goes wrong."""

from engine.analysis import health
from engine.debugger.bad_step import first_bad_step
from engine.training.run import Run
from tests.engine.small_lesson import small


def test_a_run_names_iteration_and_address() -> None:
    run = Run(*small(activation="relu", delta_out="course", hidden=16, bits=8, seed=3))
    for _ in run.advance(50):
        pass
    assert run.history.first_bad is not None
    place = first_bad_step(run)
    assert place is not None
    assert place.iteration <= run.history.first_bad
    assert place.kind in {"NaN", "infinity"}
    tape = run.tape(place.iteration)
    assert health.first_bad_step(tape) == place.index
    assert tape[place.index].operation is not None, "the step that overflowed, not what it handed on"


def test_a_healthy_run_has_none() -> None:
    run = Run(*small())
    for _ in run.advance(5):
        pass
    assert first_bad_step(run) is None


def test_a_state_that_overflowed_unnoticed_is_found() -> None:
    """ReLU cuts −∞ to 0: loss and gradients stay finite in the first bad iteration."""
    run = Run(*small(activation="relu", delta_out="course", hidden=16, bits=8, seed=2))
    for _ in run.advance(50):
        pass
    place = first_bad_step(run)
    assert place is not None
    assert run.history.first_bad is not None
    assert place.iteration < run.history.first_bad
    assert place.address.startswith("forward/")
