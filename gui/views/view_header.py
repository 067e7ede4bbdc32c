"""The row above a plot: its options, which move into a menu where there is no room, and what is read of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.appearance import Appearance


class Reading(QWidget):
    """One line of text at the right, cut off where there is no room for it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    def set_text(self, text: str) -> None:
        """Write something else."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._appearance.font(12))
        painter.setPen(self._appearance.color("ink_quiet"))
        box = self.rect().adjusted(self._appearance.whole_px(6), 0, -self._appearance.whole_px(8), 0)
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self) -> QSize:
        return QSize(0, self._appearance.whole_px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._appearance.whole_px(16))


class ViewHeader(QWidget):
    """Options at the left, the reading at the right.

    Attributes:
        reading: the text at the right.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._bar = QToolBar(self)
        self._bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.reading = Reading(appearance, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._bar)
        row.addWidget(self.reading, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        # The bar's own line ends with the bar.
        painter = QPainter(self)
        height = self._appearance.whole_px(1)
        painter.fillRect(0, self.height() - height, self.width(), height, self._appearance.color("line"))

    def add_switch(self, on: bool = False) -> QAction:
        """An option that is on or off; its text is the caller's to set."""
        action = self._bar.addAction("")
        action.setCheckable(True)
        action.setChecked(on)
        return action

    def add_menu(self) -> QMenu:
        """A choice; its menu's title is what the button says."""
        menu = QMenu(self)
        self._bar.addAction(menu.menuAction())
        button = self._bar.widgetForAction(menu.menuAction())
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return menu

    def add_widget(self, widget: QWidget) -> None:
        """Something between the options and the reading."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(1, widget)
