"""The monkey: takes one random deed after another in a running window."""

import time
from collections.abc import Callable
from random import Random

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from tests.gui.monkey.alarm import Alarm
from tests.gui.monkey.deeds import DEEDS, close_dialog
from tests.gui.monkey.hands import dialogs

_MOST_BUSY_SECONDS = {"hasty": 1.0, "patient": 30.0}
"""So long work may go on before the monkey loses patience and cancels it."""
_ENDLESS = 300
"""Work that counts further is not waited for."""
_ACTIONS_DURING_ENDLESS = 8
_LOOK_AGAIN_MILLISECONDS = 5
_MOST_DIALOGS = 4
_WAITS = (0,) * 12 + (5, 15, 40)


class Monkey(QObject):
    """Every deed is drawn from (seed, number) alone, so that one seed does the same again as far as the screen is
    the same. A patient monkey lets work end before its next deed, else how fast the machine is would decide what the
    deeds meet; only of work without an end does it see a fixed number of deeds, and cancels it. A hasty one goes on
    at once.

    A timer calls it, armed before the deed: if a deed opened a loop of its own, as old dialogs do, the monkey would
    go on in it.

    Signals:
        finished: all deeds are done, or the alarm rang.
    """

    finished = Signal()

    def __init__(
        self, window: MainWindow, seed: int, alarm: Alarm, tell: Callable[[str], None], *, hasty: bool = False
    ) -> None:
        super().__init__()
        self.number = 0
        self._window = window
        self._seed = seed
        self._until = 0
        self._alarm = alarm
        self._tell = tell
        self._hasty = hasty
        self._busy_since: float | None = None
        self._busy_from = 0
        self._cancelled = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def go_until(self, number: int) -> None:
        """Take deeds until so many were taken."""
        self._until = number
        self._timer.start(0)

    def _go_on(self) -> None:
        if self.number >= self._until or self._alarm.problems:
            self._leave_popups()
            self.finished.emit()
            return
        self._lose_patience()
        if self._waits():
            self._timer.start(_LOOK_AGAIN_MILLISECONDS)
            return
        self.number += 1
        dice = Random(f"{self._seed} {self.number}")
        self._timer.start(dice.choice(_WAITS))
        deed = dice.choices([deed for deed, _ in DEEDS], [weight for _, weight in DEEDS])[0]
        act = (close_dialog if len(dialogs()) > _MOST_DIALOGS else deed)(self._window, dice)
        self._tell(f"{self.number} {act.text}")
        act.do()

    @staticmethod
    def _leave_popups() -> None:
        """The menu of a button has a loop of its own, in which one who waits for the end would never be told."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def _lose_patience(self) -> None:
        if self._window.bridge.busy is None:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since, self._busy_from = time.monotonic(), self.number
        elif time.monotonic() - self._busy_since > _MOST_BUSY_SECONDS["hasty" if self._hasty else "patient"]:
            self._cancel()

    def _waits(self) -> bool:
        busy = self._window.bridge.busy
        if self._hasty or busy is None:
            return False
        if busy.total <= _ENDLESS:
            return True
        if self.number - self._busy_from < _ACTIONS_DURING_ENDLESS:
            return False
        self._cancel()
        return True

    def _cancel(self) -> None:
        if self._cancelled != self.number:
            self._cancelled = self.number
            self._tell(f"{self.number} cancel")
        self._window.bridge.cancel()
