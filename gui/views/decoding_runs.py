"""Runs of a decoder, made in a thread.

The batch is run free and forced with the weights that the tape began with, so that the rows belong together; a typed
text is answered with the weights as the cursor shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.analysis.series import parameters
from engine.decoding import Decodes
from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.tape import Tape
from engine.text.typed_text import Typed
from engine.training.free_running import BothRuns, Choice, FreeRun, run_both, run_free
from engine.training.iteration import batch_of
from gui.bridge import Bridge
from gui.one_shot import one_shot
from gui.views.shown_weights import is_updated, shown_weights
from gui.worker import Job, Worker

_TOGETHER = 32
"""Sequences of a batch that are run together: those around the one on show."""


@dataclass(frozen=True)
class _Asked:
    """What is to be run: a tape, how, which sequences, the typed text, and whether that with the new weights."""

    tape: Tape
    updated: bool
    choice: Choice
    first: int
    text: str


@dataclass(frozen=True)
class _Work:
    """What the thread needs of it."""

    lesson: Lesson
    settings: Settings
    parameters: Parameters
    shown: Parameters
    iteration: int
    asked: _Asked
    typed: Typed | None


@dataclass(frozen=True)
class Made:
    """What was run.

    Attributes:
        both: some sequences of the batch.
        first: the first of them.
        typed: of the typed text; None where there is none.
    """

    both: BothRuns
    first: int
    typed: FreeRun | None


class DecodingRuns(QObject):
    """Makes what is asked for, the last wish only; while the run trains it waits.

    Signals: changed, when something has been made, or what there was no longer holds.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked: _Asked | None = None
        self._typed: Typed | None = None
        self._made: tuple[_Asked, Made] | None = None
        self._worker = Worker(self)
        self._begin = one_shot(self, self._start)
        self.destroyed.connect(self._worker.close)
        bridge.busy_changed.connect(self._update_busy)

    @property
    def possible(self) -> bool:
        """Whether the model decodes."""
        return isinstance(self._bridge.lesson.model, Decodes)

    @property
    def made(self) -> Made | None:
        """What was asked for last, if it is there: of the open tape, and with the weights as they are now."""
        return self._made[1] if self._made is not None and self._made[0] == self._asked else None

    def ask(self, sequence: int, choice: Choice, text: str, typed: Typed | None) -> None:
        """Make it soon, unless it is there.

        Args:
            sequence: of the batch, on show.
            text, typed: what the user typed, and the batch of it; None where there is none.
        """
        if not self.possible:
            return
        first = sequence // _TOGETHER * _TOGETHER
        updated = typed is not None and is_updated(self._bridge)
        asked = _Asked(self._bridge.tape, updated, choice, first, text if typed is not None else "")
        if asked == self._asked:
            return
        self._asked, self._typed = asked, typed
        self._worker.cancel()
        self._begin.start()
        self.changed.emit()

    def _start(self) -> None:
        bridge, asked = self._bridge, self._asked
        if asked is None or self.made is not None or self._worker.busy is not None or bridge.busy is not None:
            return
        if asked.tape is not bridge.tape or not self.possible:
            return  # another one was opened since, and is asked for when it is shown
        begun = {name: bridge.tape[index].value for name, index in parameters(bridge.tape).items()}
        work = _Work(
            bridge.lesson, bridge.settings, begun, shown_weights(bridge), bridge.iteration, asked, self._typed
        )
        self._worker.start(Job("", lambda job: _run(work), lambda made: self._finish(asked, made), self._fail))

    def _finish(self, asked: _Asked, made: Made) -> None:
        self._made = asked, made
        if asked == self._asked:
            self.changed.emit()
        else:
            self._begin.start()

    def _fail(self, error: BaseException) -> None:
        raise error

    def _update_busy(self) -> None:
        # Training comes first; afterwards another tape is open, and this is asked for again.
        if self._bridge.busy is None:
            self._begin.start()


def _run(work: _Work) -> Made:
    asked = work.asked
    batch = batch_of(work.lesson, work.settings, work.iteration).rows(asked.first, asked.first + _TOGETHER)
    both = run_both(work.lesson, work.settings, work.parameters, batch, asked.choice)
    if work.typed is None:
        return Made(both, asked.first, None)
    own = run_free(work.lesson, work.settings, work.shown, work.typed.batch, asked.choice)
    return Made(both, asked.first, own)
