"""Input that cannot be used: one clear sentence, raised for main.py to write, before anything is computed."""

from pathlib import Path
from types import ModuleType

import pytest

from engine.commands import check, trace, train
from engine.errors import BackstepError
from tests.engine.commands.commands import answer

LESSON = "binary-addition"

CASES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("nothing",), "There is no lesson “nothing”; there are binary-addition"),
    (("",), "There is no lesson “”"),
    ((LESSON, "--set", "hiden=3"), "no setting “hiden” here; there are hidden, "),
    ((LESSON, "--set", "self=3"), "no setting “self” here"),
    ((LESSON, "--set", "hidden"), "“hidden” sets nothing: write --set KEY=VALUE"),
    ((LESSON, "--set", "=3"), "“=3” sets nothing"),
    ((LESSON, "--set", "hidden="), "“hidden=” sets nothing"),
    ((LESSON, "--set", "hidden=0"), "hidden must be at least 1, not 0"),
    ((LESSON, "--set", "hidden=-3"), "hidden must be at least 1, not -3"),
    ((LESSON, "--set", "hidden=2.5"), "hidden must be a whole number"),
    ((LESSON, "--set", "hidden=many"), "hidden must be a whole number"),
    ((LESSON, "--set", "hidden=1000000"), "need about .*iB of memory, and .*iB are free"),
    ((LESSON, "--set", "hidden=100000000000000000000000"), "hidden must be at most"),
    ((LESSON, "--set", "learning_rate=nan"), "learning_rate must be a number, not “nan”"),
    ((LESSON, "--set", "learning_rate=inf"), "learning_rate must be a number, not “inf”"),
    ((LESSON, "--set", "bias=maybe"), "bias must be true or false"),
    ((LESSON, "--set", "activation=swish"), "activation must be one of sigmoid, tanh, relu, identity"),
    ((LESSON, "--set", "bits=1"), "bits must be at least 2"),
    ((LESSON, "--set", "seed=-1"), "seed must be at least 0"),
)


@pytest.mark.parametrize("command", [train, trace, check], ids=["train", "trace", "check"])
@pytest.mark.parametrize(("words", "sentence"), CASES, ids=[" ".join(words) for words, _ in CASES])
def test_settings(
    command: ModuleType, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = ("--out", str(tmp_path / "trace.npz")) if command is trace else ()
    with pytest.raises(BackstepError, match=sentence) as raised:
        answer(command, capsys, *words, *out)
    assert "\n" not in str(raised.value)
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "trace.npz").exists()


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        ("0", "iterations must be at least 1, not 0"), ("-5", "iterations must be at least 1"),
        ("x", "iterations must be a whole number"), ("1e99", "iterations must be "),
    ],
)  # fmt: skip
def test_iterations(count: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BackstepError, match=sentence):
        answer(train, capsys, LESSON, f"--iterations={count}")


@pytest.mark.parametrize("command", [trace, check], ids=["trace", "check"])
@pytest.mark.parametrize("number", ["-1", "x", "1.5", "nan"])
def test_iteration(command: ModuleType, number: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "trace.npz")) if command is trace else ()
    with pytest.raises(BackstepError, match="iteration must be "):
        answer(command, capsys, LESSON, f"--iteration={number}", *out)


def test_a_loss_that_is_not_finite_cannot_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--iteration", "20", "--set", "activation=relu", "--set", "delta_out=course", "--set", "seed=1")
    with pytest.raises(BackstepError, match="cannot be checked"):
        answer(check, capsys, LESSON, *words)
