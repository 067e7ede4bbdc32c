"""The same iteration with every other activation: same data, same parameters, only f differs."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.backward import backward
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Array, Role
from engine.training.iteration import batch_of
from gui.bridge import Bridge
from gui.one_shot import one_shot
from gui.views.flow_curves import FlowCurve, Norms
from gui.views.tape_series import quantities
from gui.worker import Job, Worker

SETTING = "activation"
_AT_ONCE = 0.03
"""Seconds of work that are not worth a thread."""
_CHEAP = 1.0
"""Seconds of work that may be done without being asked for."""
_PER_ENTRY, _PER_PRODUCT = 2.5e-6, 1e-9


Asked = tuple[str, str]
"""Place and symbol of a series."""


def flow_with(
    activation: str, lesson: Lesson, settings: Settings, iteration: int, parameters: dict[str, Array], asked: Asked
) -> Norms:
    """The norms (T,) of the gradient by a series, of an iteration recorded with another activation.

    Args:
        parameters: the values before that iteration.
        asked: such as ``u``, the pre-activation; the same series as on the run's own tape.
    """
    settings = settings.changed(**{SETTING: activation})
    sizes = lesson.task.sizes(settings)
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        tensors = {name: tape.parameter(name, value) for name, value in parameters.items()}
        loss = lesson.model.forward(tape, tensors, batch_of(lesson, settings, iteration), settings, sizes)
        backward(tape, loss)
    found = next((one for one in quantities(tape) if one.gradient and one.key[:2] == asked), None)
    norms = np.zeros(0) if found is None else FlowCurve(tape, found).all_norms()
    tape.release()
    return norms


class ActivationComparison(QObject):
    """Norms by activation for the open iteration, made when asked for and kept until another tape is open.

    Signals: changed, when they have been made.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._made: tuple[Tape, Asked] | None = None
        self._asked: tuple[Tape, Asked] | None = None
        self._norms: dict[str, Norms] = {}
        self._worker = Worker(self)
        self._begin = one_shot(self, self._start)
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

    def norms(self, asked: Asked) -> dict[str, Norms]:
        """Norms (T,) by activation, the run's own left out; empty until they are made."""
        return self._norms if self._has(asked) else {}

    def ask(self, asked: Asked) -> None:
        """Make those of a series soon, unless they are there."""
        self._asked = self._bridge.tape, asked
        if self.choices and not self._has(asked) and self._bridge.busy is None:
            self._begin.start()

    def _has(self, asked: Asked) -> bool:
        return self._made is not None and self._made[0] is self._bridge.tape and self._made[1] == asked

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
        asked = self._asked[1]
        if self._worker.busy is not None or bridge.busy is not None or self._has(asked):
            return
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
                norms = flow_with(name, lesson, settings, iteration, parameters, asked)
                if norms.size:
                    made[name] = norms
            return made

        job = Job("", work, lambda made: self._finish(tape, asked, made), self._fail)
        if self._seconds() < _AT_ONCE:
            self._finish(tape, asked, work(job))
        else:
            self._worker.start(job)

    def _finish(self, tape: Tape, asked: Asked, made: dict[str, Norms] | None) -> None:
        if made is not None and tape is self._bridge.tape:
            self._made, self._norms = (tape, asked), made
        self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        raise error

    def _update_busy(self) -> None:
        # Training comes first; afterwards another tape is open, and this is asked for again.
        if self._bridge.busy is not None:
            self._worker.cancel()
