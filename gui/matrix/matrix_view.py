"""A heatmap with numbers: the cells of an array that fit on the screen, and what it says of the rest."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from engine.tensor import Array
from gui.appearance import Appearance
from gui.color_maps import Lut
from gui.equations.piece_text import number_text
from gui.matrix.cell_grid import CellGrid, CellSizes, cell_grid, two_dimensional
from gui.matrix.cell_painting import Cells, CellStyle, colored_cells, paint_cells
from gui.matrix.margin_painting import indices, paint_ramp
from gui.matrix.number_texts import precise_text, raised, raised_power, thousands
from gui.typesetting.kept_texts import KeptTexts

Place = tuple[int, int]
_MOST_SCANNED = 250_000
"""So many numbers are looked at for the range of colours."""


class MatrixView(QAbstractScrollArea):
    """Shows an array of any size; only the cells on screen are ever converted or painted.

    Signals: cell_clicked(row, column), cell_hovered((row, column) or None).
    """

    cell_clicked = Signal(int, int)
    cell_hovered = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._values: Array | None = None
        self._table, self._bounds = "value", (-1.0, 1.0)
        self._focus: Place | None = None
        self._hover: Place | None = None
        self._cells: Cells | None = None
        self._grid: CellGrid | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._update_appearance()
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._update_cells)
        appearance.changed.connect(self._update_appearance)

    # --- what is shown ----------------------------------------------------------------------------------------

    def show_values(self, values: Array | None, table: str = "value", limit: float | None = None) -> None:
        """Show an array; any shape.

        Args:
            table: "value", "gradient" (both diverging, 0 in the middle) or "sequential" for numbers in [0, 1].
            limit: the magnitude at the ends of the colours; the largest finite one if not given.
        """
        flat = None if values is None else two_dimensional(values)
        if flat is not None and not flat.size:
            flat = None
        old = None if self._values is None else self._values.shape
        self._values, self._table = flat, table
        if flat is not None:
            largest = limit if limit is not None else largest_magnitude(flat)
            self._bounds = (0.0, 1.0) if table == "sequential" else (-largest, largest)
        if flat is None or flat.shape != old:
            self._hover = self._focus = None
            self._update_grid()
        self._update_cells()

    def set_focus_cell(self, place: Place | None) -> None:
        """Frame a number and scroll to it where another one was framed before; None for none."""
        if place != self._focus:
            self._focus = place
            self._scroll_to(place)
            self.viewport().update()

    def _scroll_to(self, place: Place | None) -> None:
        grid = self._grid
        if place is None or grid is None:
            return
        shown = (grid.shown_lines, grid.shown_columns)
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        for at, length, bar in zip(grid.cell(*place), shown, bars, strict=True):
            if not bar.value() <= at < bar.value() + length:
                bar.setValue(at - length // 2)

    def set_hover_cell(self, place: Place | None) -> None:
        """Light a number that is pointed at somewhere else."""
        if place != self._hover:
            self._hover = place
            self.viewport().update()

    @property
    def grid(self) -> CellGrid | None:
        """The cells as laid out now."""
        return self._grid

    @property
    def origin(self) -> QPoint:
        """Where the first cell on screen begins."""
        return QPoint(self._margin(), self._header())

    def cut_text(self) -> str:
        """What part of the array is on screen; empty where all of it is."""
        grid, say = self._grid, self._appearance.say
        if grid is None or not grid.is_cut:
            return ""
        if grid.wrapped:
            shown = min(grid.shown_lines * grid.per_line, grid.shape[0] * grid.shape[1])
            return say("showing {shown} of {all} numbers", shown=shown, all=thousands(grid.shape[0] * grid.shape[1]))
        rows, columns = thousands(grid.lines), thousands(grid.per_line)
        if grid.shown_lines == grid.lines:
            return say("showing {shown} of {all} columns", shown=grid.shown_columns, all=columns)
        if grid.shown_columns == grid.per_line:
            return say("showing {shown} of {all} rows", shown=grid.shown_lines, all=rows)
        return say(
            "showing {lines} of {rows} rows, {shown} of {columns} columns",
            lines=grid.shown_lines, rows=rows, shown=grid.shown_columns, columns=columns,
        )  # fmt: skip

    def readout(self, digits: int = 6) -> str:
        """The number that is pointed at, or else the one in focus, with its place."""
        place = self._hover or self._focus
        if place is None or self._values is None or self._grid is None:
            return ""
        row, column = place
        rows, columns = self._values.shape
        if not (0 <= row < rows and 0 <= column < columns):
            return ""
        index = [str(at) for at, length in ((row, rows), (column, columns)) if length > 1]
        number = precise_text(float(self._values[row, column]), digits)
        return f"[{', '.join(index)}] = {number}" if index else f"= {number}"

    # --- keeping up -------------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        self._style = CellStyle.of(look)
        self._small = KeptTexts(look.font(11.0))
        self._sizes = CellSizes(
            look.whole_px(33), look.whole_px(21), look.whole_px(8), look.whole_px(20), look.whole_px(62),
            look.whole_px(344),
        )  # fmt: skip
        self._update_grid()
        self._update_cells()

    def _update_grid(self) -> None:
        if self._values is None:
            self._grid = None
            self.setFixedHeight(0)
            return
        margin = self._margin()
        shape = (int(self._values.shape[0]), int(self._values.shape[1]))
        room = max(40, self.width() - margin - 2)
        grid = cell_grid(shape, room, self._sizes)
        if grid.shown_lines < grid.lines:
            grid = cell_grid(shape, max(40, room - self.verticalScrollBar().sizeHint().width()), self._sizes)
        self._grid = grid
        self._bar(self.horizontalScrollBar(), grid.per_line - grid.shown_columns, grid.shown_columns)
        self._bar(self.verticalScrollBar(), grid.lines - grid.shown_lines, grid.shown_lines)
        self.setFixedHeight(self._wanted_height(grid))

    @staticmethod
    def _bar(bar, most: int, page: int) -> None:
        bar.setRange(0, most)
        bar.setPageStep(page)

    def _wanted_height(self, grid: CellGrid) -> int:
        bar = self.horizontalScrollBar().sizeHint().height() if grid.shown_columns < grid.per_line else 0
        strips = (3 if grid.is_cut else 2) * self._strip()
        return int(self._header() + grid.shown_lines * grid.cell_height + 2 + strips + bar)

    def _update_cells(self) -> None:
        self._cells = None
        self.viewport().update()

    def _colored(self, grid: CellGrid, values: Array) -> Cells:
        first_line, first_column = self._first()
        part = grid.slice_of(values, first_line, first_column)
        count = part.size
        if grid.wrapped:
            count = min(count, values.size - first_line * grid.per_line)
        return colored_cells(part, count, self._lut(), self._bounds, self._style, numbers=grid.numbers)

    def _first(self) -> Place:
        return self.verticalScrollBar().value(), self.horizontalScrollBar().value()

    def _lut(self) -> Lut:
        look = self._appearance
        return {"gradient": look.gradient_map, "sequential": look.sequential_map}.get(self._table, look.value_map)

    # --- measures ---------------------------------------------------------------------------------------------

    def _margin(self) -> int:
        """Room for the numbers of lines."""
        if self._values is None or self._values.size < 2:
            return 1
        rows, columns = self._values.shape
        highest = max(rows, columns) if min(rows, columns) == 1 else rows
        return self._appearance.whole_px(max(20.0, 7.0 + 6.8 * len(str(highest - 1))))

    def _header(self) -> int:
        """Room for the numbers of columns."""
        return self._appearance.whole_px(15) if self._values is not None and self._values.size > 1 else 1

    def _strip(self) -> int:
        return self._appearance.whole_px(18)

    def _place_at(self, point: QPointF) -> Place | None:
        grid = self._grid
        if grid is None:
            return None
        at = point - QPointF(self.origin)
        line, column = int(at.y() // grid.cell_height), int(at.x() // grid.cell_width)
        if not (0 <= line < grid.shown_lines and 0 <= column < grid.shown_columns):
            return None
        first_line, first_column = self._first()
        return grid.place(line + first_line, column + first_column)

    # --- painting ---------------------------------------------------------------------------------------------

    def _paint_frame(self, painter: QPainter, place: Place | None, color: str, width: float) -> None:
        grid = self._grid
        if place is None or grid is None or not (place[0] < grid.shape[0] and place[1] < grid.shape[1]):
            return
        line, column = grid.cell(*place)
        first_line, first_column = self._first()
        line, column = line - first_line, column - first_column
        if 0 <= line < grid.shown_lines and 0 <= column < grid.shown_columns:
            origin = QPointF(self.origin)
            frame = QRectF(origin.x() + column * grid.cell_width, origin.y() + line * grid.cell_height,
                           grid.cell_width, grid.cell_height)  # fmt: skip
            painter.setPen(QPen(self._appearance.color(color), width))
            painter.drawRect(frame)

    def _paint_strip(self, painter: QPainter, grid: CellGrid, exponent: int) -> None:
        look, strip = self._appearance, self._strip()
        top = self._header() + grid.shown_lines * grid.cell_height + 2.0
        painter.setFont(self._small.font)
        painter.setPen(look.color("ink"))
        width = self.viewport().width()
        line = QRectF(self._margin(), top, width - self._margin(), strip)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(left), self._fitting_readout(painter, line.width()))
        line = line.translated(0, strip)
        painter.setPen(look.color("ink_quiet"))
        if exponent:
            painter.drawText(line, int(left), f"× 10{raised(exponent)}")
        self._paint_scale(painter, line)
        if grid.is_cut:
            said = painter.fontMetrics().elidedText(self.cut_text(), Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line.translated(0, strip), int(left), said)

    def _fitting_readout(self, painter: QPainter, width: float) -> str:
        """With as many digits as there is room for."""
        metrics, said = painter.fontMetrics(), ""
        for digits in (6, 4, 3):
            said = self.readout(digits)
            if metrics.horizontalAdvance(said) <= width:
                break
        return said

    def _paint_scale(self, painter: QPainter, line: QRectF) -> None:
        """The colours with what their ends stand for."""
        look = self._appearance
        bar = QRectF(line.right() - look.px(122), line.center().y() - look.px(3), look.px(50), look.px(6))
        if line.width() >= look.px(190):
            paint_ramp(painter, bar, self._lut(), look)
        painter.setPen(look.color("ink_quiet"))
        right = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        said = "0…1" if self._table == "sequential" else "±" + raised_power(number_text(self._bounds[1]))
        painter.drawText(QRectF(bar.right() + look.px(5), line.top(), look.px(70), line.height()), int(right), said)

    # --- Qt ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._grid is None or self._values is None:
            return
        if self._cells is None:
            self._cells = self._colored(self._grid, self._values)
        painter = QPainter(self.viewport())
        grid, origin = self._grid, QPointF(self.origin)
        painter.setPen(self._appearance.color("ink_quiet"))
        self._small.draw(painter, indices(grid, self._first(), self.origin, self._small, self._appearance))
        paint_cells(painter, self._cells, origin, grid.cell_width, grid.cell_height, self._style)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_frame(painter, self._focus, "cursor", max(2.0, self._appearance.px(1.6)))
        self._paint_frame(painter, self._hover, "ink", max(1.0, self._appearance.px(1.2)))
        self._paint_strip(painter, self._grid, self._cells.exponent)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._update_grid()
            self._update_cells()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place != self._hover:
            self.set_hover_cell(place)
            self.cell_hovered.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cell_clicked.emit(*place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hover is not None:
            self.set_hover_cell(None)
            self.cell_hovered.emit(None)
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(280), max(0, self.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(80), 0)


def largest_magnitude(values: Array) -> float:
    """The largest finite magnitude of the first numbers of an array, 1 where there is none."""
    rows = max(1, _MOST_SCANNED // max(1, values.shape[1]))
    part = values[:rows, :_MOST_SCANNED]
    finite = np.isfinite(part)
    largest = float(np.max(np.abs(part), where=finite, initial=0.0))
    return largest or 1.0
