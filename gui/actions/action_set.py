"""The actions as Qt's own: with keys, icons and texts, on and off as the session says."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.actions.action import Action, Desk
from gui.actions.keymap import Keymap, shown
from gui.icons import icon


class ActionSet(QObject):
    """One QAction for every action, owned by a window, where its keys work.

    Signals:
        keys_changed: the keymap was changed.
        state_changed: an action went on or off, or says another reason.
    """

    keys_changed = Signal()
    state_changed = Signal()

    def __init__(self, window: QWidget, desk: Desk, actions: Iterable[Action], keymap: Keymap) -> None:
        super().__init__(window)
        self.desk = desk
        self.actions = tuple(actions)
        self.keymap = keymap
        self._reasons: dict[str, str | None] = {}
        self._needs = tuple({id(need): need for action in self.actions for need in action.needs}.values())
        self._missing: list[int] | None = None
        self._made = {action.id: self._make(window, action) for action in self.actions}
        self.update_keys()
        self._update_appearance()
        self._connect()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def _make(self, window: QWidget, action: Action) -> QAction:
        made = QAction(self)
        made.setObjectName(action.id)
        made.setCheckable(action.checked is not None)
        made.setAutoRepeat(action.repeats)
        made.triggered.connect(lambda: self.trigger(action))
        window.addAction(made)
        return made

    def _connect(self) -> None:
        bridge = self.desk.bridge
        for signal in (
            bridge.cursor_moved, bridge.grain_changed, bridge.breakpoints_changed, bridge.selection_changed,
            bridge.busy_changed, bridge.playing_changed, bridge.first_bad_changed, bridge.lesson_changed,
        ):  # fmt: skip
            signal.connect(self.update_state)
        bridge.undo_changed.connect(self._update_undo)
        self.desk.appearance.changed.connect(self._update_appearance)

    def trigger(self, action: Action) -> None:
        """Do it, if it is possible."""
        if action.enabled(self.desk):
            action.callback(self.desk)
        self.update_state()

    def text(self, action: Action, language: str | None = None) -> str:
        """What it is called now."""
        return self.desk.appearance.say(action.text, **self.values(action, language))

    def values(self, action: Action, language: str | None = None) -> dict[str, object]:
        """What fills its text's places in a language, by default the current one."""
        return dict(action.fill(self.desk, language or self.desk.appearance.language)) if action.fill else {}

    def reason(self, action: Action) -> str:
        """Why it is off, in the user's language; empty if it is on."""
        reason = action.reason(self.desk)
        return self.desk.appearance.say(reason) if reason else ""

    def update_state(self) -> None:
        """Ask every action whether it is possible; called at every step, so it touches only what differs."""
        missing = [at for at, need in enumerate(self._needs) if not need.holds(self.desk)]
        if missing != self._missing:
            self._missing = missing
            self._update_reasons()
        for action in self.actions:
            if action.checked is not None:
                self._made[action.id].setChecked(action.checked(self.desk))

    def _update_reasons(self) -> None:
        for action in self.actions:
            made, reason = self._made[action.id], action.reason(self.desk)
            if action.id not in self._reasons or self._reasons[action.id] != reason:
                self._reasons[action.id] = reason
                made.setEnabled(reason is None)
                self._update_tip(action)
        self.state_changed.emit()

    def update_keys(self) -> None:
        """Take the keys of the keymap."""
        for action in self.actions:
            made = self._made[action.id]
            made.setShortcuts([QKeySequence(key) for key in self.keymap.keys(action.id)])
            self._update_tip(action)
        self.keys_changed.emit()

    def _update_appearance(self) -> None:
        for action in self.actions:
            made = self._made[action.id]
            made.setText(_unmarked(self.text(action)))
            if action.icon:
                made.setIcon(icon(action.icon, self.desk.appearance))
            self._update_tip(action)
        self.update_state()

    def _update_undo(self) -> None:
        for action in self.actions:
            if action.fill is not None:
                self._made[action.id].setText(_unmarked(self.text(action)))
        self.update_state()

    def _update_tip(self, action: Action) -> None:
        keys = ", ".join(shown(key) for key in self.keymap.keys(action.id))
        text = self.text(action).strip().removesuffix("…")
        reason = self.reason(action)
        tip = f"{text} ({keys})" if keys else text
        self._made[action.id].setToolTip(f"{tip}\n{reason}" if reason else tip)


def _unmarked(text: str) -> str:
    """A text whose "&" is a letter and marks no key."""
    return text.strip().replace("&", "&&")
