"""Small buttons with an icon, whose name is said in a tooltip and to a screen reader."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from gui.appearance import Appearance
from gui.icons import icon


class IconButton(QToolButton):
    """Reachable by Tab; `meaning` is a key of the translations."""

    def __init__(self, picture: str, meaning: str, appearance: Appearance, callback: Callable[[], None],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._meaning = meaning
        self._appearance = appearance
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(callback)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def _update_appearance(self) -> None:
        size = self._appearance.whole_px(16.0)
        self.setIcon(icon(self._picture, self._appearance))
        self.setIconSize(QSize(size, size))
        meaning = self._appearance.say(self._meaning)
        self.setToolTip(meaning)
        self.setAccessibleName(meaning)
