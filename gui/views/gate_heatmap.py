"""The heatmap of one gate among others."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from gui.views.unit_heatmap import UnitHeatmap


class GateHeatmap(UnitHeatmap):
    """As the heatmap of hidden states, with lower rows; and it marks the cell pointed at in another one."""

    least_row = 2.0
    least_column = 2.0
    _echo: tuple[int, int] | None = None

    @property
    def pointed_cell(self) -> tuple[int, int] | None:
        """(unit, time step) under the mouse."""
        return None if self._cell is None else (self._values.unit_at(self._cell[0]), self._cell[1])

    def echo(self, cell: tuple[int, int] | None) -> None:
        """Mark (unit, time step), pointed at in another heatmap."""
        if cell != self._echo:
            self._echo = cell
            self._update_picture()

    def _paint_marks(self, painter: QPainter) -> None:
        super()._paint_marks(painter)
        if self._echo is None or self._cell is not None or self._echo[0] >= self._values.units:
            return
        unit, t = self._echo
        painter.setClipRect(self._cells_area().adjusted(-1, -1, 1, 1))
        self._frame(painter, self._cell_box(self._values.row_of(unit), t), "ink", 1.6)
        painter.setClipping(False)
