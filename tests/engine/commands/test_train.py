"""``train``."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands import train
from engine.lesson import lesson_named
from engine.training.run import Run
from tests.engine.commands.commands import answer

LESSON = "binary-addition"


def test_ten_reports_and_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(train, capsys, LESSON, "--iterations", "50", "--set", "hidden=4")
    assert made.status == 0
    lines = made.out.splitlines()
    assert [line for line in lines if line.startswith("iters:")] == [f"iters: {k}" for k in range(0, 50, 5)]
    for start in ("Loss: ", "Pred: [", "True: ["):
        assert sum(line.startswith(start) for line in lines) == 10
    assert sum(" + " in line and " = " in line for line in lines) == 10
    assert "mean loss of the last 50: " in made.out
    assert "of 16384 additions right" in made.out
    assert "not finite" not in made.out
    assert "50" in made.err, "a progress bar on standard error"


def test_json_holds_the_same_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(train, capsys, LESSON, "--iterations", "25", "--set", "bits=4", "--json")
    data = made.data
    assert data["iterations"] == 25
    assert data["settings"]["bits"] == 4
    assert data["examination"]["count"] == 64
    assert data["first_bad_iteration"] is None
    assert data["stopped"] is False
    assert len(data["reports"]) >= 10


def test_reported_losses_are_those_before_the_update(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(train, capsys, LESSON, "--iterations", "20", "--set", "hidden=4", "--json").data
    run = Run(lesson_named(LESSON), lesson_named(LESSON).settings.changed(hidden=4))
    for _ in run.advance(20):
        pass
    assert [report["loss"] for report in data["reports"]] == run.history.losses[::2]
    assert data["loss"] == run.history.losses[-1]
    assert data["mean_loss_of_last_1000"] == pytest.approx(sum(run.history.losses) / 20)


def test_what_is_not_finite_is_told_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    words = (LESSON, "--iterations", "60", "--set", "activation=relu", "--set", "delta_out=course", "--set", "seed=1")
    made = answer(train, capsys, *words)
    assert made.status == 0
    assert "first iteration with a number that is not finite: 11" in made.out
    assert "first bad step: forward/t=6/output/matmul#1 (infinity)" in made.out
    data = answer(train, capsys, *words, "--json").data
    assert data["loss"] is None
    assert data["first_bad_iteration"] == 11
    assert data["first_bad_step"]["address"] == "forward/t=6/output/matmul#1"


def test_ctrl_c_stops_with_what_was_reached(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = Run.advance

    def pressed(run: Run, iterations: int) -> Iterator[int]:
        for reached in advance(run, iterations):
            if reached == 7:
                os.kill(os.getpid(), signal.SIGINT)
            yield reached

    monkeypatch.setattr(Run, "advance", pressed)
    before = signal.getsignal(signal.SIGINT)
    made = answer(train, capsys, LESSON, "--iterations", "5000", "--set", "bits=4")
    assert made.status == 130
    assert "stopped by Ctrl+C after 7 iterations" in made.out
    assert "of 64 additions right" in made.out
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.slow
def test_the_exercise_ends_with_every_addition_right(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(train, capsys, LESSON)
    assert "16384 of 16384 additions right" in made.out


def test_nothing_is_written_to_the_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answer(train, capsys, LESSON, "--iterations", "2", "--set", "bits=3")
    assert not list((tmp_path / "here").iterdir())


def test_what_is_reported_is_the_iteration_as_it_is_trained(capsys: pytest.CaptureFixture[str]) -> None:
    """With the states that the iteration before left."""
    values = ("--set", "hidden=8", "--set", "corpus_size=500")
    made = answer(train, capsys, "rnn-language-model", "--iterations", "20", *values, "--json")
    lesson = lesson_named("rnn-language-model")
    run = Run(lesson, lesson.settings.changed(hidden=8, corpus_size=500))
    for _ in run.advance(20):
        pass
    assert [report["loss"] for report in json.loads(made.out)["reports"]] == run.history.losses[::2]
