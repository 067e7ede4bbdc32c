"""What a test of the screen may not leave behind: threads, running timers, windows."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

# Qt keeps one tooltip label of its own for a while after a tooltip was shown.
_WINDOWS_OF_QT = ("QTipLabel",)
_MILLISECONDS_TO_END = 20_000


class Started:
    """The objects of one Qt class whose `start` was called from Python while a test ran.

    Kept by weak reference: an object that is gone cannot leak.
    """

    def __init__(self, kind: type[QObject], monkeypatch: pytest.MonkeyPatch) -> None:
        self._started: list[weakref.ref[Any]] = []
        monkeypatch.setattr(kind, "start", self._noting(kind.start))  # type: ignore[attr-defined]

    def _noting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        def noted_start(started: Any, *arguments: Any) -> Any:
            self._started.append(weakref.ref(started))
            return start(started, *arguments)

        return noted_start

    def alive(self) -> list[Any]:
        """Those that still exist, in Python and in Qt."""
        objects = {id(found): found for found in (reference() for reference in self._started) if found is not None}
        return [found for found in objects.values() if Shiboken.isValid(found)]


def running_threads(started: Started) -> list[str]:
    """The QThreads that do not end by themselves within some seconds, and what the shared thread pool still does."""
    left = [_name(thread) for thread in started.alive() if not _ends(thread)]
    pool = QThreadPool.globalInstance()
    if not pool.waitForDone(_MILLISECONDS_TO_END):
        left.append(f"{pool.activeThreadCount()} tasks of the thread pool")
    return left


def _ends(thread: QThread) -> bool:
    return not thread.isRunning() or thread.wait(_MILLISECONDS_TO_END)


def active_timers(started: Started) -> list[str]:
    """The QTimers that would still fire after the test."""
    timers: list[QTimer] = started.alive()
    return [f"{_name(timer)} every {timer.interval()} ms" for timer in timers if timer.isActive()]


def windows() -> dict[int, QWidget]:
    """Every top-level widget by its address."""
    return {Shiboken.getCppPointer(widget)[0]: widget for widget in QApplication.topLevelWidgets()}


def windows_left(before: set[int]) -> list[str]:
    """The top-level widgets that were not there before the test."""
    deliver_deletions()
    if set(windows()) <= before:
        return []
    gc.collect()
    deliver_deletions()
    left = [widget for address, widget in windows().items() if address not in before]
    return [_name(widget) for widget in left if widget.metaObject().className() not in _WINDOWS_OF_QT]


def deliver_deletions() -> None:
    """Carry out every deleteLater(): without a running event loop Qt would never do it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def _name(thing: QObject) -> str:
    kind = type(thing).__name__
    return f"{kind} {thing.objectName()!r}" if thing.objectName() else kind
