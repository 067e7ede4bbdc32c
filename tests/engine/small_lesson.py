"""The shipped lesson with small settings, for tests that run it often."""

from engine.lesson import Lesson, lesson_named
from engine.settings import Settings


def small(**values: object) -> tuple[Lesson, Settings]:
    """Binary addition with three bits and four hidden units, and ``values`` over that."""
    lesson = lesson_named("binary-addition")
    return lesson, lesson.settings.changed(**{"bits": 3, "hidden": 4, **values})
