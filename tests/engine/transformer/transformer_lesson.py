"""A small Transformer on small sums."""

from typing import Any

from engine.lesson import Lesson
from engine.tape import Tape
from engine.training.run import Run
from tests.made_lesson import made_lesson

_SMALL = {
    "digits": 2, "examples": 60, "width": 4, "heads": 2, "feed_forward": 5, "batch": 4, "init": "xavier",
    "padding": "masked",
}  # fmt: skip


def lesson(**values: Any) -> Lesson:
    return made_lesson("transformer", "integer_addition", {**_SMALL, **values})


def tape_of(**values: Any) -> Tape:
    made = lesson(**values)
    return Run(made, made.settings).tape(0)
