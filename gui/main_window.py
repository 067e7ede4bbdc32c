"""The main window: assembles tool bar, panels, canvas, timeline and status line, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMainWindow, QSizePolicy, QSpinBox, QToolBar, QWidget

from gui.actions.action import Action, Desk
from gui.actions.action_set import ActionSet
from gui.actions.keymap import Keymap
from gui.actions.table import all_actions
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.docks import Docks
from gui.key_guard import KeyGuard
from gui.menus import Menus
from gui.settings_store import Preferences
from gui.status_line import StatusLine
from gui.toolbar import MainToolBar
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.views import VIEWS, View

_FIRST_SIZE = QSize(1440, 900)
_LEAST_SIZE = QSize(640, 400)
_LAYOUT_VERSION = 2
_SETTLE_MILLISECONDS = 400


class MainWindow(QMainWindow):
    """The window. Its methods without underscore are what actions may ask of it (gui.actions.action.Screen)."""

    def __init__(
        self,
        bridge: Bridge,
        appearance: Appearance,
        preferences: Preferences | None = None,
        views: Iterable[View] = VIEWS,
    ) -> None:
        super().__init__()
        self.setObjectName("main window")
        self.bridge = bridge
        self.appearance = appearance
        self._views = tuple(views)
        self._sized = False
        self._led_by = ""
        self.canvas: Any = self._make("centre")
        self.setCentralWidget(self.canvas if self.canvas is not None else QWidget(self))
        keys: Mapping[str, Iterable[str]] = preferences.keys if preferences is not None else {}
        self.docks = Docks(self, bridge, appearance, self._views)
        self.actions_table = ActionSet(self, Desk(bridge, appearance, self), *self._actions_and_keys(keys))
        self._build()
        self._update_title()
        self._restore(preferences or Preferences())
        self._update_panels()
        bridge.lesson_changed.connect(self._update_title)
        # Told after the tape, which all views have by then: they are laid out anew, and some show what they have.
        bridge.history_changed.connect(self._update_panels)
        bridge.history_changed.connect(self._update_notation)
        appearance.language_changed.connect(self._update_title)

    def _actions_and_keys(self, changed: Mapping[str, Iterable[str]]) -> tuple[tuple[Action, ...], Keymap]:
        actions = all_actions()
        return actions, Keymap(actions, changed)

    def _make(self, place: str) -> QWidget | None:
        view = next((view for view in self._views if view.place == place), None)
        return None if view is None else view.factory(self.bridge, self.appearance)

    def _build(self) -> None:
        actions = self.actions_table
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.menus = Menus(self.menuBar(), actions, self.appearance)
        self.addToolBar(MainToolBar(self.bridge, self.appearance, actions, self))
        self._build_foot()
        self.status_line = StatusLine(self.bridge, self.appearance, actions, self)
        self.setStatusBar(self.status_line)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._key_guard = KeyGuard(application, self)
        self.docks.changed.connect(actions.update_state)
        self.setMinimumSize(_LEAST_SIZE)
        self.setFocus()

    def _build_foot(self) -> None:
        """The strip under all docks is a tool bar that cannot be moved: the only place Qt keeps there."""
        timeline = self._make("foot")
        if timeline is None:
            return
        foot = QToolBar(self)
        foot.setObjectName("foot")
        foot.setProperty("kind", "foot")
        foot.setMovable(False)
        foot.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        timeline.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if (layout := foot.layout()) is not None:
            # A bar takes its margins before it knows its kind; one pixel is for the line above.
            layout.setContentsMargins(0, 1, 0, 0)
        foot.addWidget(timeline)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, foot)

    # --- what is remembered -------------------------------------------------------------------------------------

    def _restore(self, preferences: Preferences) -> None:
        screen = self.screen().availableSize()
        self.resize(_FIRST_SIZE.scaled(screen, Qt.AspectRatioMode.KeepAspectRatio)
                    if screen.width() < _FIRST_SIZE.width() or screen.height() < _FIRST_SIZE.height()
                    else max_size(_FIRST_SIZE, screen * 0.8))  # fmt: skip
        if preferences.geometry:
            self.restoreGeometry(preferences.geometry)
        self._sized = bool(preferences.docks) and self.restoreState(preferences.docks, _LAYOUT_VERSION)

    def preferences(self) -> Preferences:
        """What to remember for the next start."""
        return Preferences(
            theme=self.appearance.theme.name,
            language=self.appearance.language,
            scale=self.appearance.scale,
            notation=self.appearance.notation_choice,
            geometry=bytes(self.saveGeometry().data()),
            docks=bytes(self.saveState(_LAYOUT_VERSION).data()),
            keys=self.actions_table.keymap.changed,
        )

    def settle(self) -> None:
        """Let everything find its size and draw itself, for a picture of the window."""
        quiet = QElapsedTimer()
        quiet.start()
        while (under_way := self.docks.filling or self._typesets()) or quiet.elapsed() < _SETTLE_MILLISECONDS:
            if under_way:
                quiet.restart()  # what is made now is laid out in later turns
            QApplication.processEvents()

    def _typesets(self) -> bool:
        return any(preparation.waiting for preparation in self.findChildren(FormulaPreparation))

    # Dialogs are imported when they are asked for: a start need not wait for them.
    # --- what actions ask for -----------------------------------------------------------------------------------

    def show_palette(self) -> None:
        """Open the command palette."""
        from gui.command_palette import CommandPalette

        CommandPalette(self.actions_table, self.appearance, self).show()

    def show_keys(self) -> None:
        """Open the page of keys."""
        from gui.shortcut_page import ShortcutPage

        ShortcutPage(self.actions_table, self.appearance, self).show()

    def show_about(self) -> None:
        """Say what this is."""
        from gui.about import AboutDialog

        AboutDialog(self.appearance, self).show()

    def ask_iteration(self) -> None:
        """Ask for an iteration and go there."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.appearance.say("Go to iteration"))
        dialog.setLabelText(self.appearance.say(
            "Iteration (reached so far: {reached})", reached=self.bridge.session.run.reached))  # fmt: skip
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(0, 99_999_999)
        dialog.setIntValue(self.bridge.iteration)
        if (field := dialog.findChild(QSpinBox)) is not None:
            field.setMinimumWidth(self.appearance.whole_px(300))  # so that the title is not cut
        dialog.setOkButtonText(self.appearance.say("Go"))
        dialog.setCancelButtonText(self.appearance.say("Cancel"))
        dialog.intValueSelected.connect(self.bridge.go_to_iteration)
        dialog.open()

    def export_picture(self) -> None:
        """Ask for a file and draw the canvas into it."""
        from gui.picture_export import ask_and_export

        ask_and_export(self.canvas, self.bridge, self.appearance, self)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self.isFullScreen()

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""
        self.docks.toggle(name)
        if not self.panel_shown(name):
            self._take_keys()

    def show_panel(self, name: str) -> None:
        """Show a panel and bring it to the front."""
        self.docks.show(name)

    def panel_shown(self, name: str) -> bool:
        """Whether a panel is shown."""
        return self.docks.shown(name)

    def toggle_panels(self) -> None:
        """The canvas alone, or with its panels again."""
        self.docks.toggle_all()
        self._take_keys()

    def _take_keys(self) -> None:
        """Focus that leaves a hidden panel would go to the next field, which would take Space and others for itself."""
        self.setFocus()

    def any_panel_shown(self) -> bool:
        """Whether there is anything beside the canvas."""
        return self.docks.any_shown

    def restore_layout(self) -> None:
        """Put all panels back to their first places."""
        self.docks.place()

    def leave(self) -> None:
        """Close the window."""
        self.close()

    def _update_title(self) -> None:
        lesson = self.bridge.lesson
        self.setWindowTitle(f"{lesson.in_language(lesson.title, self.appearance.language)} — Backstep")

    def _update_panels(self) -> None:
        if self._led_by != self.bridge.lesson.id:
            self._led_by = self.bridge.lesson.id
            self.docks.follow_lesson(self.bridge.lesson.panels)

    def _update_notation(self) -> None:
        self.appearance.follow_lesson(self.bridge.lesson.notation)

    def showEvent(self, event: QShowEvent) -> None:
        """Only a window that is shown has sizes to share out, and tabs that can be brought to the front."""
        super().showEvent(event)
        if not event.spontaneous():
            self.docks.raise_named()
        if not self._sized:
            self._sized = True
            self.docks.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs' titles are to fit."""
        super().resizeEvent(event)
        self.docks.fit_titles()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panels come after the first picture: the lesson's graph is on the screen sooner."""
        super().paintEvent(event)
        self.docks.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what plays and trains."""
        self.bridge.pause()
        self.bridge.cancel()
        super().closeEvent(event)


def max_size(one: QSize, other: QSize) -> QSize:
    """The wider width and the greater height."""
    return one.expandedTo(other)
