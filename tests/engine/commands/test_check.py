"""``check``."""

import pytest

from engine.commands import check
from tests.engine.commands.commands import answer

LESSON = "binary-addition"
SMALL = ("--set", "bits=4", "--set", "hidden=4")


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity"])
def test_the_exact_gradient_passes(activation: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(check, capsys, LESSON, *SMALL, "--set", f"activation={activation}")
    assert made.status == 0
    assert "All gradients agree" in made.out
    for name in ("W_in", "W_out", "W"):
        assert f"\n{name} " in made.out
    assert "differs" not in made.out


def test_the_course_s_gradient_fails_and_delta_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(check, capsys, LESSON, "--set", "delta_out=course")
    assert made.status == 1
    assert "δ_out is wrong" in made.out
    assert "sigmoid_course" in made.out
    assert "forward/t=1/output/sigmoid_course#1" in made.out
    assert "differs" in made.out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(check, capsys, LESSON, *SMALL, "--set", "delta_out=course", "--json")
    assert made.status == 1
    assert made.data["agrees"] is False
    (culprit,) = made.data["culprits"]
    assert culprit["name"] == "δ_out"
    assert culprit["operation"] == "sigmoid_course"
    good = answer(check, capsys, LESSON, *SMALL, "--json")
    assert good.status == 0
    assert good.data["culprits"] == []
    assert [parameter["name"] for parameter in good.data["parameters"]] == ["W_in", "W_out", "W"]
    assert [step["time"] for step in good.data["parameters"][0]["steps"]] == [1, 2, 3, 4]


def test_float32_is_checked_in_float64(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(check, capsys, LESSON, *SMALL, "--set", "dtype=float32")
    assert made.status == 0
    assert "in float64" in made.out


def test_a_later_iteration_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(check, capsys, LESSON, *SMALL, "--iteration", "30", "--set", "clip=0.5", "--set", "optimizer=adam")
    assert made.status == 0
    assert "iteration 30" in made.out
