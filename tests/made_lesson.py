"""Lessons that do not ship, for tests: any model on any task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.lesson import RUN_SETTINGS, Lesson
from engine.model import MODELS
from engine.settings import Setting, Settings, declared
from engine.task import TASKS
from engine.training import clipping, initializers, optimizers


def made_lesson(model: str, task: str, values: Mapping[str, Any]) -> Lesson:
    """A lesson with the settings that are not as declared."""
    texts = {"en": ""}
    settings = settings_of(model, values, TASKS[task].settings)
    return Lesson(f"{model} on {task}", texts, texts, texts, MODELS[model], TASKS[task], (), settings, "", 1)


def settings_of(model: str, values: Mapping[str, Any], task: tuple[Setting, ...] = ()) -> Settings:
    """All settings of a model, of a task and of training."""
    table = declared(
        MODELS[model].settings, task, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )
    return Settings(table, values)
