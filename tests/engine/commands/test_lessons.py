"""``lessons``."""

import pytest

from engine.commands import lessons
from engine.lesson import lesson_named
from tests.engine.commands.commands import answer


def test_json_tells_all_of_every_lesson(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(lessons, capsys, "--json")
    assert made.status == 0
    (lesson,) = [one for one in made.data if one["id"] == "binary-addition"]
    assert {"id", "title", "system", "task", "settings"} <= set(lesson)
    assert isinstance(lesson["title"], str)
    assert set(lesson["titles"]) == {"en", "ja"}
    names = [setting["name"] for setting in lesson["settings"]]
    assert {
        "hidden", "bits", "activation", "init", "weight_std", "bias", "learning_rate", "optimizer", "clip",
        "truncation", "delta_out", "dtype", "seed",
    } <= set(names)  # fmt: skip
    for setting in lesson["settings"]:
        assert {"name", "type", "default", "meaning"} <= set(setting)
        assert setting["meaning"].endswith(".")
        assert ("choices" in setting) == (setting["type"] == "choice")
        assert ("bounds" in setting) == (setting["type"] in {"integer", "number"})


def test_what_is_told_can_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    """Defaults, bounds and choices of the JSON are all accepted as values."""
    settings = lesson_named("binary-addition").settings
    for one in answer(lessons, capsys, "--json").data[0]["settings"]:
        values = [one["default"], *one.get("choices", []), *one.get("bounds", {}).values()]
        for value in values:
            assert settings.changed(**{one["name"]: value})[one["name"]] == value


def test_text_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(lessons, capsys)
    assert made.status == 0
    for name in lesson_named("binary-addition").settings:
        assert f" {name}=" in made.out
