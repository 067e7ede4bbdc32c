"""Small lessons of HRED and VHRED for tests."""

from dataclasses import replace

from engine.lesson import Lesson, lesson_named
from engine.settings import Value

SMALL: dict[str, Value] = {
    "hidden": 5, "context": 4, "embedding": 3, "batch": 6, "examples": 60, "iterations": 2,
}  # fmt: skip


def small_dialogues(name: str, **values: Value) -> Lesson:
    """The lesson with few units."""
    lesson = lesson_named(name)
    return replace(lesson, settings=lesson.settings.changed(**{**SMALL, **values}))
