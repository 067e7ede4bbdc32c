"""Lesson files: what is wrong in one is said with file, key and what would be right."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine.errors import LessonError
from engine.files.resources import resource
from engine.lesson import lesson_named, lessons, read_lesson

GOOD: dict[str, Any] = json.loads(resource("lessons", "binary-addition.json").read_text(encoding="utf-8"))


def written(folder: Path, data: object) -> Path:
    path = folder / "mine.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_every_lesson_has_both_languages() -> None:
    assert lessons()
    for lesson in lessons():
        for texts in (lesson.title, lesson.summary, lesson.notes):
            assert {"en", "ja"} <= set(texts)
            assert all(texts.values())


def test_every_row_of_the_recurrent_core_has_a_lesson() -> None:
    shown = {row for lesson in lessons() for row in lesson.system}
    assert {f"A{number}" for number in range(1, 23)} <= shown
    assert all(re.fullmatch(r"[A-F]\d+", row) for row in shown)


def test_an_unknown_lesson_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LessonError, match="no lesson “lstm-9”; there are .*binary-addition"):
        lesson_named("lstm-9")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nots": {}}, "mine.json: there is no key “nots” in a lesson; there are id, order"),
        ({"order": "first"}, "mine.json: “order” must be of type int."),
        ({"model": "rnnn"}, "mine.json: There is no model “rnnn”; there are "),
        ({"task": "none"}, "mine.json: There is no task “none”; there are "),
        ({"settings": {"hiden": 3}}, "mine.json: There is no setting “hiden” here; there are hidden"),
        ({"settings": {"hidden": 0}}, "mine.json: hidden must be at least 1, not 0."),
        ({"title": {"ja": "題"}}, "mine.json: “title” has no English text (“en”)."),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LessonError) as caught:
        read_lesson(written(tmp_path, {**GOOD, **change}))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    data = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(LessonError, match=f"mine.json: the key “{key}” is missing."):
        read_lesson(written(tmp_path, data))


def test_what_is_no_lesson_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="mine.json, line 1: not valid JSON"):
        read_lesson(written(tmp_path, "{"))
    with pytest.raises(LessonError, match="must hold one JSON object"):
        read_lesson(written(tmp_path, []))
    path = tmp_path / "mine.json"
    path.write_bytes("題".encode("shift_jis"))
    with pytest.raises(LessonError, match="not UTF-8 text"):
        read_lesson(path)
    path.write_bytes(b" " * (2 << 20))
    with pytest.raises(LessonError, match="larger than a lesson can be"):
        read_lesson(path)
    with pytest.raises(LessonError, match="cannot be read"):
        read_lesson(tmp_path / "absent.json")
