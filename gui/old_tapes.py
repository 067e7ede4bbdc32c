"""Memory of huge tapes that nobody looks at any more, given back at once. Knows no widgets."""

import gc

from PySide6.QtCore import QObject

from engine.debugger.events import Event, Restarted, TapeChanged
from engine.debugger.session import Session
from engine.training.memory_need import bytes_needed
from gui.one_shot import one_shot

_HUGE = 2**28
_WAIT_MILLISECONDS = 300
"""Until the views have let go of the tape before."""


class OldTapes(QObject):
    """Looks for tapes that are gone whenever a huge one was left for another.

    A tape and its steps refer to each other. Python looks for such cycles after so many new objects; a huge tape has
    few, and some iterations later there would be no memory left.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._is_huge = self._judged()
        self._later = one_shot(self, self._collect, _WAIT_MILLISECONDS)
        session.listen(self._on_event)

    def _judged(self) -> bool:
        return bytes_needed(self._session.lesson, self._session.settings) > _HUGE

    def _on_event(self, event: Event) -> None:
        if isinstance(event, TapeChanged | Restarted):
            if self._is_huge:
                self._later.start()
            self._is_huge = self._judged()

    def _collect(self) -> None:
        gc.collect()

    def close(self) -> None:
        """Look no more."""
        self._later.stop()
        self._session.ignore(self._on_event)
