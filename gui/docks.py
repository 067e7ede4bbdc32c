"""The panels as docks: made when first shown, placed sensibly, put back when asked."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QTabWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views import View

_AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
_SIZES = {"left": 280.0, "right": 340.0, "bottom": 220.0}
# So much of the window at most: the canvas is to keep the greater part at every scale.
_SHARES = {"left": 0.24, "right": 0.29, "bottom": 0.34}


class PanelDock(QDockWidget):
    """A dock whose content is made when it is first seen."""

    def __init__(self, view: View, bridge: Bridge, appearance: Appearance, window: QMainWindow) -> None:
        super().__init__(window)
        self.view = view
        self.setObjectName(f"panel {view.id}")
        self._bridge = bridge
        self._appearance = appearance
        self._room = QScrollArea(self)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._room)
        self._update_title()
        self.visibilityChanged.connect(self._make_content)
        appearance.language_changed.connect(self._update_title)

    def _make_content(self, seen: bool) -> None:
        if seen and self._room.widget() is None:
            self._room.setWidget(self.view.factory(self._bridge, self._appearance))

    def _update_title(self) -> None:
        self.setWindowTitle(self._appearance.say(self.view.title))


class Docks(QObject):
    """All docks of a window."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, appearance: Appearance, views: Iterable[View]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._scale = appearance.scale
        self.docks = {view.id: PanelDock(view, bridge, appearance, window) for view in views if view.closable}
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.place()
        appearance.scale_changed.connect(self._update_scale)

    def place(self) -> None:
        """Every dock at its first place: the bottom ones as tabs, the first of them in front."""
        for area, side in _AREAS.items():
            here = self._at(area)
            for dock in here:
                dock.setFloating(False)
                self._window.addDockWidget(side, dock)
                dock.show()
            for before, after in zip(here, here[1:], strict=False):
                self._window.tabifyDockWidget(before, after)
            if here:
                here[0].raise_()
        self.size()

    def size(self) -> None:
        """The first sizes, for the scale and the window as they are."""
        for area in _AREAS:
            wanted = min(self._appearance.px(_SIZES[area]), _SHARES[area] * self._extent(area))
            self._resize(area, wanted)

    def _update_scale(self) -> None:
        ratio, self._scale = self._appearance.scale / self._scale, self._appearance.scale
        for area in _AREAS:
            shown = [dock for dock in self._at(area) if dock.isVisible() and not dock.isFloating()]
            if shown:
                now = shown[0].height() if area == "bottom" else shown[0].width()
                least = min(self._appearance.px(_SIZES[area]), _SHARES[area] * self._extent(area))
                most = max(_SHARES[area] * self._extent(area), now)
                self._resize(area, max(min(now * ratio, most), min(least, most)))

    def toggle(self, name: str) -> None:
        """Hide a panel, or show it and bring it to the front."""
        dock = self.docks[name]
        if self.shown(name):
            dock.hide()
        else:
            dock.show()
            dock.raise_()

    def shown(self, name: str) -> bool:
        """Whether a panel is shown, be it as a tab behind another."""
        return not self.docks[name].isHidden()

    def _at(self, area: str) -> list[PanelDock]:
        return [dock for dock in self.docks.values() if dock.view.place == area]

    def _extent(self, area: str) -> int:
        return self._window.height() if area == "bottom" else self._window.width()

    def _resize(self, area: str, size: float) -> None:
        docks = [dock for dock in self._at(area) if not dock.isFloating() and not dock.isHidden()][:1]
        way = Qt.Orientation.Vertical if area == "bottom" else Qt.Orientation.Horizontal
        if docks:
            self._window.resizeDocks(docks, [round(size)], way)
