"""How much of an iteration is checked: all of a small one, of a large one what seconds allow."""

import pytest

from engine.analysis.check_sample import (
    LEAST_OF_A_PARAMETER,
    LEAST_OF_A_STEP,
    LEAST_TIMES,
    MOST_OF_A_PARAMETER,
    MOST_OF_A_STEP,
    sample_of,
)
from engine.analysis.gradient_check import check_gradients
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.training.run import Run


def tape_of(lesson_id: str, **settings: object) -> Tape:
    lesson = lesson_named(lesson_id)
    return Run(lesson, lesson.settings.changed(**settings)).tape(0)


def test_a_small_iteration_is_checked_at_all_time_steps() -> None:
    sample = sample_of(tape_of("binary-addition"), 3)
    assert (sample.of_parameter, sample.of_step) == (MOST_OF_A_PARAMETER, MOST_OF_A_STEP)
    assert sample.times == frozenset(range(1, 9))
    assert not sample.leaves_out_times


def test_a_large_one_at_its_first_and_last_time_step_and_some_between() -> None:
    sample = sample_of(tape_of("adding-problem"), 11)
    assert sample.leaves_out_times
    assert {1, 100} <= sample.times
    assert len(sample.times) >= LEAST_TIMES
    assert LEAST_OF_A_PARAMETER <= sample.of_parameter < MOST_OF_A_PARAMETER
    assert LEAST_OF_A_STEP <= sample.of_step < MOST_OF_A_STEP
    assert sample.covers(None)
    assert not sample.covers(2)


@pytest.mark.parametrize("settings", [{"length": 60, "hidden": 8, "batch": 4}])
def test_a_sample_says_so_and_agrees(settings: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.analysis.check_sample._SECONDS", 0.02)
    tape = tape_of("adding-problem", **settings)
    report = check_gradients(tape)
    assert report.agrees
    assert report.is_sampled
    times = {step.time for check in report.parameters for step in check.steps} - {None}
    assert times == report.sample.times
    assert report.rules_checked < len(tape.spans())


def test_nothing_is_said_of_a_sample_where_everything_was_checked() -> None:
    report = check_gradients(tape_of("binary-addition", hidden=4))
    assert not report.is_sampled
