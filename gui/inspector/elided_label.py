"""A label that leaves out a part of its text where it does not fit; its tip shows all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.appearance import Appearance


class ElidedLabel(QLabel):
    """Plain text in one line, quiet; can be selected with the mouse."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, family: str = "text",
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._appearance, self._family = appearance, family
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def full_text(self) -> str:
        """The whole text."""
        return self._full

    def set_full_text(self, text: str, tip: str = "") -> None:
        """Show another text; the tip is the text itself if not given."""
        if text != self._full:
            self._full = text
            self.setAccessibleName(text)
            self._update_text()
        self.setToolTip(tip or text)

    def _update_appearance(self) -> None:
        self.setFont(self._appearance.font(11.5, family=self._family))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, self._appearance.color("ink_quiet"))
        self.setPalette(palette)
        self._update_text()

    def _update_text(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, max(20, self.width() - 2))
        if shown != self.text():
            self.setText(shown)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_text()
