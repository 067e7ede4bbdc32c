"""The application: looks, session, bridge and window put together, and run."""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.errors import BackstepError
from engine.lesson import lesson_named
from engine.lesson_titles import lesson_titles
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.error_notice import ErrorReporter
from gui.fonts import load_fonts
from gui.main_window import MainWindow
from gui.settings_store import Preferences, SettingsStore
from gui.stylesheet import ApplicationStyle

OPENING_PICTURE = "backstep-opening.png"
_PICTURE_SIZE = (1600, 900)
_SWITCH_SECONDS = 0.002
_SIGNAL_CHECK_MILLISECONDS = 200


@dataclass
class Application:
    """What belongs together for one window."""

    qt: QApplication
    appearance: Appearance
    bridge: Bridge
    window: MainWindow


def application() -> QApplication:
    """Qt's application with our fonts; one a process."""
    # While a worker trains, the window's thread asks for Python's lock more often than Python would hand it over.
    sys.setswitchinterval(_SWITCH_SECONDS)
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(["backstep"])
    qt.setApplicationName("backstep")
    qt.setApplicationDisplayName("Backstep")
    qt.setDesktopFileName("backstep")
    load_fonts()
    return qt


def build(lesson: str | None, preferences: Preferences) -> Application:
    """The window, not yet shown, with a lesson open, by default the first.

    Raises:
        LessonError: there is no such lesson.
    """
    session = Session(lesson_named(lesson or lesson_titles()[0].id))
    qt = application()
    appearance, problem = _appearance(preferences)
    appearance.follow_lesson(session.lesson.notation)
    style = ApplicationStyle(qt, appearance)
    style.setObjectName("style")
    bridge = Bridge(session, appearance)
    window = MainWindow(bridge, appearance, preferences)
    window.destroyed.connect(style.deleteLater)
    if problem is not None:
        bridge.message.emit(appearance.say_error(problem), "problem")
    return Application(qt, appearance, bridge, window)


def _appearance(preferences: Preferences) -> tuple[Appearance, BackstepError | None]:
    """The remembered looks; the default ones, and why, where those are no more."""
    try:
        made = Appearance(
            theme=preferences.theme, language=preferences.language, scale=preferences.scale,
            notation=preferences.notation,
        )  # fmt: skip
        return made, None
    except BackstepError as error:
        return Appearance(), error


def run(lesson: str | None = None) -> int:
    """Open the window and stay until it is closed; without a screen, draw the opening view into a file.

    Returns:
        the exit status: 1 if there was an error that nobody caught.
    """
    if not has_screen():
        return _draw_opening(lesson)
    store = SettingsStore()
    preferences, problem = store.load()
    made = build(lesson, preferences)
    reporter = ErrorReporter(made.appearance, made.window)
    reporter.install()
    if problem is not None:
        made.bridge.message.emit(made.appearance.say_error(problem), "problem")
    made.window.actions_table.keys_changed.connect(lambda: _save(store, made))
    made.qt.aboutToQuit.connect(lambda: _save(store, made))
    timer = _heed_interrupts(made.qt)
    made.window.show()
    status = made.qt.exec()
    timer.stop()
    made.bridge.close()
    return status or int(reporter.count > 0)


def has_screen() -> bool:
    """Whether a window can be shown: on Linux a display must be named, or a platform that needs none."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _draw_opening(lesson: str | None) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    made = build(lesson, Preferences())
    made.window.resize(*_PICTURE_SIZE)
    made.window.show()
    made.window.settle()
    path = Path.cwd() / OPENING_PICTURE
    saved = made.window.grab().save(str(path))
    made.window.close()
    made.bridge.close()
    if not saved:
        sys.stderr.write(made.appearance.say("There is no screen, and {file} cannot be written.", file=path) + "\n")
        return 2
    sys.stderr.write(made.appearance.say("There is no screen; the opening view is in {file}.", file=path) + "\n")
    return 0


def _save(store: SettingsStore, made: Application) -> None:
    try:
        store.save(made.window.preferences())
    except BackstepError as error:
        sentence = made.appearance.say_error(error)
        made.bridge.message.emit(sentence, "problem")
        sys.stderr.write(sentence + "\n")


def _heed_interrupts(qt: QApplication) -> QTimer:
    """Ctrl+C ends the application; Python looks at signals only when it runs, hence the timer."""
    signal.signal(signal.SIGINT, lambda *_: qt.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_CHECK_MILLISECONDS)
    return timer
