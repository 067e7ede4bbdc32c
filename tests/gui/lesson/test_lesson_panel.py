"""The lesson panel offers every setting, and says in place why a value is refused."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.lesson.lesson_notes import LessonNotes
from gui.lesson.lesson_panel import LessonPanel
from gui.lesson.number_field import NumberField
from gui.lesson.setting_row import SettingRow
from gui.views.sentence import Sentence


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge(Session(lesson_named("binary-addition")))
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge) -> LessonPanel:
    made = LessonPanel(bridge, Appearance())
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def row(panel: LessonPanel, name: str) -> SettingRow:
    return next(row for row in panel.findChildren(SettingRow) if row.editor.accessibleName() == name)


def enter(qtbot: QtBot, panel: LessonPanel, name: str, text: str) -> NumberField:
    field = row(panel, name).editor
    assert isinstance(field, NumberField)
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return field


def test_every_setting_that_has_an_effect_has_a_row_that_is_not_hidden(panel: LessonPanel, bridge: Bridge) -> None:
    rows = panel.findChildren(SettingRow)
    assert [row.editor.accessibleName() for row in rows] == list(bridge.settings)
    hidden = [row.editor.accessibleName() for row in rows if not row.isVisible()]
    assert hidden == [name for name in bridge.settings if not bridge.settings.matters(name)]
    bridge.change_settings(init="identity")
    assert row(panel, "identity_scale").isVisible()


def test_settings_without_effect_on_the_task_have_no_row_to_be_seen(qtbot: QtBot) -> None:
    bridge = Bridge(Session(lesson_named("lstm")))
    made = LessonPanel(bridge, Appearance())
    qtbot.addWidget(made)
    made.show()
    words = ("embedding", "embedding_std", "time_layers")
    assert not any(row(made, name).isVisible() for name in words)
    bridge.open_lesson("lstm-language-model")
    # The rows of the lesson before are children until the event loop has deleted them.
    qtbot.waitUntil(lambda: bridge.busy is None and all(row(made, name).isVisible() for name in words))
    bridge.close()


def test_a_number_restarts_the_run(qtbot: QtBot, panel: LessonPanel, bridge: Bridge) -> None:
    enter(qtbot, panel, "hidden", "5")
    qtbot.waitUntil(lambda: bridge.settings["hidden"] == 5)
    assert bridge.tape[0].shape == (2, 5)


def test_a_switch_and_a_choice_restart_the_run(qtbot: QtBot, panel: LessonPanel, bridge: Bridge) -> None:
    box = row(panel, "bias").editor
    assert isinstance(box, QCheckBox)
    box.click()
    qtbot.waitUntil(lambda: bridge.settings["bias"] is True and bridge.busy is None)
    choice = row(panel, "activation").editor
    assert isinstance(choice, QComboBox)
    choice.textActivated.emit("tanh")
    qtbot.waitUntil(lambda: bridge.settings["activation"] == "tanh")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("hidden", "0", "hidden must be at least 1, not 0."),
        ("hidden", "many", "hidden must be a whole number, not “many”."),
        ("hidden", "900000", "These settings need about"),
        ("learning_rate", "nan", "learning_rate must be a number"),
        ("bits", "99", "bits must be at most 62"),
    ],
)
def test_a_bad_value_is_refused_in_place_and_nothing_is_lost(
    qtbot: QtBot, panel: LessonPanel, bridge: Bridge, name: str, text: str, sentence: str
) -> None:
    before, tape = bridge.settings, bridge.tape
    field = enter(qtbot, panel, name, text)
    assert field.property("wrong") is True
    assert any(label.text().startswith(sentence) for label in panel.findChildren(QLabel))
    assert (bridge.settings, bridge.tape) == (before, tape)


def test_the_reason_stays_until_the_value_is_mended(qtbot: QtBot, panel: LessonPanel) -> None:
    refusal = panel.findChild(Sentence)
    assert refusal is not None
    field = enter(qtbot, panel, "hidden", "0")
    row(panel, "bits").looked_at.emit("bits")
    assert refusal.text() == "hidden must be at least 1, not 0."
    assert not refusal.isHidden()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert refusal.isHidden()
    assert field.property("wrong") is False


def test_arrow_keys_step_numbers(qtbot: QtBot, panel: LessonPanel, bridge: Bridge) -> None:
    qtbot.keyClick(row(panel, "hidden").editor, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: bridge.settings["hidden"] == 17 and bridge.busy is None)
    qtbot.keyClick(row(panel, "learning_rate").editor, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bridge.settings["learning_rate"] == 0.05 and bridge.busy is None)
    assert [change.name for change in bridge.lesson.settings.changes(bridge.settings)] == ["hidden", "learning_rate"]


def test_escape_brings_the_value_back(qtbot: QtBot, panel: LessonPanel) -> None:
    field = row(panel, "hidden").editor
    assert isinstance(field, NumberField)
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "16"


def test_notes_and_names_change_language_live(qtbot: QtBot, bridge: Bridge) -> None:
    appearance = Appearance()
    panel = LessonPanel(bridge, appearance)
    qtbot.addWidget(panel)
    appearance.set_language("ja")
    assert any(label.text() == bridge.lesson.title["ja"] for label in panel.findChildren(QLabel))
    assert row(panel, "seed").toolTip() == "すべての乱数のシード。"


def test_formulas_of_the_notes_appear_when_they_are_typeset(qtbot: QtBot, panel: LessonPanel, bridge: Bridge) -> None:
    notes = panel.findChild(LessonNotes)
    assert notes is not None
    qtbot.waitUntil(lambda: notes.source == bridge.lesson.notes["en"], timeout=20_000)
    assert notes.error is None


def test_wrong_notes_are_said_in_place(qtbot: QtBot) -> None:
    notes = LessonNotes(Appearance())
    qtbot.addWidget(notes)
    notes.show_notes("a $formula without an end")
    assert notes.error is not None


def test_what_is_being_typed_when_another_lesson_opens_is_not_offered_to_it(
    qtbot: QtBot, panel: LessonPanel, bridge: Bridge
) -> None:
    fields = [row(panel, name).editor for name in ("bits", "hidden")]
    for field in fields:
        assert isinstance(field, NumberField)
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "5")
    bridge.open_lesson("lstm")
    before = dict(bridge.settings)
    for field in fields:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)
    assert dict(bridge.settings) == before
