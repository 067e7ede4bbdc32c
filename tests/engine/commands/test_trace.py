"""``trace``."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.commands import trace
from engine.errors import FileError
from engine.lesson import lesson_named
from engine.training.run import Run
from tests.engine.commands.commands import answer

LESSON = "binary-addition"


def test_the_file_holds_the_iteration_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "trace.npz"
    made = answer(trace, capsys, LESSON, "--out", str(path), "--iteration", "12", "--set", "hidden=5")
    assert made.status == 0
    assert "iteration 12" in made.out
    lesson = lesson_named(LESSON)
    run = Run(lesson, lesson.settings.changed(hidden=5))
    for _ in run.advance(12):
        pass
    with np.load(path) as file:
        meta = json.loads(str(file["meta"]))
        np.testing.assert_array_equal(file["param/W"], run.state(12).parameters["W"])
        assert float(file["loss"]) == float(run.tape(12)[run.tape(12).loss].value)
    assert meta["iteration"] == 12
    assert meta["settings"]["hidden"] == 5


def test_the_first_iteration_is_the_default(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    answer(trace, capsys, LESSON, "--out", str(tmp_path / "trace.npz"))
    with np.load(tmp_path / "trace.npz") as file:
        assert file["state/z"].shape == (8, 1, 16)
        assert json.loads(str(file["meta"]))["iteration"] == 0


def test_a_bad_iteration_is_written_and_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("--iteration", "11", "--set", "activation=relu", "--set", "delta_out=course", "--set", "seed=1")
    made = answer(trace, capsys, LESSON, "--out", str(tmp_path / "trace.npz"), *words)
    assert made.status == 0
    assert "not finite" in made.out


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(FileError, match="there is no folder"):
        answer(trace, capsys, LESSON, "--out", str(tmp_path / "none" / "a.npz"), "--iteration", "90000000")
