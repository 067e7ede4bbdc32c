"""A text of several lines with room between them."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_LINE_HEIGHT = 125
"""In percent: the bundled font for text has no room of its own between lines."""


class Paragraph(QLabel):
    """Plain text that wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        """The text as it was given."""
        return self._plain

    def setText(self, text: str) -> None:
        """Show another text."""
        self._plain = text
        lines = escape(text).replace("\n", "<br>")
        super().setText(f'<p style="line-height: {_LINE_HEIGHT}%">{lines}</p>' if text else "")
        self.setAccessibleName(text)
