"""The window: opens, answers its keys, remembers its layout and leaves nothing behind."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QTabBar,
)

from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.lesson import lesson_named, lessons
from gui.actions.fuzzy import fold
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.command_palette import CommandPalette
from gui.error_notice import ErrorNotice, ErrorReporter
from gui.key_guard import keeps
from gui.main_window import MainWindow
from gui.settings_store import Preferences
from gui.shortcut_page import ShortcutPage
from gui.views import VIEWS

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qapp, qtbot):
    appearance = Appearance()
    bridge = Bridge(Session(lesson_named("binary-addition")), appearance)
    made = MainWindow(bridge, appearance)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    bridge.close()
    made.deleteLater()


def press(window, key, modifiers=NONE):
    QTest.keyClick(window, key, modifiers)
    QApplication.processEvents()


def test_opens_at_720_lines_with_every_panel(window):
    assert (window.width(), window.height()) == (1280, 720)
    for view in VIEWS:
        if view.closable:
            assert window.panel_shown(view.id) == view.at_start
    names = [view.id for view in VIEWS]
    assert len(names) == len(set(names))


def test_a_lesson_opens_the_panels_it_names_and_takes_them_along(window):
    assert not window.panel_shown("gates")
    window.bridge.open_lesson("lstm")
    window.settle()
    assert window.panel_shown("gates")
    assert window.docks.docks["gates"].widget().widget() is not None  # in front
    window.bridge.open_lesson("binary-addition")
    assert not window.panel_shown("gates")
    window.toggle_panel("gates")
    window.bridge.open_lesson("sine-prediction")
    assert window.panel_shown("gates")  # the user opened it


@pytest.mark.parametrize(
    ("lesson", "front"), [("lstm", "Gates"), ("rnn-layer", "Inspector"), ("vanishing-gradient", "Lab")]
)
def test_the_first_panel_a_lesson_names_is_in_front_from_the_start(qapp, qtbot, lesson, front):
    appearance = Appearance()
    bridge = Bridge(Session(lesson_named(lesson)), appearance)
    made = MainWindow(bridge, appearance)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    bars = [bar for bar in made.findChildren(QTabBar) if bar.parent() is made and bar.isVisible()]
    assert front in [bar.tabText(bar.currentIndex()) for bar in bars]
    made.close()
    bridge.close()
    made.deleteLater()


def test_lessons_name_panels_that_there_are():
    known = {view.id for view in VIEWS if view.closable}
    for lesson in lessons():
        assert set(lesson.panels) <= known, lesson.id


def test_keys_step_run_and_change_the_grain(window):
    bridge = window.bridge
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_F10)
    press(window, Qt.Key.Key_PageDown)
    three = bridge.cursor.position
    assert three > 0
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_PageUp)
    assert bridge.cursor.position == 0
    press(window, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    coarser = bridge.session.grain
    press(window, Qt.Key.Key_F11)
    assert (coarser, bridge.session.grain) == (Grain.GATE, Grain.OPERATION)
    press(window, Qt.Key.Key_End)
    assert bridge.cursor.position == bridge.cursor.end
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.AltModifier)
    assert bridge.cursor.position == 0
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_F9)
    assert len(bridge.session.breakpoints) == 1
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bridge.session.breakpoints == []
    press(window, Qt.Key.Key_Space)
    assert bridge.playing
    press(window, Qt.Key.Key_Space)
    assert not bridge.playing


def test_language_theme_and_size_change_live(window):
    looks = window.appearance
    press(window, Qt.Key.Key_F2)
    assert looks.language == "ja"
    assert window.menuBar().actions()[0].text() == "ファイル"
    assert "レッスン" in window.docks.docks["lesson"].windowTitle()
    press(window, Qt.Key.Key_F3)
    assert looks.theme.dark
    for _ in range(6):
        press(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert looks.scale > 1.5
    press(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert looks.scale == 1.0


def test_an_action_that_is_off_says_why(window):
    table = window.actions_table
    assert not table["run.step_back"].isEnabled()
    assert "This is the start of the first iteration." in table["run.step_back"].toolTip()
    window.bridge.step()
    assert table["run.step_back"].isEnabled()
    assert "start" not in table["run.step_back"].toolTip()


def test_undo_names_what_it_takes_back(window, qtbot):
    window.bridge.change_settings(hidden=4)
    qtbot.waitUntil(lambda: window.bridge.busy is None, timeout=20_000)
    assert window.actions_table["edit.undo"].text() == "Undo hidden: 16 → 4"


@pytest.mark.parametrize(("kind", "key", "modifiers", "kept"), [
    (QLineEdit, Qt.Key.Key_Space, NONE, True), (QLineEdit, Qt.Key.Key_F10, NONE, False),
    (QLineEdit, Qt.Key.Key_Left, NONE, True), (QSpinBox, Qt.Key.Key_PageUp, NONE, True),
    (QSpinBox, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, False), (QPlainTextEdit, Qt.Key.Key_End, NONE, True),
    (QCheckBox, Qt.Key.Key_Space, NONE, True), (QCheckBox, Qt.Key.Key_Right, NONE, False),
    (QComboBox, Qt.Key.Key_Right, NONE, False), (QSlider, Qt.Key.Key_Right, NONE, True),
])  # fmt: skip
def test_fields_keep_the_keys_they_need(qapp, kind, key, modifiers, kept):
    widget = kind()
    assert keeps(widget, key.value, modifiers) is kept
    widget.deleteLater()


def test_typing_into_a_field_does_not_step(window):
    field = window.findChild(QSpinBox)
    field.setFocus()
    QApplication.processEvents()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_PageDown, NONE)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted()


def test_palette_finds_in_both_languages_and_carries_out(window):
    window.show_palette()
    palette = window.findChild(CommandPalette)
    field = palette.findChild(QLineEdit)
    for query in ("coarser", "粗く"):
        field.setText(query)
        first = palette.found()[0]
        assert first.id == "run.coarser", query
    press(field, Qt.Key.Key_Return)
    assert window.bridge.session.grain is Grain.GATE
    assert window.findChild(CommandPalette) is None or not palette.isVisible()


def test_palette_does_not_do_what_is_off(window):
    window.show_palette()
    palette = window.findChild(CommandPalette)
    palette.findChild(QLineEdit).setText("remove all breakpoints")
    press(palette.findChild(QLineEdit), Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_keys_are_changed_on_the_page_and_remembered(window):
    saved = []
    page = ShortcutPage(window.actions_table, window.appearance, window, lambda: saved.append(1))
    page.choose("run.step")
    page.enter_key("F9")
    assert "Set or remove a breakpoint" in page.problem()
    page.take_over()
    assert window.actions_table.keymap.owner("F9") == "run.step"
    assert window.preferences().keys["edit.breakpoint"] == ()
    press(window, Qt.Key.Key_F9)
    assert window.bridge.cursor.position > 0
    page.put_all_back()
    assert window.actions_table["edit.breakpoint"].shortcut() == QKeySequence("F9")
    assert len(saved) == 2
    page.close()


def test_layout_is_remembered(window, qapp):
    window.toggle_panel("inspector")
    kept = window.preferences()
    bridge = Bridge(Session(lesson_named("binary-addition")))
    other = MainWindow(bridge, window.appearance, kept)
    other.show()
    QApplication.processEvents()
    assert not other.panel_shown("inspector")
    other.restore_layout()
    assert other.panel_shown("inspector")
    other.close()
    bridge.close()
    other.deleteLater()


@pytest.mark.parametrize("scale", [0.75, 2.0, 3.0])
def test_every_size_keeps_the_window_and_warns_of_nothing(window, scale):
    window.appearance.set_scale(scale)
    window.settle()
    assert (window.width(), window.height()) == (1280, 720)
    window.restore_layout()
    window.toggle_panels()
    assert not window.any_panel_shown()
    window.toggle_panels()
    window.settle()
    assert window.any_panel_shown()
    window.appearance.reset_scale()
    window.settle()


def test_panels_are_made_when_they_are_seen(window, monkeypatch):
    window.settle()
    dock = window.docks.docks["inspector"]
    assert dock.widget().widget() is not None
    behind = window.docks.docks["watches"]
    assert behind.widget().widget() is None
    behind.raise_()
    window.settle()
    assert behind.widget().widget() is not None


def test_a_name_with_an_ampersand_is_shown_as_it_is(window):
    window.resize(1600, 900)
    assert window.docks.docks["watches"].windowTitle() == "Watches && breakpoints"


def test_keys_still_step_and_play_when_the_panel_with_the_focus_is_hidden(window):
    window.settle()
    window.docks.docks["lesson"].findChild(QLineEdit).setFocus()
    press(window, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert window.hasFocus()
    press(window, Qt.Key.Key_Space)
    assert window.bridge.playing
    window.bridge.pause()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_tabs_are_seen_in_a_narrow_window(window, language):
    window.appearance.set_language(language)
    window.settle()
    bar = next(bar for bar in window.findChildren(QTabBar) if bar.count() > 2)
    assert window.docks.docks["watches"].windowTitle() in {"Watches", "ウォッチ"}
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()


def test_the_first_keys_are_on_the_status_line_until_the_first_step(window):
    said = [label.text() for label in window.status_line.findChildren(QLabel)]
    assert "→ takes one step, ← takes it back, Space plays; F1 shows all keys." in said
    window.bridge.step()
    assert not any("takes one step" in label.text() for label in window.status_line.findChildren(QLabel))


def test_broken_layout_bytes_do_no_harm(qapp):
    appearance = Appearance()
    bridge = Bridge(Session(lesson_named("binary-addition")))
    window = MainWindow(bridge, appearance, Preferences(geometry=b"x", docks=b"rubbish"))
    window.show()
    QApplication.processEvents()
    assert window.panel_shown("lesson")
    window.close()
    bridge.close()
    window.deleteLater()


@pytest.mark.impatient
def test_progress_and_cancel_show_while_busy(window, qtbot):
    window.bridge.go_to_iteration(100_000)
    assert window.actions_table["run.cancel"].isEnabled()
    assert not window.actions_table["run.reset"].isEnabled()
    window.actions_table["run.cancel"].trigger()
    qtbot.waitUntil(lambda: window.bridge.busy is None, timeout=20_000)
    assert window.actions_table["run.reset"].isEnabled()


@pytest.mark.impatient
def test_the_window_answers_while_the_run_trains(window, qtbot):
    window.bridge.go_to_iteration(100_000)
    gaps = []
    for _ in range(20):
        with qtbot.waitSignal(window.bridge.busy_changed, timeout=20_000):
            pass
        before = window.bridge.cursor.position
        press(window, Qt.Key.Key_Right)
        gaps.append(window.bridge.cursor.position > before)
    assert np.mean(gaps) == 1.0
    window.bridge.cancel()
    qtbot.waitUntil(lambda: window.bridge.busy is None, timeout=20_000)


def test_uncaught_errors_are_shown_once_with_details(window, capsys):
    reporter = ErrorReporter(window.appearance, window)
    for text in ("one", "two"):
        error = ValueError(text)
        reporter.report(ValueError, error, None)
    notices = window.findChildren(ErrorNotice)
    assert len(notices) == 1
    details = notices[0].findChild(QPlainTextEdit).toPlainText()
    assert "one" in details
    assert "two" in details
    assert reporter.count == 2
    assert "ValueError: two" in capsys.readouterr().err
    notices[0].close()


def test_every_dialog_opens_and_closes(window):
    for show in (window.show_palette, window.show_keys, window.show_about, window.ask_iteration):
        show()
        dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        assert len(dialogs) == 1
        dialogs[0].close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_search_texts_are_folded():
    assert fold("Ｓｔｅｐ") == "step"


def test_a_lessons_panels_open_when_the_canvas_has_its_tape(window):
    """They take room from it: laid out on the way from lesson to lesson, it drew the one with the other's cursor."""
    behind = []
    dock = window.docks.docks["gates"]
    dock.visibilityChanged.connect(lambda: behind.append(window.canvas.stage.source.tape is not window.bridge.tape))
    window.bridge.open_lesson("lstm")
    window.settle()
    assert behind
    assert not any(behind)
