"""The panels as docks: made when first shown, placed sensibly, put back when asked."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QTabBar, QTabWidget, QWidget
from shiboken6 import Shiboken

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views import View

_AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
_SIZES = {"left": 268.0, "right": 330.0, "bottom": 220.0}
# So much of the window at least: on a large screen there is room for more.
_LEAST_SHARES = {"left": 0.13, "right": 0.17, "bottom": 0.24}
# Narrower panels scroll sideways, which nobody wants to do; they get that much where it is not too much.
_LEAST_WIDTHS = {"left": 194.0, "right": 226.0}
_MOST_SHARE = 0.27
_LEAST_PLOT = 170.0
_BARS = 165.0
"""Heights of menus, tool bar, timeline and status line together."""
# So much of the window at most: the canvas is to keep the greater part at every scale.
_SHARES = {"left": 0.24, "right": 0.29, "bottom": 0.32}
# A narrower window has no room for whole titles of its tabs.
_NARROW = 1480.0


class _Filling(QWidget):
    """Keeps a panel as large as the dock, and never smaller than its least size: then the dock scrolls.

    A scroll area alone would take the height that the panel's texts would like for its least one.
    """

    def __init__(self, content: QWidget, room: QScrollArea) -> None:
        super().__init__()
        self._content = content
        self._room = room
        content.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """The content's; wrapped text is as high as it is in this room, beside a scroll bar if it needs one.

        It must not depend on the present size: what is less high where it is narrower would fit beside the bar, then
        get the bar's room too, no longer fit, and so on within one call of Qt's until the stack is full.
        """
        least = self._content.minimumSizeHint().expandedTo(self._content.minimumSize())
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            room = self._room.maximumViewportSize()
            height = layout.totalMinimumHeightForWidth(max(least.width(), room.width()))
            if height > room.height():
                beside = room.width() - self._room.verticalScrollBar().sizeHint().width()
                height = max(height, layout.totalMinimumHeightForWidth(max(least.width(), beside)))
            least.setHeight(max(least.height(), height))
        return least

    def event(self, event: QEvent) -> bool:
        """The content asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fills it."""
        self._content.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class PanelDock(QDockWidget):
    """A dock whose content is made when it is first seen, after the window has been painted."""

    def __init__(self, view: View, bridge: Bridge, appearance: Appearance, window: QMainWindow) -> None:
        super().__init__(window)
        self.view = view
        self.setObjectName(f"panel {view.id}")
        self._bridge = bridge
        self._appearance = appearance
        self._room = QScrollArea(self)
        self._room.setWidgetResizable(True)
        # It scrolls by itself what has the focus; as a stop of its own it would only be in the way.
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content: QWidget | None = None
        self._seen = False
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._room)
        self._short = False
        self._update_title()
        self.visibilityChanged.connect(self._note)
        appearance.language_changed.connect(self._update_title)

    def _note(self, seen: bool) -> None:
        self._seen = seen

    @property
    def wanting(self) -> bool:
        """Whether it can be seen and has no content yet."""
        return self._content is None and self._seen

    def make_content(self) -> None:
        """Make what it shows."""
        if self._content is None:
            self._content = self.view.factory(self._bridge, self._appearance)
            # Before it is shown: what lays itself out by its width does so once, and rightly.
            self._content.resize(self._room.viewport().size())
            self._room.setWidget(_Filling(self._content, self._room))

    def set_title_shown(self, shown: bool) -> None:
        """Show Qt's title bar, or none."""
        if shown and self.titleBarWidget() is not None:
            self.titleBarWidget().deleteLater()
            self.setTitleBarWidget(None)  # type: ignore[arg-type]  # Qt's way to say: your own again
        elif not shown and self.titleBarWidget() is None:
            self.setTitleBarWidget(QWidget(self))

    def set_short(self, short: bool) -> None:
        """Show the short title, or the whole one."""
        if short != self._short:
            self._short = short
            self._update_title()

    def _update_title(self) -> None:
        title = self.view.short_title if self._short and self.view.short_title else self.view.title
        self.setWindowTitle(self._appearance.say(title).replace("&", "&&"))


