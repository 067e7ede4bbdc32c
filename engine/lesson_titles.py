"""The list of lessons: ids and titles, without the models and tasks that it takes to open one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import LessonError
from engine.files.resources import resource

_LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class LessonTitle:
    """A lesson in the list.

    Attributes:
        id: such as ``binary-addition``.
        order: place in the list.
        title: by language code.
        path: of its file.
    """

    id: str
    order: int
    title: Mapping[str, str]
    path: Path

    def in_language(self, language: str) -> str:
        """The title in a language; in English if it lacks that language."""
        return self.title.get(language) or self.title["en"]


@lru_cache(maxsize=1)
def lesson_titles() -> tuple[LessonTitle, ...]:
    """All lessons that ship, in their order.

    Raises:
        LessonError: a file cannot be read or has no id, order or English title, or two have the same id.
    """
    found: dict[str, LessonTitle] = {}
    for path in sorted(resource("lessons").glob("*.json")):
        data = lesson_object(path)
        try:
            one = LessonTitle(data["id"], int(data["order"]), {"en": data["title"]["en"], **data["title"]}, path)
        except (KeyError, TypeError, ValueError) as error:
            raise LessonError("{file}: id, order and an English title are needed.", file=path.name) from error
        if one.id in found:
            raise LessonError("{file}: the id “{id}” is taken already.", file=path.name, id=one.id)
        found[one.id] = one
    return tuple(sorted(found.values(), key=lambda one: (one.order, one.id)))


def lesson_object(path: Path) -> dict[str, Any]:
    """What a lesson file holds.

    Raises:
        LessonError: it cannot be read, or is not one JSON object.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise LessonError("{file} is larger than a lesson can be (1 MiB).", file=path.name)
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LessonError("{file} cannot be read: {problem}.", file=path.name, problem=error.strerror) from error
    except UnicodeDecodeError as error:
        raise LessonError("{file} is not UTF-8 text.", file=path.name) from error
    except json.JSONDecodeError as error:
        raise LessonError(
            "{file}, line {line}: not valid JSON ({problem}).", file=path.name, line=error.lineno, problem=error.msg
        ) from error
    if not isinstance(data, dict):
        raise LessonError("{file} must hold one JSON object.", file=path.name)
    return data
