"""The application as a process: without a screen, with wrong words, interrupted, and with an error of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

TOP = Path(__file__).resolve().parents[2]


def start(folder, *words, code="", **variables):
    environment = {name: value for name, value in os.environ.items()
                   if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}  # fmt: skip
    environment |= {"BACKSTEP_HOME": str(folder / "home"), "PYTHONPATH": str(TOP), **variables}
    command = [sys.executable, "-c", code] if code else [sys.executable, str(TOP / "main.py"), *words]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only there a screen may be missing")
def test_without_a_screen_it_says_so_and_draws_the_opening_view(tmp_path):
    process = start(tmp_path)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(said.splitlines()) == 1
    assert "backstep-opening.png" in said
    image = QImage(str(tmp_path / "backstep-opening.png"))
    assert (image.width(), image.height()) == (1600, 900)


@pytest.mark.parametrize("words", [("no-such-lesson",), ("render", "no-such-lesson", "--out", "x.png")])
def test_an_unknown_lesson_is_one_sentence_and_status_2(tmp_path, words):
    process = start(tmp_path, *words)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert len(said.splitlines()) == 1
    assert "binary-addition" in said


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal to send")
def test_ctrl_c_ends_it_and_keeps_the_preferences(tmp_path):
    code = """
import sys, main, gui.app
from PySide6.QtCore import QTimer
build = gui.app.build
def telling(*arguments):
    made = build(*arguments)
    QTimer.singleShot(0, lambda: print("at work", flush=True))
    return made
gui.app.build = telling
sys.exit(main.main([]))
"""
    process = start(tmp_path, code=code, QT_QPA_PLATFORM="offscreen")
    assert process.stdout.readline() == "at work\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert (tmp_path / "home" / "preferences.json").is_file()


def test_an_error_of_its_own_is_told_and_ends_with_status_1(tmp_path):
    code = """
import sys, main, gui.app
from PySide6.QtCore import QTimer
build = gui.app.build
def broken(*arguments):
    made = build(*arguments)
    def fail():
        QTimer.singleShot(200, made.qt.quit)
        raise ZeroDivisionError("planted")
    QTimer.singleShot(50, fail)
    return made
gui.app.build = broken
sys.exit(main.main([]))
"""
    process = start(tmp_path, code=code, QT_QPA_PLATFORM="offscreen")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "planted" in said


def test_broken_preferences_are_set_aside(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "preferences.json").write_text('{"theme": 7}', encoding="utf-8")
    code = """
import sys, main, gui.app
from PySide6.QtCore import QTimer
build = gui.app.build
def quitting(*arguments):
    made = build(*arguments)
    QTimer.singleShot(50, made.qt.quit)
    return made
gui.app.build = quitting
sys.exit(main.main([]))
"""
    process = start(tmp_path, code=code, QT_QPA_PLATFORM="offscreen")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert list(home.glob("*.broken"))
