"""Looking a step ahead while nobody steps, so that the step itself finds what it shows prepared."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge import Bridge

_OPENING = 500
"""After another tape is opened: ms in which the window shows it."""


class Foresight(QObject):
    """Where the next step would put the cursor, told once the last one is painted.

    The next step goes the way the last one went: forward, or back.

    Signals: step_foreseen(cursor): another cursor over the same tape, where the next step would put it.
    """

    step_foreseen = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._last = bridge.cursor
        self._position = 0
        self._forward = True
        self._painted = False
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._look)

    def begin(self) -> None:
        """Look ahead from where the cursor is now, as soon as nothing else is to be done."""
        cursor = self._bridge.cursor
        is_new = cursor is not self._last
        if is_new or cursor.position != self._position:
            self._forward = is_new or cursor.position > self._position
        self._last, self._position = cursor, cursor.position
        self._painted = False
        self._idle.start(_OPENING if is_new else 0)

    def stop(self) -> None:
        """Look no further until the cursor moves."""
        self._idle.stop()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be foreseen."""
        return not self._idle.isActive()

    def _look(self) -> None:
        self._idle.setInterval(0)
        # The first turn is left to the painting of the step itself.
        if not self._painted:
            self._painted = True
            return
        self._idle.stop()
        cursor, grain = self._bridge.cursor, self._bridge.session.grain
        stop = cursor.stop_after(grain) if self._forward else cursor.stop_before(grain)
        if stop is not None:
            self.step_foreseen.emit(cursor.at(stop))
