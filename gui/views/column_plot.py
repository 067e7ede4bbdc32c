"""What plots of symbols over time have in common: columns that are drawn again only where something was revealed."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.task_plot import TaskPlot


class ColumnPlot(TaskPlot):
    """A column for each time step, side by side; nothing belongs to time step 0."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._drawn: dict[int, Hashable] = {}
        super().__init__(bridge, appearance, parent)

    # --- for subclasses -----------------------------------------------------------------------------------------

    def _box(self, row: int, t: int) -> QRectF:
        """The cell of a row and a time step."""
        raise NotImplementedError

    def _state(self, t: int) -> Hashable:
        """What is drawn in a column depends on it."""
        raise NotImplementedError

    def _paint_column(self, painter: QPainter, t: int) -> None:
        """Draw the column of a time step, from 1."""
        raise NotImplementedError

    def _paint_over(self, painter: QPainter) -> None:
        """Draw what lies over several columns, clipped to the area."""

    # --- the picture --------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        return self._series.sequence

    def _paint_columns(self, painter: QPainter) -> None:
        """All that can be seen."""
        painter.setClipRect(self.area.toAlignedRect())
        self._drawn = {}
        for t in self.visible_times():
            self._paint_state(painter, t)
        self._paint_over(painter)

    def _paint_changes(self, picture: QPixmap) -> None:
        changed = [t for t in self.visible_times() if self._drawn.get(t) != self._state(t)]
        if not changed:
            return
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, visible = self.area.toAlignedRect(), self.visible_times()
        for t in changed:
            # With its neighbours, clipped to whole pixels: their common lines are smoothed, and drawn over once only.
            box = self._box(0, t).adjusted(-2, 0, 2, 0).toAlignedRect()
            box.setTop(area.top())
            box.setBottom(area.bottom())
            painter.setClipRect(box & area)
            painter.fillRect(box, self._appearance.color("ground"))
            for near in range(max(visible.start, t - 1), min(visible.stop, t + 2)):
                self._paint_state(painter, near)
        painter.setClipRect(area)
        self._paint_over(painter)
        painter.end()

    def _paint_state(self, painter: QPainter, t: int) -> None:
        self._drawn[t] = self._state(t)
        if t:
            self._paint_column(painter, t)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_time(self.cursor_time)
