"""The gradient check of the iteration that is open: begun, cancelled, its result kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.debugger.session import Session
from gui.checked_gradients import CheckedGradients
from gui.run_control import RunControl


class GradientChecking(QObject):
    """Kept beside the run, not in a panel: a check may be asked for before the panel is made.

    Signals: changed, when a check began or ended, or its result is of another iteration now.
    """

    changed = Signal()

    def __init__(self, session: Session, run: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run = run
        self._result: CheckedGradients | None = None
        self._before_restart = False
        self._running = False
        run.busy_changed.connect(self._update_busy)

    @property
    def result(self) -> CheckedGradients | None:
        """What the last check found."""
        return self._result

    @property
    def is_before_restart(self) -> bool:
        """Whether the result is of a run that is no more."""
        return self._result is not None and self._before_restart

    @property
    def is_outdated(self) -> bool:
        """Whether the result is of another iteration than the one that is open."""
        return self._result is not None and (self._before_restart or self._result.iteration != self._session.iteration)

    @property
    def running(self) -> bool:
        """Whether a check is under way."""
        return self._running

    def start(self) -> None:
        """Check the whole iteration that is open."""
        if self._run.refuses():
            return
        run = self._session.run

        def take(result: CheckedGradients | None) -> None:
            if result is not None:
                self._result, self._before_restart = result, run is not self._session.run
            self.changed.emit()

        self._running = True
        self._run.check_gradients(take)
        self._update_busy()

    def cancel(self) -> None:
        """Stop the check; the result before it stays."""
        if self._running:
            self._run.cancel()

    def update_tape(self) -> None:
        """Another iteration was opened."""
        self.changed.emit()

    def update_run(self) -> None:
        """The run began anew."""
        self._before_restart = True
        self.changed.emit()

    def forget(self) -> None:
        """Another lesson was opened: what was found says nothing of it."""
        self._result = None
        self.changed.emit()

    def _update_busy(self) -> None:
        if self._running:
            self._running = self._run.busy is not None
            self.changed.emit()
