"""A field for one line of text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.settings import Value


class TextField(QLineEdit):
    """Enter or leaving the field offers the text; Escape puts the old one back.

    Signals:
        offered(text): the user wants this text.
        withdrawn: the text is again the one in force.
    """

    offered = Signal(str)
    withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.returnPressed.connect(self._offer)

    def show_value(self, value: Value) -> None:
        """Show what was taken."""
        self._shown = str(value)
        self.setText(self._shown)

    def _offer(self) -> None:
        if self.text().strip() != self._shown:
            self.offered.emit(self.text().strip())
        else:
            self.withdrawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offer()
