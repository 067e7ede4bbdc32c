"""Lessons: a model, a task, settings, notes. A lesson is one JSON file in resources/lessons/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import LessonError, SettingError
from engine.files.resources import resource
from engine.lesson_titles import lesson_object, lesson_titles
from engine.model import MODELS, Model
from engine.registry import RegistryError
from engine.settings import Setting, SettingKind, Settings, declared
from engine.task import TASKS, Task
from engine.training import clipping, initializers, optimizers

RUN_SETTINGS = (
    Setting("iterations", SettingKind.INTEGER, 10_000, "Number of iterations of a training.", 1, 100_000_000),
    Setting("dtype", SettingKind.CHOICE, "float64", "Precision of all numbers.", choices=("float64", "float32")),
    Setting("seed", SettingKind.INTEGER, 0, "Seed of all random numbers.", 0, 2**63 - 1),
)

_KEYS = {
    "id": str, "order": int, "title": dict, "summary": dict, "notes": dict, "model": str, "task": str, "system": list,
    "settings": dict, "task_view": str,
}  # fmt: skip
_OPTIONAL_KEYS = {"notation": str, "panels": list}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson.

    Attributes:
        id: such as ``binary-addition``.
        title, summary, notes: by language code; notes are Markdown with $formulas$ (a list of lines in the file).
        model, task: what is trained on what.
        system: rows of the mission's table, such as ``A1``.
        settings: the lesson's settings.
        task_view: name of the task's own view, empty if it has none.
        order: place in the list.
        notation: name of the notation in which it is shown unless the user chose another; empty for its own symbols.
        panels: names of the window's panels that it needs beside those that are always there; the first in front.
    """

    id: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    notes: Mapping[str, str]
    model: Model
    task: Task
    system: tuple[str, ...]
    settings: Settings
    task_view: str
    order: int
    notation: str = ""
    panels: tuple[str, ...] = ()

    def in_language(self, texts: Mapping[str, str], language: str) -> str:
        """One of the lesson's texts in a language; English if it lacks that language."""
        return texts.get(language) or texts["en"]


def read_lesson(path: Path) -> Lesson:
    """Read and check a lesson file.

    Raises:
        LessonError: it cannot be read, has a wrong or missing key, or names what there is not.
    """
    data = lesson_object(path)
    file, known_keys = path.name, _KEYS | _OPTIONAL_KEYS
    for key, value in data.items():
        if key not in known_keys:
            raise LessonError(
                "{file}: there is no key “{key}” in a lesson; there are {known}.",
                file=file, key=key, known=", ".join(known_keys),
            )  # fmt: skip
        if not isinstance(value, known_keys[key]):
            raise LessonError(
                "{file}: “{key}” must be of type {kind}.", file=file, key=key, kind=known_keys[key].__name__
            )
    for key in _KEYS:
        if key not in data:
            raise LessonError("{file}: the key “{key}” is missing.", file=file, key=key)
    for key in ("title", "summary", "notes"):
        if "en" not in data[key]:
            raise LessonError("{file}: “{key}” has no English text (“en”).", file=file, key=key)
    try:
        model, task = MODELS[data["model"]], TASKS[data["task"]]
        settings = Settings(_declared(model, task), data["settings"])
    except (RegistryError, SettingError) as error:
        raise LessonError("{file}: {problem}", file=file, problem=str(error)) from error
    notes = {language: "\n".join(lines) for language, lines in data["notes"].items()}
    return Lesson(
        data["id"], data["title"], data["summary"], notes, model, task, tuple(data["system"]), settings,
        data["task_view"], data["order"], _notation(data, file), tuple(data.get("panels", ())),
    )  # fmt: skip


def _notation(data: Mapping[str, Any], file: str) -> str:
    name: str = data.get("notation", "")
    if name and not resource("notations", f"{name}.json").is_file():
        known = ", ".join(path.stem for path in sorted(resource("notations").glob("*.json")))
        raise LessonError(
            "{file}: there is no notation “{name}”; there are {known}.", file=file, name=name, known=known
        )
    return name


def _declared(model: Model, task: Task) -> dict[str, Setting]:
    return declared(
        model.settings, task.settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )


def lessons() -> tuple[Lesson, ...]:
    """All lessons that ship, in their order.

    Raises:
        LessonError: a file is wrong, or two have the same id.
    """
    return tuple(_shipped(title.path) for title in lesson_titles())


def lesson_named(name: str) -> Lesson:
    """The lesson with that id.

    Raises:
        LessonError: there is none, or its file is wrong.
    """
    for title in lesson_titles():
        if title.id == name:
            return _shipped(title.path)
    known = ", ".join(title.id for title in lesson_titles())
    raise LessonError("There is no lesson “{name}”; there are {known}.", name=name, known=known)


@cache
def _shipped(path: Path) -> Lesson:
    return read_lesson(path)
