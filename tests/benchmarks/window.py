"""A real window for benchmarks, drawn offscreen."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from engine.debugger.session import Session

FRAME = 16.0
"""Milliseconds a frame may take for sixty in a second."""


@contextmanager
def shown_window(session: Session, width: int = 1920, height: int = 1080) -> Iterator[object]:
    """The main window with every panel open, shown and painted once; settings in a folder of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.app import application
    from gui.appearance import Appearance
    from gui.bridge import Bridge
    from gui.main_window import MainWindow
    from gui.stylesheet import ApplicationStyle

    with TemporaryDirectory() as home:
        os.environ["BACKSTEP_HOME"] = home
        qt = application()
        appearance = Appearance()
        style = ApplicationStyle(qt, appearance)
        bridge = Bridge(session, appearance)
        window = MainWindow(bridge, appearance)
        window.resize(width, height)
        window.show()
        settle(2.0)
        yield window
        window.close()
        bridge.close()
        window.deleteLater()
        style.deleteLater()
        settle(0.1)


def settle(seconds: float) -> None:
    """Let the event loop run for a while, as it does in an application."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()


def painted() -> float:
    """Milliseconds until everything that is due has been handled and painted."""
    from PySide6.QtCore import QCoreApplication

    start = time.perf_counter()
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    return (time.perf_counter() - start) * 1e3
