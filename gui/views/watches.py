"""Watches and breakpoints: side by side, or one above the other where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.breakpoint_table import BreakpointTable
from gui.views.watch_table import WatchTable

_NARROW = 620.0


class WatchesView(QWidget):
    """The two tables with a movable border; scrolls where even one is higher than the view."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tables = (WatchTable(bridge, appearance), BreakpointTable(bridge, appearance))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        for table in self._tables:
            self._split.addWidget(table)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._split)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(scroll)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def _update_appearance(self) -> None:
        margin = self._appearance.whole_px(3.0)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        for table in self._tables:
            table.setContentsMargins(margin, 0, margin, margin)
        self._update_orientation()

    def _update_orientation(self) -> None:
        narrow = self.width() < self._appearance.px(_NARROW)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_orientation()
