"""A field for the path of a file: typed, dropped, or chosen in a dialog."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from gui.appearance import Appearance
from gui.icons import icon


class FileField(QLineEdit):
    """Shows a path; Enter or leaving the field offers the text, the button in it or ↓ opens a file dialog.

    Signals:
        offered(text): the user wants this file.
        withdrawn: the path is again the one in force.
    """

    offered = Signal(str)
    withdrawn = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown = ""
        self._choose = self.addAction(icon("folder", appearance), QLineEdit.ActionPosition.TrailingPosition)
        self._choose.triggered.connect(self._open_dialog)
        self.returnPressed.connect(self._offer)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_value(self, value: str) -> None:
        """Show a path that was taken."""
        self._shown = value
        self.setText(value)
        self.setToolTip(value)

    def _offer(self) -> None:
        if self.text().strip() != self._shown:
            self.offered.emit(self.text().strip())
        else:
            self.withdrawn.emit()

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
        elif event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offer()

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
