"""A field for the path of a file: typed, dropped, or chosen in a dialog."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from engine.settings import Value
from gui.appearance import Appearance
from gui.icons import icon
from gui.lesson.text_field import TextField


class FileField(TextField):
    """Shows a path; the button in it or ↓ opens a file dialog."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choose = self.addAction(icon("folder", appearance), QLineEdit.ActionPosition.TrailingPosition)
        self._choose.triggered.connect(self._open_dialog)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_value(self, value: Value) -> None:
        """Show a path that was taken."""
        super().show_value(value)
        self.setToolTip(self._shown)

    def _take(self, path: str) -> None:
        self.setText(path)
        self._offer()

    def _open_dialog(self) -> None:
        dialog = QFileDialog(self.window(), self._appearance.say("Open a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._shown:
            dialog.setDirectory(str(Path(self._shown).expanduser().parent))
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _update_appearance(self) -> None:
        self._choose.setIcon(icon("folder", self._appearance))
        self._choose.setToolTip(self._appearance.say("Open a file (↓)"))
        self.setPlaceholderText(self._appearance.say("no file"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._open_dialog()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._take(paths[0])
        else:
            super().dropEvent(event)
