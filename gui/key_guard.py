"""Keys go first to the widget that needs them: no shortcut steals what is typed into a field."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import Shiboken

_PLAIN = Qt.KeyboardModifier.NoModifier
_TYPING = (_PLAIN, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVE = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip


def keeps(widget: QWidget | None, key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a widget with the focus takes a key for itself, whatever shortcut has it."""
    if isinstance(widget, QKeySequenceEdit):
        return True
    if _is_typed_into(widget):
        return modifiers in _TYPING and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if modifiers != _PLAIN:
        return False
    if isinstance(widget, QAbstractButton | QComboBox):
        return key in _PRESS
    if isinstance(widget, QAbstractSlider) and not isinstance(widget, QScrollBar) or isinstance(widget, QTabBar):
        return key in _MOVE
    return False


def _is_typed_into(widget: QWidget | None) -> bool:
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox) or (isinstance(widget, QComboBox) and widget.isEditable())


class KeyGuard(QObject):
    """Watches the widget with the focus, and only that one."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._watch)
        self._watch(None, application.focusWidget())

    def _watch(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and Shiboken.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from the shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and keeps(watched, event.key(), event.modifiers())
        ):
            event.accept()
            return True
        return False
