"""A lesson opened with some settings changed, for the tests of the views."""

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.bridge import Bridge


def lesson_bridge(name: str, **settings: object) -> Bridge:
    """A bridge to a new session of a lesson."""
    lesson = lesson_named(name)
    return Bridge(Session(lesson, lesson.settings.changed(**settings)))
