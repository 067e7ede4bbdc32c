"""``lessons``: what there is to learn, and what may be set."""

from __future__ import annotations

import argparse
from typing import Any

from engine.commands.report_writing import write_json, write_line
from engine.lesson import Lesson, lessons
from engine.settings import Setting, SettingKind, Settings, Value


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help="a JSON list instead of text")


def run(arguments: argparse.Namespace) -> int:
    """Write the lessons; returns the exit status."""
    if arguments.json:
        write_json([as_data(lesson) for lesson in lessons()])
        return 0
    for lesson in lessons():
        write_line(f"{lesson.id}  {lesson.title['en']}")
        write_line(f"    {lesson.summary['en']}")
        write_line(f"    systems {', '.join(lesson.system)}; task {lesson.task.name}")
        for setting in lesson.settings.declared.values():
            write_line("    " + _line(setting, lesson.settings[setting.name]))
        write_line()
    return 0


def as_data(lesson: Lesson) -> dict[str, Any]:
    """A lesson as JSON has it; ``default`` is the lesson's own value of a setting."""
    return {
        "id": lesson.id,
        "title": lesson.title["en"],
        "titles": dict(lesson.title),
        "summaries": dict(lesson.summary),
        "system": list(lesson.system),
        "model": lesson.model.name,
        "task": lesson.task.name,
        "settings": _settings(lesson.settings),
    }


def _settings(settings: Settings) -> list[dict[str, Any]]:
    made = []
    for setting in settings.declared.values():
        data: dict[str, Any] = {"name": setting.name, "type": str(setting.kind), "default": settings[setting.name]}
        if setting.kind is SettingKind.CHOICE:
            data["choices"] = list(setting.choices)
        elif setting.kind in {SettingKind.INTEGER, SettingKind.NUMBER}:
            data["bounds"] = {"least": setting.least, "most": setting.most}
        data["meaning"] = setting.meaning
        made.append(data)
    return made


def _line(setting: Setting, default: Value) -> str:
    allowed = "true, false" if setting.kind is SettingKind.SWITCH else ", ".join(setting.choices)
    if setting.kind is SettingKind.FILE:
        allowed = "path of a file"
    elif setting.kind is SettingKind.TEXT:
        allowed = "one line of text"
    if setting.least is not None and setting.most is not None:
        allowed = f"{setting.least:.15g} … {setting.most:.15g}"
    value = str(default).lower() if setting.kind is SettingKind.SWITCH else default
    return f"{setting.name + '=' + str(value):22} {setting.meaning} ({allowed})"
