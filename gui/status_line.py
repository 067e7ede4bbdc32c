"""The line at the foot of the window: the last message, what is at work, where the cursor stands."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from engine.debugger.grain import Grain
from gui.actions.action_set import ActionSet
from gui.actions.keymap import shown
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.elided_label import ElidedLabel

_WELCOME = {"step": "run.step", "back": "run.step_back", "play": "run.play", "keys": "help.keys"}
_KINDS = {"info": "caption", "problem": "warning"}


class StatusLine(QStatusBar):
    """Messages on the left, progress with a cancel button, the place on the right."""

    def __init__(self, bridge: Bridge, appearance: Appearance, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._actions = actions
        self._build()
        self._update_appearance()
        self._update_busy()
        bridge.cursor_moved.connect(self._update_place)
        bridge.busy_changed.connect(self._update_busy)
        bridge.message.connect(self.show_text)
        bridge.first_bad_changed.connect(self._update_bad)
        actions.keys_changed.connect(self._update_place)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._text = ElidedLabel(self)
        self._bad = QPushButton(self)
        self._bad.clicked.connect(self._actions["run.first_bad"].trigger)
        self._progress = QProgressBar(self)
        self._cancel = QPushButton(self)
        self._cancel.clicked.connect(self._actions["run.cancel"].trigger)
        self._place = ElidedLabel(self)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizeGripEnabled(False)
        self.addWidget(self._text, 3)
        for widget in (self._bad, self._progress, self._cancel):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.addPermanentWidget(widget)
            widget.hide()
        self.addPermanentWidget(self._place, 2)

    def show_text(self, text: str, kind: str) -> None:
        """Show a message until the cursor moves on."""
        self._text.setText(text)
        if self._text.property("kind") != _KINDS[kind]:
            self._text.setProperty("kind", _KINDS[kind])
            self._text.style().polish(self._text)

    def _update_place(self) -> None:
        cursor = self._bridge.cursor
        first = cursor.position == 0 and self._bridge.iteration == 0
        self.show_text(self._welcome() if first else "", "info")
        stops = cursor.stops(Grain.OPERATION)
        passed = int(np.searchsorted(stops, cursor.position, side="right")) - 1
        address = "" if cursor.current is None else cursor.addresses[cursor.current]
        say = self._appearance.say
        place = say(
            "iteration {iteration} · step {passed} of {all} · {address}",
            iteration=self._bridge.iteration, passed=passed, all=len(stops) - 1, address=address,
        ).rstrip(" ·")  # fmt: skip
        forced = bool(self._bridge.session.edits)
        self._place.setText(say("with forced values: {place}", place=place) if forced else place)

    def _welcome(self) -> str:
        """The keys to begin with, as they are now."""
        keys = {place: self._actions.keymap.keys(name) for place, name in _WELCOME.items()}
        if not all(keys.values()):
            return ""
        return self._appearance.say(
            "{step} takes one step, {back} takes it back, {play} plays; {keys} shows all keys.",
            **{place: shown(found[0]) for place, found in keys.items()},
        )

    def _update_bad(self) -> None:
        self._bad.setVisible(self._bridge.first_bad is not None)

    def _update_busy(self) -> None:
        busy = self._bridge.busy
        if (busy is not None) != self._cancel.isVisible():
            self._progress.setVisible(busy is not None)
            self._cancel.setVisible(busy is not None)
            self._update_place()
        if busy is not None:
            self._text.setText(busy.text)
            self._progress.setRange(0, busy.total)
            self._progress.setValue(busy.done)
            self._progress.setFormat(f"{busy.done:,} / {busy.total:,}" if busy.total else "")

    def _update_appearance(self) -> None:
        self._cancel.setText(self._appearance.say("Cancel"))
        self._bad.setText(self._appearance.say("Go to the first bad step"))
        self.setContentsMargins(self._appearance.whole_px(6), 0, self._appearance.whole_px(10), 0)
        self._progress.setFixedWidth(self._appearance.whole_px(180))
        self._update_place()
        self._update_bad()
