"""The field for one line of text."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.lesson.text_field import TextField


def test_enter_offers_what_is_new_and_escape_puts_back_what_was(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.show_value("a")
    offered: list[str] = []
    field.offered.connect(offered.append)
    qtbot.keyClicks(field, ",b ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert offered == ["a,b"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "a"
    with qtbot.waitSignal(field.withdrawn):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert offered == ["a,b"]
