"""The same iteration with every other activation: same data, same parameters, only f differs."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.analysis.gradient_flow import gradient_flow
from engine.backward import backward
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Array, Role
from engine.training.iteration import batch_of
from gui.bridge import Bridge
from gui.views.flow_curves import Norms
from gui.worker import Job, Worker

SETTING = "activation"
_AT_ONCE = 0.03
"""Seconds of work that are not worth a thread."""
_CHEAP = 1.0
"""Seconds of work that may be done without being asked for."""
_PER_ENTRY, _PER_PRODUCT = 2.5e-6, 1e-9


def flow_with(
    activation: str, lesson: Lesson, settings: Settings, iteration: int, parameters: dict[str, Array], symbol: str
) -> Norms:
    """‖δ^t‖ (T,) of an iteration recorded with another activation.

    Args:
        parameters: the values before that iteration.
        symbol: of the pre-activation, such as ``u``.
    """
    settings = settings.changed(**{SETTING: activation})
    sizes = lesson.task.sizes(settings)
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        tensors = {name: tape.parameter(name, value) for name, value in parameters.items()}
        loss = lesson.model.forward(tape, tensors, batch_of(lesson, settings, iteration), settings, sizes)
        backward(tape, loss)
    flow = gradient_flow(tape, symbol)
    tape.release()
    return np.array([0.0 if flow[t] is None else flow[t] for t in sorted(flow)], dtype=float)


class ActivationComparison(QObject):
    """Norms by activation for the open iteration, made when asked for and kept until another tape is open.

    Signals: changed, when they have been made.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tape: Tape | None = None
        self._asked: tuple[Tape, str] | None = None
        self._norms: dict[str, Norms] = {}
        self._worker = Worker(self)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(0)
        self._begin.timeout.connect(self._start)
        self.destroyed.connect(self._worker.close)
        bridge.busy_changed.connect(self._update_busy)

    @property
    def choices(self) -> tuple[str, ...]:
        """The activations that the model's settings know; empty if it has no such setting, or does not heed it."""
        settings = self._bridge.settings
        declared = settings.declared.get(SETTING)
        return declared.choices if declared is not None and settings.matters(SETTING) else ()

    @property
    def current(self) -> str:
        """The run's own activation."""
        return self._bridge.settings.text(SETTING) if self.choices else ""

    @property
    def cheap(self) -> bool:
        """Whether it takes so little that nobody needs to ask for it."""
        return self._seconds() < _CHEAP

    def norms(self) -> dict[str, Norms]:
        """‖δ^t‖ (T,) by activation, the run's own left out; empty until they are made."""
        return self._norms if self._tape is self._bridge.tape else {}

    def ask(self, symbol: str) -> None:
        """Make them soon, unless they are there."""
        self._asked = self._bridge.tape, symbol
        if self.choices and self._tape is not self._bridge.tape and self._bridge.busy is None:
            self._begin.start()

    def _seconds(self) -> float:
        tape = self._bridge.tape
        weights = sum(int(np.size(step.value)) for step in tape.steps[:16] if step.role is Role.PARAMETER)
        products = 6 * weights * self._bridge.lesson.task.sizes(self._bridge.settings).length
        batch = np.shape(tape.steps[tape.backward_start - 2].inputs[0].value)[:1] if len(tape) > 2 else ()
        rows = batch[0] if batch else 1
        return max(1, len(self.choices) - 1) * (len(tape) * _PER_ENTRY + products * max(rows, 4) / 4 * _PER_PRODUCT)

    def _start(self) -> None:
        bridge, tape = self._bridge, self._bridge.tape
        if self._asked is None or self._asked[0] is not tape:
            return  # another one was opened since; its series may have another name
        if self._worker.busy is not None or bridge.busy is not None or self._tape is tape:
            return
        symbol = self._asked[1]
        parameters = {
            step.symbol: np.asarray(step.value)
            for step in tape.steps[: tape.backward_start]
            if step.role is Role.PARAMETER
        }
        lesson, settings, iteration = bridge.lesson, bridge.settings, bridge.iteration
        names = [name for name in self.choices if name != self.current]

        def work(job: Job) -> dict[str, Norms] | None:
            made = {}
            for name in names:
                if job.cancelled:
                    return None
                made[name] = flow_with(name, lesson, settings, iteration, parameters, symbol)
            return made

        job = Job("", work, lambda made: self._finish(tape, made), self._fail)
        if self._seconds() < _AT_ONCE:
            self._finish(tape, work(job))
        else:
            self._worker.start(job)

    def _finish(self, tape: Tape, made: dict[str, Norms] | None) -> None:
        if made is not None and tape is self._bridge.tape:
            self._tape, self._norms = tape, made
        self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        raise error

    def _update_busy(self) -> None:
        # Training comes first; afterwards another tape is open, and this is asked for again.
        if self._bridge.busy is not None:
            self._worker.cancel()
