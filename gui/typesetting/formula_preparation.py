"""Typesetting ahead of time: formulas that will be needed are drawn while the event loop is idle."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import Shiboken

from gui.typesetting.formula import is_prepared, typeset
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.ziamath_loading import is_loaded

_FIRST_WAIT = 150
"""Before the first formula of the process, which loads ziamath: ms in which a starting window shows itself."""
_FRAME = 16
"""After a wish: ms in which the step that brought it is painted; one that takes longer has the first turn, too."""
_LONGEST_WAIT = 0.5
"""Seconds after which a formula is due though wishes keep coming, as they do while somebody holds a key."""


class FormulaPreparation(QObject):
    """One formula per turn of the event loop; the timer runs only while something is left to do.

    Signals: prepared(latex) after each, failed(latex, error) where the source is wrong.
    """

    prepared = Signal(str)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: OrderedDict[tuple[str, bool], None] = OrderedDict()
        self._begun = time.monotonic()
        self._painted = True
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._prepare_next)

    def request(self, formulas: Iterable[str], *, inline: bool = False) -> None:
        """Prepare these before what already waits: the latest wish is the most urgent."""
        for latex in reversed(list(formulas)):
            if not is_prepared(latex, inline=inline):
                self._waiting[latex, inline] = None
                self._waiting.move_to_end((latex, inline), last=False)
        if not self._waiting:
            return
        if not self._idle.isActive():
            self._begun = time.monotonic()
            self._wait(_FRAME if is_loaded() else _FIRST_WAIT)
        elif is_loaded() and time.monotonic() - self._begun < _LONGEST_WAIT:
            self._wait(_FRAME)

    def put_off(self) -> None:
        """Have what waits wait for the painting of a step that has begun."""
        if time.monotonic() - self._begun < _LONGEST_WAIT:
            self._painted = False

    def stop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._idle.stop()

    @property
    def waiting(self) -> int:
        """How many formulas are still to be prepared."""
        return len(self._waiting)

    def _wait(self, milliseconds: int) -> None:
        self._painted = False
        self._idle.start(milliseconds)

    def _prepare_next(self) -> None:
        self._idle.setInterval(0)
        if not self._painted:
            self._painted = True
            return
        self._begun = time.monotonic()
        (latex, inline), _ = self._waiting.popitem(last=False)
        if not self._waiting:
            self._idle.stop()
        failure: FormulaError | None = None
        try:
            typeset(latex, 1.0, inline=inline)
        except FormulaError as error:
            failure = error
        if not Shiboken.isValid(self):
            return  # while it was typeset, the widgets that waited for it were collected, and this with them
        if failure is not None:
            self.failed.emit(latex, failure)
        else:
            self.prepared.emit(latex)
