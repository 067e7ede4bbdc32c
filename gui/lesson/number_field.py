"""A field for a number, which takes any text and lets its setting judge it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.settings import Setting, SettingKind, Value


class NumberField(QLineEdit):
    """Shows a number; Enter or leaving the field offers the text, ↑ and ↓ step it.

    Whole numbers step by one, other numbers by a factor of two, since learning rates and deviations are tried in
    orders of magnitude.

    Signals:
        offered(text): the user wants this value.
        withdrawn: the value is again the one in force.
    """

    offered = Signal(str)
    withdrawn = Signal()

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self._shown = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.returnPressed.connect(self._offer)

    def show_value(self, value: Value) -> None:
        """Show a value that was taken."""
        self._shown = f"{value:g}" if isinstance(value, float) else str(value)
        self.setText(self._shown)

    def _offer(self) -> None:
        if self.text().strip() != self._shown:
            self.offered.emit(self.text().strip())
        else:
            self.withdrawn.emit()

    def _step(self, up: bool) -> None:
        try:
            number = float(self.text())
        except ValueError:
            return
        if self._setting.kind is SettingKind.INTEGER:
            stepped = number + (1 if up else -1)
        else:
            stepped = number * (2.0 if up else 0.5)
        least, most = self._setting.least, self._setting.most
        if (least is None or stepped >= least) and (most is None or stepped <= most):
            self.setText(f"{stepped:.12g}")
            self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(event.key() == Qt.Key.Key_Up)
        elif event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offer()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls; a number must not change under the wheel
