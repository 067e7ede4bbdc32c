"""A titled part of the inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.inspector.quiet_label import QuietLabel


class Section(QWidget):
    """A title with a quiet remark to its right, and what stands below in ``body``."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rule = QFrame(self)
        self._rule.setFrameShape(QFrame.Shape.NoFrame)
        self._rule.setFixedHeight(1)
        self._rule.setAutoFillBackground(True)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._remark = QuietLabel(appearance, self, alignment=Qt.AlignmentFlag.AlignRight)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._remark, 1)
        self.body = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._rule)
        outer.addLayout(head)
        outer.addLayout(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._update_section()
        appearance.changed.connect(self._update_section)

    def set_title(self, title: str, remark: str = "", tip: str = "") -> None:
        """Say what the part is, and a word about it, with a tip for that."""
        if title != self._title.text():
            self._title.setText(title)
        self._remark.show_text(remark, tip)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def remark(self) -> str:
        return self._remark.text()

    def _update_section(self) -> None:
        look = self._appearance
        gap = look.whole_px(6)
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(gap)
        self.body.setSpacing(gap)
        self._title.setFont(look.font(12.0, bold=True))
        palette = self._title.palette()
        palette.setColor(palette.ColorRole.WindowText, look.color("ink"))
        self._title.setPalette(palette)
        palette.setColor(palette.ColorRole.Window, look.color("line"))
        self._rule.setPalette(palette)
