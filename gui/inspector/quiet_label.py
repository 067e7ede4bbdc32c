"""A quiet line of the inspector: the address, the remark beside a title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.elided_label import ElidedLabel


class QuietLabel(ElidedLabel):
    """A text that is cut in its middle where it does not fit, and can be copied whole."""

    def __init__(
        self, appearance: Appearance, parent: QWidget, *, family: str = "text",
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        super().__init__(parent, Qt.TextElideMode.ElideMiddle)
        self._appearance, self._family = appearance, family
        self.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._copy = QAction(self)
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.addAction(self._copy)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_text(self, text: str, tip: str = "") -> None:
        """Show another text; the tip is the text itself if not given."""
        self.setText(text)
        if (tip or text) != self.toolTip():
            self.setToolTip(tip or text)

    def _update_appearance(self) -> None:
        look = self._appearance
        self.setFont(look.font(11.5, family=self._family))
        self._copy.setText(look.say("Copy as plain text"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, look.color("ink_quiet"))
        self.setPalette(palette)
