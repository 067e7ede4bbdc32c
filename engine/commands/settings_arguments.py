"""What ``train``, ``trace`` and ``check`` have in common on the command line: lesson, ``--set``, ``--iteration``."""

from __future__ import annotations

import argparse

from engine.errors import SettingError
from engine.lesson import Lesson, lesson_named
from engine.settings import Setting, SettingKind, Settings

ITERATION = Setting("iteration", SettingKind.INTEGER, 0, "Number of an iteration, from 0.", 0, 100_000_000)


def add_lesson_argument(parser: argparse.ArgumentParser) -> None:
    """LESSON and --set."""
    parser.add_argument("lesson", metavar="LESSON", help="id of a lesson; `lessons` lists them")
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], dest="assignments",
        help="change a setting, as in --set hidden=8; may be given many times",
    )  # fmt: skip


def add_iteration_argument(parser: argparse.ArgumentParser) -> None:
    """--iteration."""
    parser.add_argument(
        "--iteration", metavar="N", default="0", help="which iteration, from 0 (default); those before it are run first"
    )


def chosen_lesson(arguments: argparse.Namespace, **more: object) -> tuple[Lesson, Settings]:
    """The lesson and its settings as the arguments have them.

    Args:
        arguments: with ``lesson`` and ``assignments``.
        more: settings that have options of their own; None where the option was not given.

    Raises:
        LessonError: there is no such lesson.
        SettingError: ``--set`` is not written KEY=VALUE, or a setting or its value is not allowed.
    """
    lesson = lesson_named(arguments.lesson)
    values: dict[str, object] = dict(lesson.settings)
    values.update(assigned(text) for text in arguments.assignments)
    values.update({name: value for name, value in more.items() if value is not None})
    return lesson, Settings(lesson.settings.declared, values)


def chosen_iteration(arguments: argparse.Namespace) -> int:
    """The number given with ``--iteration``.

    Raises:
        SettingError: it is not a whole number from 0.
    """
    return int(ITERATION.accept(arguments.iteration))


def assigned(text: str) -> tuple[str, str]:
    """Name and value of ``KEY=VALUE``.

    Raises:
        SettingError: it is not written so.
    """
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise SettingError("“{text}” sets nothing: write --set KEY=VALUE, for instance --set hidden=8.", text=text)
    return name.strip(), value.strip()
