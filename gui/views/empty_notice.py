"""What a view says in the middle of its place where it has nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.appearance import Appearance

_LETTERS = 14.0


class EmptyNotice(QLabel):
    """A sentence in as many lines as it needs."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)

    def show_text(self, text: str) -> None:
        """Say something else, in letters of the size of now."""
        self.setText(text)
        self.setFont(self._appearance.font(_LETTERS))
