"""A field for a number, which takes any text and lets its setting judge it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from engine.settings import Setting, SettingKind, Value
from gui.lesson.text_field import TextField


class NumberField(TextField):
    """Shows a number; ↑ and ↓ step it.

    Whole numbers step by one, other numbers by a factor of two, since learning rates and deviations are tried in
    orders of magnitude.
    """

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_value(self, value: Value) -> None:
        """Show a value that was taken."""
        super().show_value(f"{value:g}" if isinstance(value, float) else str(value))

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
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls; a number must not change under the wheel
