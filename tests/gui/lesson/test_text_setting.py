"""A text is chosen in the settings; what cannot be read is refused in place."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.lesson.file_field import FileField
from gui.lesson.setting_row import SettingRow
from gui.lesson.settings_form import SettingsForm
from gui.views.sentence import Sentence


def row(form: SettingsForm, name: str) -> SettingRow:
    return next(row for row in form.findChildren(SettingRow) if row.editor.accessibleName() == name)


def test_a_text_takes_the_place_of_the_grammar(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = Bridge(Session(lesson_named("thousand-words")))
    form = SettingsForm(bridge, Appearance())
    qtbot.addWidget(form)
    form.show()
    field = row(form, "text_file").editor
    assert isinstance(field, FileField)
    assert row(form, "corpus").isVisible()
    field.setText(str(tmp_path / "absent.txt"))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    sentences = [sentence for sentence in form.findChildren(Sentence) if sentence.isVisible()]
    assert "absent.txt cannot be read: No such file or directory." in sentences[0].text()
    assert field.property("wrong")
    (tmp_path / "mine.txt").write_bytes("猫が庭にいる。\n犬も庭にいる。\n".encode("euc_jp") * 9)
    field.setText(str(tmp_path / "mine.txt"))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bridge.settings["text_file"] != "" and bridge.busy is None)
    assert not row(form, "corpus").isVisible()
    assert bridge.tape[0].shape[0] == len(set("猫が庭にいる。犬も")) + 1
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bridge.settings["text_file"] == "" and bridge.busy is None)
    assert row(form, "corpus").isVisible()
    bridge.close()
