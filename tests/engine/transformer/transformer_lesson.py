"""A small Transformer on small sums."""

from typing import Any

from engine.lesson import RUN_SETTINGS, Lesson
from engine.model import MODELS
from engine.settings import Settings, declared
from engine.tape import Tape
from engine.task import TASKS
from engine.training import clipping, initializers, optimizers
from engine.training.run import Run

_SMALL = {
    "digits": 2, "examples": 60, "width": 4, "heads": 2, "feed_forward": 5, "batch": 4, "init": "xavier",
    "padding": "masked",
}  # fmt: skip


def lesson(**values: Any) -> Lesson:
    model, task = MODELS["transformer"], TASKS["integer_addition"]
    table = declared(
        model.settings, task.settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )
    return Lesson(
        "sums", {"en": ""}, {"en": ""}, {"en": ""}, model, task, (), Settings(table, {**_SMALL, **values}), "", 1
    )


def tape_of(**values: Any) -> Tape:
    made = lesson(**values)
    return Run(made, made.settings).tape(0)
