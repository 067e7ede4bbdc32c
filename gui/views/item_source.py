"""The itemized gradient of the open iteration, computed in small pieces while the window has nothing else to do."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from engine.analysis.itemized import Itemization
from engine.analysis.items import Items
from engine.tape import Tape
from gui.bridge import Bridge

_SLICE_SECONDS = 0.006
_BUSY_SLICE_SECONDS = 0.002
_BUSY_PAUSE_MILLISECONDS = 16
_HASTE_SECONDS = 0.3
"""So long after a step the work leaves most of the time to the next one."""


class ItemSource(QObject):
    """Works only while somebody looks, and on the numbers only when the cursor has come to where some can be seen.

    In slices of the window's own time, not in a thread: a thread that runs Python makes every step on the screen wait
    for the interpreter.

    Signals: changed, when there is more to see; renewed, when what there is to see may be something else.
    """

    changed = Signal()
    renewed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tape: Tape | None = None
        self._itemization: Itemization | None = None
        self._planning: Iterator[None] | None = None
        self._pieces: Iterator[float] | None = None
        self._sequence: int | None = None
        self._looked_at = False
        self._done = 0.0
        self._stepped = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._work)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)

    @property
    def items(self) -> dict[str, Items]:
        """By name, the states first; empty until it is known what there is."""
        return self._itemization.items if self._itemization is not None and self._tape is self._bridge.tape else {}

    @property
    def batch(self) -> int:
        """Number of sequences."""
        return self._itemization.batch if self._itemization is not None else 1

    @property
    def length(self) -> int:
        """The last time step."""
        return self._itemization.length if self._itemization is not None else 0

    @property
    def left_out(self) -> int:
        """Number of earlier losses that are not itemized."""
        return self._itemization.left_out if self._itemization is not None else 0

    @property
    def done(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return self._done

    @property
    def sequence(self) -> int | None:
        """The row of the batch that is looked at; None for all."""
        return self._sequence

    def show_sequence(self, sequence: int | None) -> None:
        """Look at one row of the batch, from 0, or at all of them."""
        if sequence != self._sequence:
            self._sequence = sequence
            self._begin_anew()

    def look(self, on: bool) -> None:
        """Somebody looks, or no longer."""
        self._looked_at = on
        if on:
            self._go_on()
        else:
            self._timer.stop()

    def finish(self) -> None:
        """Do all that is left at once."""
        while self._has_work():
            self._work_until(float("inf"))
        self.changed.emit()

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_cursor(self) -> None:
        self._stepped = time.monotonic()
        self._go_on()

    def _update_tape(self) -> None:
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._tape = self._itemization = self._planning = self._pieces = None
        self._done = 0.0
        self._go_on()

    def _has_work(self) -> bool:
        if self._tape is not self._bridge.tape or self._planning is not None:
            return True
        return self._done < 1.0 and self._bridge.cursor.position > self._bridge.tape.backward_start

    def _go_on(self) -> None:
        if self._looked_at and not self._timer.isActive() and self._has_work():
            self._timer.start(_BUSY_PAUSE_MILLISECONDS if self._in_haste() else 0)

    def _in_haste(self) -> bool:
        return time.monotonic() - self._stepped < _HASTE_SECONDS

    def _work(self) -> None:
        if self._has_work():
            self._work_until(time.monotonic() + (_BUSY_SLICE_SECONDS if self._in_haste() else _SLICE_SECONDS))
            self._go_on()

    def _work_until(self, end: float) -> None:
        if self._tape is not self._bridge.tape:
            self._tape = self._bridge.tape
            self._itemization = Itemization(self._tape, self._sequence)
            self._planning, self._pieces = self._itemization.plan(), self._itemization.pieces()
            self._done = 0.0
        if self._planning is not None:
            self._plan_until(end)
        else:
            self._compute_until(end)

    def _plan_until(self, end: float) -> None:
        for _ in self._planning or ():
            if time.monotonic() >= end:
                return
        self._planning = None
        self.renewed.emit()

    def _compute_until(self, end: float) -> None:
        known = self._known()
        while self._pieces is not None and time.monotonic() < end:
            done = next(self._pieces, None)
            if done is None:
                self._pieces = None
                self._done = 1.0
            else:
                self._done = min(done, 0.999)
        if self._done == 1.0 or self._known() != known:
            self.changed.emit()

    def _known(self) -> int:
        return sum(int(items.known.sum()) for items in self.items.values())
