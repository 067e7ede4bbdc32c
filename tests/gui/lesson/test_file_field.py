"""The path of a file is typed, dropped or chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.lesson.file_field import FileField


@pytest.fixture
def field(qtbot: QtBot) -> FileField:
    made = FileField(Appearance())
    qtbot.addWidget(made)
    made.show_value("old.txt")
    made.show()
    return made


def test_a_typed_path_is_offered(qtbot: QtBot, field: FileField) -> None:
    field.setText(" new.txt ")
    with qtbot.waitSignal(field.offered) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["new.txt"]


def test_the_path_in_force_is_no_offer(qtbot: QtBot, field: FileField) -> None:
    with qtbot.assertNotEmitted(field.offered), qtbot.waitSignal(field.withdrawn):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setText("wrong")
    with qtbot.waitSignal(field.withdrawn):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "old.txt"


def test_a_file_is_chosen(qtbot: QtBot, field: FileField, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(dialog: QFileDialog) -> None:
        dialog.fileSelected.emit(str(tmp_path / "chosen.txt"))
        dialog.deleteLater()

    monkeypatch.setattr(QFileDialog, "open", answer)
    with qtbot.waitSignal(field.offered) as told:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told.args == [str(tmp_path / "chosen.txt")]


def test_a_file_is_dropped(qtbot: QtBot, field: FileField, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.txt"))])
    event = QDropEvent(
        QPointF(4, 4), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(field.offered) as told:
        field.dropEvent(event)
    assert Path(told.args[0]) == tmp_path / "dropped.txt"