class Docks(QObject):
    """All docks of a window.

    Signals: changed, when one was shown, hidden or moved.
    """

    changed = Signal()

    def __init__(
        self, window: QMainWindow, bridge: Bridge, appearance: Appearance, views: Iterable[View]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._scale = appearance.scale
        self._painted = False
        self._hidden: list[PanelDock] = []
        self._led: set[str] = set()
        self._named: tuple[str, ...] = ()
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.timeout.connect(self.fill)
        self.docks = {view.id: PanelDock(view, bridge, appearance, window) for view in views if view.closable}
        # Grouped dragging lets one take a tab by itself and drag it out.
        window.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )  # fmt: skip
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        for dock in self.docks.values():
            dock.visibilityChanged.connect(self._update_title_bars)
            dock.topLevelChanged.connect(self._update_title_bars)
            dock.dockLocationChanged.connect(self._update_title_bars)
        self.place()
        appearance.scale_changed.connect(self._update_scale)

    def place(self) -> None:
        """Every dock at its first place: the bottom ones as tabs, the first of them in front."""
        for area, side in _AREAS.items():
            here = self._at(area)
            for dock in here:
                dock.setFloating(False)
                self._window.addDockWidget(side, dock)
                dock.setVisible(dock.view.at_start or dock.view.id in self._led)
            for before, after in zip(here, here[1:], strict=False):
                self._window.tabifyDockWidget(before, after)
            first = next((dock for dock in here if not dock.isHidden()), None)
            if first is not None:
                first.raise_()
        self.size()

    def follow_lesson(self, panels: tuple[str, ...]) -> None:
        """Open what a lesson names, the first of it in front; close what only the lesson before had named."""
        for name in self._led.difference(panels):
            self.docks[name].hide()
        self._named = tuple(name for name in panels if name in self.docks)
        self._led = {name for name in self._named if not self.docks[name].view.at_start}
        for name in reversed(self._named):
            self.show(name)

    def raise_named(self) -> None:
        """What the lesson names comes to the front: tabs of a window that was not yet shown stay in their order."""
        for name in reversed(self._named):
            self._to_front(self.docks[name])

    def _to_front(self, dock: PanelDock) -> None:
        """Qt does nothing for a widget that is its parent's last child already, be its tab in front or not."""
        dock.lower()
        dock.raise_()

    def size(self) -> None:
        """The first sizes, for the scale and the window as they are."""
        for area in _AREAS:
            least = _LEAST_SHARES[area] * (self._window.height() if area == "bottom" else self._window.width())
            self._resize(area, min(max(self._appearance.px(_SIZES[area]), least), self._most(area)))

    def fit_titles(self) -> None:
        """Shorter titles where the window is narrow: all tabs are to be seen."""
        for dock in self.docks.values():
            dock.set_short(self._window.width() < self._appearance.px(_NARROW))

    def _update_scale(self) -> None:
        self.fit_titles()
        ratio, self._scale = self._appearance.scale / self._scale, self._appearance.scale
        for area in _AREAS:
            shown = [dock for dock in self._at(area) if dock.isVisible() and not dock.isFloating()]
            if shown:
                now = shown[0].height() if area == "bottom" else shown[0].width()
                self._resize(area, min(now * ratio, max(self._most(area), min(now, now * ratio))))

    def _update_title_bars(self) -> None:
        """A dock behind a tab needs no title of its own: the tab says it, and the room is worth more."""
        if not Shiboken.isValid(self._window):  # it is being destroyed, and its docks say that they go
            return
        for dock in self.docks.values():
            tabbed = not dock.isFloating() and bool(self._window.tabifiedDockWidgets(dock))
            dock.set_title_shown(not tabbed)
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setAccessibleName(self._appearance.say("Panels"))
        if self._painted:
            self._filling.start()
        self.changed.emit()

    def begin(self) -> None:
        """The window has been painted: make the panels now."""
        if not self._painted:
            self._painted = True
            self._filling.start()

    @property
    def filling(self) -> bool:
        """Whether panels are still being made."""
        return self._filling.isActive()

    def fill(self) -> None:
        """Make the contents that can be seen, one at a time: the window answers in between."""
        if not Shiboken.isValid(self._window) or not self._window.isVisible():
            return
        wanting = next((dock for dock in self.docks.values() if dock.wanting), None)
        if wanting is not None:
            wanting.make_content()
            self._filling.start()

    def toggle(self, name: str) -> None:
        """Hide a panel, or show it and bring it to the front."""
        if self.shown(name):
            self.docks[name].hide()
        else:
            self.show(name)

    def show(self, name: str) -> None:
        """Show a panel and bring it to the front."""
        self.docks[name].show()
        self._to_front(self.docks[name])

    def shown(self, name: str) -> bool:
        """Whether a panel is shown, be it as a tab behind another."""
        return not self.docks[name].isHidden()

    def toggle_all(self) -> None:
        """Hide every panel, or show those again that were hidden so."""
        shown = [dock for dock in self.docks.values() if not dock.isHidden()]
        for dock in shown:
            dock.hide()
        if not shown:
            for dock in self._hidden or list(self.docks.values()):
                dock.show()
        self._hidden = shown

    @property
    def any_shown(self) -> bool:
        """Whether there is a panel beside the canvas."""
        return any(not dock.isHidden() for dock in self.docks.values())

    def _at(self, area: str) -> list[PanelDock]:
        return [dock for dock in self.docks.values() if dock.view.place == area]

    def _most(self, area: str) -> float:
        """The most that an area may take of the window; bars take more of its height where all is large."""
        if area != "bottom":
            width = self._window.width()
            return max(_SHARES[area] * width, min(self._appearance.px(_LEAST_WIDTHS[area]), _MOST_SHARE * width))
        height, px = self._window.height(), self._appearance.px
        free = height - px(_BARS)
        # A plot needs some height to be read; where all is large, that is more than its share.
        return max(1.0, min(_SHARES[area] * height, max(0.33 * free, min(px(_LEAST_PLOT), 0.45 * free))))

    def _resize(self, area: str, size: float) -> None:
        docks = [dock for dock in self._at(area) if not dock.isFloating() and not dock.isHidden()][:1]
        way = Qt.Orientation.Vertical if area == "bottom" else Qt.Orientation.Horizontal
        if docks:
            self._window.resizeDocks(docks, [round(size)], way)
