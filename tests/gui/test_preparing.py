"""A run that takes long to prepare: it can be given up, by a button and by a key, and leaves nothing behind."""

import gc
import time
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.training.memory_need import bytes_needed
from gui import old_tapes
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.main_window import MainWindow
from gui.status_line import StatusLine

LONG = {"hidden": 2000, "bits": 30}
"""Some seconds of recording."""


@pytest.fixture
def bridge(qapp):
    made = Bridge(Session(lesson_named("binary-addition")))
    yield made
    made.close()


@pytest.fixture
def window(qapp, qtbot):
    appearance = Appearance()
    bridge = Bridge(Session(lesson_named("binary-addition")), appearance)
    made = MainWindow(bridge, appearance)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    bridge.close()
    made.deleteLater()


def wait(qtbot, bridge):
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)


def told(bridge):
    texts = []
    bridge.message.connect(lambda text, kind: texts.append((kind, text)))
    return texts


@pytest.mark.impatient
@pytest.mark.parametrize("after", [0.0, 0.1, 0.5])
def test_a_run_being_prepared_is_given_up_at_once(bridge, qtbot, after):
    texts = told(bridge)
    bridge.step()
    before = bridge.session.run, bridge.tape, bridge.cursor.position, bridge.settings
    bridge.change_settings(**LONG)
    assert bridge.busy is not None
    qtbot.wait(int(1000 * after))
    begun = time.monotonic()
    bridge.cancel()
    wait(qtbot, bridge)
    assert time.monotonic() - begun < 1.0  # the whole of it takes many times as long
    assert (bridge.session.run, bridge.tape, bridge.cursor.position, bridge.settings) == before
    assert texts == [("info", "Cancelled; the run stays as it was.")]
    assert not bridge.undo_stack.canUndo()
    bridge.change_settings(hidden=3)
    wait(qtbot, bridge)
    assert bridge.settings.integer("hidden") == 3


@pytest.mark.impatient
def test_an_iteration_that_takes_long_is_given_up_in_its_middle(bridge, qtbot):
    bridge.change_settings(hidden=1200, bits=20)
    wait(qtbot, bridge)
    texts = told(bridge)
    bridge.go_to_iteration(1)
    bridge.cancel()
    wait(qtbot, bridge)
    assert (bridge.iteration, bridge.session.run.reached) == (0, 1)
    assert texts == [("info", "Cancelled; the run has reached iteration 1, and all up to there stays.")]


@pytest.mark.impatient
@pytest.mark.parametrize("way", ["Cancel", "Esc", "Ctrl+."])
def test_the_window_offers_ways_out(window, qtbot, way):
    bridge = window.bridge
    run = bridge.session.run
    bridge.change_settings(**LONG)
    button = next(one for one in window.findChild(StatusLine).findChildren(QPushButton) if one.text() == "Cancel")
    assert button.isVisible()
    if way == "Cancel":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    elif way == "Esc":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        QTest.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, bridge)
    assert bridge.session.run is run
    assert not button.isVisible()


def test_what_cannot_fit_is_refused_before_anything_is_drawn(bridge, qtbot, monkeypatch):
    texts = told(bridge)
    run = bridge.session.run

    def drawn(*_):
        raise AssertionError("parameters were drawn")

    monkeypatch.setattr("engine.training.run.initial_parameters", drawn)
    bridge.change_settings(hidden=1_000_000)
    wait(qtbot, bridge)
    ((kind, text),) = texts
    assert kind == "problem"
    assert text.startswith("These settings need about ")
    assert bridge.session.run is run


@pytest.mark.parametrize("move", [
    lambda bridge: bridge.go_to_iteration(1), lambda bridge: bridge.change_settings(hidden=4),
    lambda bridge: bridge.reset(),
])  # fmt: skip
@pytest.mark.parametrize("huge", [True, False])
def test_a_huge_tape_that_was_left_is_gone_soon(qapp, qtbot, monkeypatch, huge, move):
    session = Session(lesson_named("binary-addition"))
    need = bytes_needed(session.lesson, session.settings)
    monkeypatch.setattr(old_tapes, "_HUGE", need - 1 if huge else need)
    monkeypatch.setattr(old_tapes, "_WAIT_MILLISECONDS", 1)
    bridge = Bridge(session)
    left = weakref.ref(bridge.tape)
    gc.disable()
    try:
        move(bridge)
        wait(qtbot, bridge)
        qtbot.wait(50)
        QApplication.processEvents()
        assert (left() is None) is huge
    finally:
        gc.enable()
        bridge.close()
