"""Timers that go off once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def one_shot(parent: QObject, work: Callable[[], None], milliseconds: int = 0) -> QTimer:
    """A timer that does some work so long after its last start; after 0 ms, as soon as nothing else is to be done."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(work)
    return timer
