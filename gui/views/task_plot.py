"""What the tasks' views over time have in common: a sequence of the batch, its numbers as far as revealed."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtWidgets import QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.task_series import TaskSeries
from gui.views.time_plot import TimePlot

ROLES = (Role.INPUT, Role.TARGET, Role.OUTPUT)


class TaskPlot(TimePlot):
    """Time on x; inputs, targets and outputs of one sequence."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._series = TaskSeries(bridge)
        self._update_extent()

    @property
    def series(self) -> TaskSeries:
        """What is shown."""
        return self._series

    def show_sequence(self, sequence: int) -> None:
        """Show a sequence of the open tape, from 0."""
        self._series = TaskSeries(self._bridge, sequence)
        super()._update_tape()

    def _update_tape(self) -> None:
        self.show_sequence(self._series.sequence)

    def _steps(self) -> tuple[int, int]:
        return 0, self._series.length

    def _key(self) -> Hashable:
        cursor = self._bridge.cursor
        entries = (self._series.entry(role, t) for t in self.visible_times() for role in ROLES)
        return self._series.sequence, sum(entry is not None and cursor.revealed(entry) for entry in entries)
