"""What holds for every test of the screen: no Qt warning, nothing left running, nothing left open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QApplication

from gui import worker
from gui.fonts import load_fonts
from tests.gui.leaks import Started, active_timers, running_threads, windows, windows_left

_HERE = Path(__file__).parent
# What the offscreen platform says of raise(), size hints and keyboard grabs: it has no screen to do them on.
_NO_SCREEN = "^This plugin does not support "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A Qt warning fails the test.

    A marker, not an option of pyproject.toml: where there is no Qt, pytest knows no such option.
    """
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(_NO_SCREEN, extend=True))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the style and the fonts of every machine, and no settings of the user."""
    QStandardPaths.setTestModeEnabled(True)
    qapp.setStyle("Fusion")
    load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a thread, a running timer or a window fails."""
    threads, timers = Started(QThread, monkeypatch), Started(QTimer, monkeypatch)
    before = set(windows())
    yield
    left = running_threads(threads) + windows_left(before) + active_timers(timers)
    assert not left, f"left behind: {left}"


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short work is waited for on a slow machine, too; tests of what a busy window does are marked ``impatient``."""
    if request.node.get_closest_marker("impatient") is None:
        monkeypatch.setattr(worker, "GRACE_SECONDS", 10.0)
