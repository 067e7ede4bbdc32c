"""Playing: one step after another at a chosen speed."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, math.inf)
"""Steps per second; infinite is as fast as the screen follows."""


class Player(QObject):
    """Calls `go_on` at a steady speed until it says that there is no more to play.

    Signals: changed, when it began, ended or took another speed.
    """

    changed = Signal()

    def __init__(self, go_on: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._go_on = go_on
        self._speed = 5.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        """Steps per second."""
        return self._speed

    def set_speed(self, steps_per_second: float) -> None:
        """Play at another speed, from 0.5 to 60 or infinite."""
        if not math.isinf(steps_per_second):
            steps_per_second = min(max(steps_per_second, SPEEDS[0]), SPEEDS[-2])
        if steps_per_second != self._speed:
            self._speed = steps_per_second
            if self.playing:
                self._timer.start(self._interval())
            self.changed.emit()

    def play(self) -> None:
        """Begin, with the first step at once."""
        if not self.playing:
            self._timer.start(self._interval())
            self.changed.emit()
            self._tick()

    def pause(self) -> None:
        """Stop."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    def _tick(self) -> None:
        if not self._go_on():
            self.pause()

    def _interval(self) -> int:
        return 0 if math.isinf(self._speed) else round(1000 / self._speed)
