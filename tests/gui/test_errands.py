"""Errands that are cancelled in the middle of what they do: each says so in its own way, soon."""

from collections.abc import Callable

import pytest

from engine.edits import Edit
from engine.lesson import lesson_named
from engine.settings import Value
from engine.training.run import Run
from gui import errands
from gui.errands import begin, check, judge, reach, record_again, train_on
from gui.worker import Job


class Stopped(Job):
    """A job that is cancelled after so many questions whether it is."""

    def __init__(self, questions: int) -> None:
        self._left = questions
        super().__init__("", lambda job: None, lambda _: None, lambda _: None)

    @property
    def cancelled(self) -> bool:
        self._left -= 1
        return self._left < 0

    @cancelled.setter
    def cancelled(self, value: bool) -> None:
        assert not value


def run_of(lesson: str = "binary-addition", iterations: int = 0, **values: Value) -> Run:
    found = lesson_named(lesson)
    run = Run(found, found.settings.changed(**values))
    for _ in run.advance(iterations):
        pass
    return run



EDIT = Edit("forward/t=1/simple_rnn/tanh#1", (((0, 0), 0.5),), "h")


@pytest.mark.parametrize("questions", [0, 1, 20, 60])
@pytest.mark.parametrize("errand", [
    lambda run, job: begin(run.lesson, run.settings, job),
    lambda run, job: reach(run, 3, None, job).tape,
    lambda run, job: train_on(run, 2, 3, [], None, job).tape,
    lambda run, job: record_again(run, 1, (EDIT,), job),
    lambda run, job: judge(run.lesson, run.settings, run.latest[1].parameters, job),
    lambda run, job: check(run.lesson, run.settings, run.tape(1), 1, job),
], ids=["begin", "reach", "train_on", "record_again", "judge", "check"])  # fmt: skip
def test_in_the_middle_of_an_iteration(errand: Callable[[Run, Job], object], questions: int) -> None:
    run = run_of("gru", 2, dtype="float32")
    assert errand(run, Stopped(questions)) is None
    assert run.reached in (2, 3)
    assert run.latest[0] == run.reached


def test_a_training_that_went_wrong_says_so_when_it_is_cancelled_unless_that_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = run_of(activation="identity", weight_std=1000.0, dtype="float32", bits=30, iterations=5)
    assert run.history.first_bad is not None
    arrival = reach(run, 50, None, Stopped(3))
    assert arrival.tape is None
    assert arrival.bad is not None
    monkeypatch.setattr(errands, "_PATIENCE_SECONDS", -1.0)
    assert reach(run, 50, None, Stopped(3)).bad is None
    assert reach(run, 50, arrival.bad, Stopped(3)).bad == arrival.bad
