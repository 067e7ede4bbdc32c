"""Keys that a focused widget takes for itself, before the window's own."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent


def is_own_key(event: QEvent, wants: Callable[[QKeyEvent], bool]) -> bool:
    """Whether an event asks for a key that the widget wants; it is then accepted, and done with.

    The window's own keys come first unless the focused widget says that it wants one.
    """
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent) or not wants(event):
        return False
    event.accept()
    return True
