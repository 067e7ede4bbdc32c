"""The leak detectors detect."""

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel

from tests.gui.leaks import Started, active_timers, running_threads, windows, windows_left


def test_a_running_timer_is_found_and_a_stopped_one_is_not(monkeypatch):
    started = Started(QTimer, monkeypatch)
    timer = QTimer()
    timer.setObjectName("play")
    timer.start(50)
    assert active_timers(started) == ["QTimer 'play' every 50 ms"]
    timer.stop()
    assert active_timers(started) == []


def test_a_running_thread_is_found_and_one_that_quits_is_not(monkeypatch):
    monkeypatch.setattr("tests.gui.leaks._MILLISECONDS_TO_END", 50)
    started = Started(QThread, monkeypatch)
    thread = QThread()
    thread.start()
    assert running_threads(started) == ["QThread"]
    thread.quit()
    thread.wait()
    assert running_threads(started) == []


def test_a_window_is_found_until_its_deletion_is_delivered(qapp):
    before = set(windows())
    label = QLabel("left")
    label.setObjectName("left")
    assert windows_left(before) == ["QLabel 'left'"]
    label.deleteLater()
    assert windows_left(before) == []


def test_a_window_that_was_there_before_is_not_found(qtbot):
    label = QLabel("before")
    qtbot.addWidget(label)
    assert windows_left(set(windows())) == []


def test_a_qt_warning_fails_every_test_of_this_room(request):
    assert request.node.get_closest_marker("qt_log_level_fail").args == ("WARNING",)
