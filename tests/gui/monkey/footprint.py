"""How much memory and how many objects the program holds when nothing is going on."""

import ctypes
import gc
import sys
import time
from dataclasses import dataclass

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication

from engine.lesson import lessons
from engine.tape import Tape
from gui.app import Application
from tests.gui.monkey.hands import dialogs

_SIZE = QSize(1440, 900)
_MOST_SECONDS = 20.0


@dataclass(frozen=True)
class Footprint:
    """Resident memory in MB, widgets, all Qt objects of the window, and tapes that somebody still holds."""

    megabytes: float
    widgets: int
    objects: int
    tapes: int


def footprint(made: Application) -> Footprint:
    """What the program holds, after everything was put back to how it began."""
    _put_back(made)
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    memory = psutil.Process().memory_info().rss / 2**20
    tapes = sum(isinstance(thing, Tape) for thing in gc.get_objects())
    return Footprint(round(memory, 1), len(QApplication.allWidgets()), len(made.window.findChildren(QObject)), tapes)


def _put_back(made: Application) -> None:
    bridge, looks, window = made.bridge, made.appearance, made.window
    bridge.pause()
    bridge.cancel()
    _wait_until_idle(made)
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in dialogs():
        dialog.close()
    looks.set_language("en")
    looks.set_theme("light")
    looks.set_scale(1.0)
    window.showNormal()
    window.resize(_SIZE)
    window.restore_layout()
    for dock in window.docks.docks.values():  # made when first seen: all of them count
        dock.show()  # those a lesson opens are closed
        dock.raise_()
        QApplication.processEvents()
        while window.docks.filling:
            QApplication.processEvents()
    window.restore_layout()
    for point in tuple(bridge.session.breakpoints):
        bridge.remove_breakpoint(point)
    bridge.undo_stack.clear()
    bridge.open_lesson(lessons()[0].id)
    _wait_until_idle(made)
    bridge.undo_stack.clear()
    window.settle()


def _wait_until_idle(made: Application) -> None:
    deadline = time.monotonic() + _MOST_SECONDS
    while made.bridge.busy is not None:
        QApplication.processEvents()
        if time.monotonic() > deadline:
            raise TimeoutError("the work does not end after a cancel")
