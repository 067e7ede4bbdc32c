"""The monkey: takes one random deed after another in a running window."""

import time
from collections.abc import Callable
from random import Random

from PySide6.QtCore import QObject, QTimer, Signal

from gui.main_window import MainWindow
from tests.gui.monkey.alarm import Alarm
from tests.gui.monkey.deeds import DEEDS, close_dialog
from tests.gui.monkey.hands import dialogs

_MOST_BUSY_SECONDS = 1.0
"""So long work may go on before the monkey loses patience and cancels it."""
_MOST_DIALOGS = 4
_WAITS = (0,) * 12 + (5, 15, 40)


class Monkey(QObject):
    """Every deed is drawn from (seed, number) alone, so that one seed does the same again as far as the screen is
    the same.

    A timer calls it, armed before the deed: if a deed opened a loop of its own, as old dialogs do, the monkey would
    go on in it.

    Signals:
        finished: all deeds are done, or the alarm rang.
    """

    finished = Signal()

    def __init__(self, window: MainWindow, seed: int, alarm: Alarm, tell: Callable[[str], None]) -> None:
        super().__init__()
        self.number = 0
        self._window = window
        self._seed = seed
        self._until = 0
        self._alarm = alarm
        self._tell = tell
        self._busy_since: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def go_until(self, number: int) -> None:
        """Take deeds until so many were taken."""
        self._until = number
        self._timer.start(0)

    def _go_on(self) -> None:
        if self.number >= self._until or self._alarm.problems:
            self.finished.emit()
            return
        self.number += 1
        dice = Random(f"{self._seed} {self.number}")
        self._timer.start(dice.choice(_WAITS))
        self._lose_patience()
        deed = dice.choices([deed for deed, _ in DEEDS], [weight for _, weight in DEEDS])[0]
        act = (close_dialog if len(dialogs()) > _MOST_DIALOGS else deed)(self._window, dice)
        self._tell(f"{self.number} {act.text}")
        act.do()

    def _lose_patience(self) -> None:
        if self._window.bridge.busy is None:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = time.monotonic()
        elif time.monotonic() - self._busy_since > _MOST_BUSY_SECONDS:
            self._tell(f"{self.number} cancel")
            self._window.bridge.cancel()
