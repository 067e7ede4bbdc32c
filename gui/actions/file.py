"""The File menu."""

from collections.abc import Iterable

from engine.lesson_titles import LessonTitle
from gui.actions.action import Action
from gui.actions.needs import IDLE, canvas_can
from gui.language import translatable


def lesson_actions(lessons: Iterable[LessonTitle]) -> tuple[Action, ...]:
    """One action a lesson, to open it."""
    return tuple(_lesson_action(lesson) for lesson in lessons)


def _lesson_action(lesson: LessonTitle) -> Action:
    return Action(
        id=f"file.lesson.{lesson.id}",
        text="Lesson: {title}",
        fill=lambda desk, language: {"title": lesson.in_language(language)},
        menu="File",
        submenu=translatable("Lessons"),
        icon="book",
        needs=(IDLE,),
        checked=lambda desk: desk.bridge.lesson.id == lesson.id,
        callback=lambda desk: desk.bridge.open_lesson(lesson.id),
    )


ACTIONS = (
    Action(
        id="file.export_picture", text="Export a picture of the canvas…", menu="File", icon="picture",
        keys=("Ctrl+E",), group=1, needs=(canvas_can("view_mode"),),
        callback=lambda desk: desk.screen.export_picture(),
    ),
    Action(
        id="file.quit", text="Quit", menu="File", keys=("Ctrl+Q",), group=2,
        callback=lambda desk: desk.screen.leave(),
    ),
)  # fmt: skip
