"""Losses × time steps: how large each item of a gradient is; below, stacked, what each time step gets from which."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from engine.analysis.items import Items, Reach
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.hatching import runs
from gui.views.item_bars import ItemBars
from gui.views.item_cells import CellGrid, paint_cells
from gui.views.item_legend import LEGEND_BARS, paint_bar_legend, paint_head, paint_matrix_legend
from gui.views.item_names import ItemNames
from gui.views.size_scale import SizeScale
from gui.views.tape_series import truncation_cuts
from gui.views.time_axis import next_round
from gui.views.time_plot import Target, TimePlot

_LEAST_ROW, _MOST_ROW = 3.0, 34.0
_STRIP = 22.0
_LABEL = 10.0
_SCISSORS = 13.0
_LEGEND = 150.0
_BARS, _LEAST_BARS, _GAP = 0.34, 56.0, 9.0
"""Part of the height that the bars get, where it is enough for them."""


class ItemMatrix(TimePlot):
    """Time on x, the losses on y; an item shows when the backward pass has added all of it."""

    least_column = 4.0

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._items: Items | None = None
        self._whole, self._length = True, 0
        self._logarithmic = False
        self._drawn = np.zeros(0, int)
        self._cuts = truncation_cuts(bridge.tape)
        self._update_extent()

    @property
    def items(self) -> Items | None:
        """What is shown; None while it is not known."""
        return self._items

    def show_items(
        self, items: Items | None, *, length: int = 0, logarithmic: bool = False, whole_batch: bool = True
    ) -> None:
        """Show other items, or the same with other colours; ``length`` is the last time step of the tape."""
        self._items, self._length, self._logarithmic, self._whole = items, length, logarithmic, whole_batch
        self._cuts = truncation_cuts(self._bridge.tape)
        self._update_tape()

    @property
    def shown(self) -> np.ndarray:
        """(J, K) which items have arrived at the cursor, and are computed."""
        items = self._items
        if items is None:
            return np.zeros((0, 0), bool)
        arrived = (items.arrival >= 0) & (items.arrival < self._bridge.cursor.position)
        made: np.ndarray = arrived & items.known
        return made

    @property
    def scale(self) -> SizeScale:
        """The colours of the items that are shown."""
        items = self._items
        sizes = items.norms[self.shown] if items is not None else np.zeros(0)
        return SizeScale.over(sizes, logarithmic=self._logarithmic)

    # --- geometry -----------------------------------------------------------------------------------------------

    def _steps(self) -> tuple[int, int]:
        return 0, max(1, self._length)

    def _rows(self) -> int:
        return 1 if self._items is None else max(1, len(self._items.losses))

    def _head(self) -> float:
        return self._appearance.px(8 if self.wide else _STRIP)

    def _bars_height(self, room: float) -> float:
        """Height of the bars below the matrix; 0 where there is no room for both."""
        px = self._appearance.px
        height = _BARS * room
        enough = height >= px(_LEAST_BARS) and room - height - px(_GAP) >= self._rows() * px(_LEAST_ROW)
        return height if enough else 0.0

    def _matrix_room(self, room: float) -> float:
        bars = self._bars_height(room)
        return room - bars - (self._appearance.px(_GAP) if bars else 0.0)

    def _matrix_height(self, room: float) -> float:
        rows, px = self._rows(), self._appearance.px
        return rows * min(max(px(_LEAST_ROW), self._matrix_room(room) / rows), px(_MOST_ROW))

    def _content_height(self, room: float) -> float:
        return room if self._bars_height(room) else max(room, self._matrix_height(room))

    def grid(self) -> CellGrid:
        """Where the cells are, as scrolled now."""
        area = self.area
        height = self._matrix_height(area.height())
        top = area.top() - self.verticalScrollBar().value()
        return CellGrid(self.axis, QRectF(area.left(), top, area.width(), height), height / self._rows())

    def bars_area(self) -> QRectF | None:
        """Where the bars are; None where there is no room for them."""
        area = self.area
        if not self._bars_height(area.height()):
            return None
        top = area.top() + self._matrix_height(area.height()) + self._appearance.px(_GAP)
        return QRectF(area.left(), top, area.width(), area.bottom() - top)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t, items = self.axis.at(x), self._items
        if t is None or items is None or t not in items.times:
            return None
        bars = self.bars_area()
        if bars is not None and y >= bars.top():
            row = self._bars(bars).row_at(t, y)
            return None if row is None else (row, t)
        row = self.grid().row_at(y)
        return None if row is None or row >= len(items.losses) else (row, t)

    def _bars(self, area: QRectF) -> ItemBars:
        assert self._items is not None, "there are items to draw"
        return ItemBars(self._items, self.shown, self.axis, area)

    def _move_pointer(self, rows: int, steps: int) -> None:
        super()._move_pointer(rows, steps)
        if self._cell is not None:
            grid, bar = self.grid(), self.verticalScrollBar()
            top = self._cell[0] * grid.row
            bar.setValue(round(min(max(bar.value(), top + grid.row - self.area.height()), top)))

    # --- what a cell says ---------------------------------------------------------------------------------------

    @property
    def names(self) -> ItemNames:
        """How items are called."""
        return ItemNames(self._items, self._bridge.tape, self._appearance)

    def _target(self, row: int, t: int) -> Target | None:
        items = self._items
        if items is None or t not in items.times or row >= len(items.losses):
            return None
        column = items.times.index(t)
        text = self.names.reading(row, column, bool(self.shown[row, column]), whole_batch=self._whole)
        if items.reach[row, column] != Reach.OPEN:
            return Target(int(items.places[column]), None, text)
        return Target(int(items.shows[row, column]), None, text, run_to=int(items.arrival[row, column]))

    # --- the picture --------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        bars = self.bars_area()
        bound = self._bars(bars).bound if bars is not None and self._items is not None else 0.0
        return self.scale, bound, self._items is None

    def _paint_picture(self, painter: QPainter) -> None:
        items = self._items
        if items is None or not items.losses:
            return
        grid, bars = self.grid(), self.bars_area()
        self._drawn = self.shown.sum(axis=0)
        self._paint_cells(painter, items, range(len(items.times)))
        self._paint_row_labels(painter, grid, items)
        self._paint_bars(painter, bars)
        self._paint_legend(painter, self.scale, bars)

    def _paint_changes(self, picture: QPixmap) -> None:
        if self._items is None or not self._items.losses:
            return
        counts = self.shown.sum(axis=0)
        changed = np.flatnonzero(counts != self._drawn).tolist()
        if not changed:
            return
        self._drawn = counts
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cells(painter, self._items, changed)
        self._paint_bars(painter, self.bars_area())
        painter.end()

    def _paint_cells(self, painter: QPainter, items: Items, columns: Sequence[int]) -> None:
        """Paint some columns, and of their neighbours what reaches into them."""
        grid, area, rows = self.grid(), self.area, len(items.losses)
        cells = QRectF(area.left(), area.top(), area.width(), self._shown_height(grid))
        for first, last in runs(columns):
            box = grid.box(0, rows - 1, items.times[first], items.times[last]).adjusted(-2, 0, 2, 0)
            clip = (box & cells.adjusted(-2, 0, 2, 0)).toAlignedRect()
            painter.setClipRect(clip)
            painter.fillRect(clip, self._appearance.color("ground"))
            near = range(max(0, first - 1), min(len(items.times), last + 2))
            paint_cells(painter, grid, items, near, self.shown, self.scale, self._appearance)
            self._paint_cuts(painter, grid, items)
        painter.setClipping(False)

    def _paint_bars(self, painter: QPainter, bars: QRectF | None) -> None:
        if bars is not None:
            whole = QRectF(0, bars.top() - 2, bars.right() + 2, bars.height() + 4).toAlignedRect()
            painter.fillRect(whole, self._appearance.color("ground"))
            self._bars(bars).paint(painter, self._appearance)

    def _shown_height(self, grid: CellGrid) -> float:
        bars = self.bars_area()
        return grid.area.height() if bars is not None else min(self.area.height(), grid.area.height())

    def _paint_cuts(self, painter: QPainter, grid: CellGrid, items: Items) -> None:
        """A dashed line and scissors where truncation cuts the gradient on its way back."""
        appearance = self._appearance
        font = appearance.font(_SCISSORS)
        metrics = QFontMetricsF(font)
        size = metrics.height()
        painter.setFont(font)
        for t in self._cuts:
            x = self.axis.edge(t)
            painter.setPen(QPen(appearance.color("ink_quiet"), appearance.px(1.4), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, grid.area.top()), QPointF(x, grid.area.bottom()))
            before = items.times.index(t - 1) if t - 1 in items.times else None
            is_cut = items.reach[:, before] == Reach.CUT if before is not None else np.zeros(0, bool)
            rows = np.flatnonzero(is_cut)
            if len(rows) and len(rows) * grid.row > 1.2 * size and self.axis.column * 2 > size:
                middle = QPointF(x - 0.8 * size, (grid.top(int(rows[0])) + grid.top(int(rows[-1]) + 1)) / 2)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(appearance.color("ground"))
                painter.drawEllipse(middle, 0.6 * size, 0.6 * size)
                painter.setPen(appearance.color("ink"))
                box = QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "✂")

    def _paint_row_labels(self, painter: QPainter, grid: CellGrid, items: Items) -> None:
        appearance, area = self._appearance, self.area
        metrics = QFontMetricsF(appearance.font(_LABEL))
        every = next_round(max(1.0, metrics.height() * 0.9 / grid.row))
        painter.setPen(appearance.color("ink_quiet"))
        right, bottom = area.left() - appearance.px(5), area.top() + self._shown_height(grid)
        painter.setFont(appearance.font(_LABEL + 2, italic=True, family="math"))
        painter.drawText(QPointF(right - appearance.px(24), area.top() + metrics.ascent()), "j")
        painter.setFont(appearance.font(_LABEL))
        for row, loss in enumerate(items.losses):
            middle = grid.top(row) + grid.row / 2
            is_last = loss == 0
            crowded = grid.row < metrics.height() and loss % every
            if (crowded and not is_last) or not area.top() <= middle <= bottom:
                continue
            text = str(loss) if loss else "E"
            painter.drawText(QPointF(right - metrics.horizontalAdvance(text), middle + metrics.ascent() / 2 - 1), text)

    def _paint_legend(self, painter: QPainter, scale: SizeScale, bars: QRectF | None) -> None:
        area, name = self.area, self.names.latex()
        if not self.wide:
            paint_head(painter, QRectF(0, 0, area.right(), self._head()), area.left(), name, scale, self._appearance)
            return
        left = area.right() + self._appearance.px(14)
        width = self.viewport().width() - left - self._appearance.px(4)
        has_cut = self._items is not None and bool((self._items.reach == Reach.CUT).any())
        bottom, px = area.bottom(), self._appearance.px
        if bars is not None and bars.height() > px(LEGEND_BARS):
            # Where there are few rows, the legend of the matrix is higher than the matrix.
            bottom = max(bars.top(), min(area.top() + px(_LEGEND), area.bottom() - px(LEGEND_BARS)))
            paint_bar_legend(painter, QRectF(left, bottom, width, area.bottom() - bottom), self._appearance)
        room = QRectF(left, area.top(), width, bottom - area.top())
        paint_matrix_legend(painter, room, name, scale, self._appearance, has_cut=has_cut)

    # --- over it ------------------------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter) -> None:
        items, area = self._items, self.area
        if items is None:
            return
        grid = self.grid()
        cells = QRectF(area.left(), area.top(), area.width(), self._shown_height(grid))
        painter.setClipRect(cells.adjusted(-1, -1, 1, 1))
        hover = self._bridge.hover[0] if self._bridge.hover is not None and self._cell is None else None
        for entry, color in ((hover, "ink"), (self._bridge.selection, "focus")):
            if entry is not None:
                self._frame_entry(painter, grid, items, entry, color)
        if self._cell is not None and self.target is not None:
            row, t = self._cell
            self._frame(painter, grid.box(row, row, t, t), "ink")
        painter.setClipping(False)

    def _frame_entry(self, painter: QPainter, grid: CellGrid, items: Items, entry: int, color: str) -> None:
        """Frame the items that a tape entry holds, or is a sum of, or the column of the step that has them."""
        rows, columns = np.nonzero(items.shows == entry)
        if not len(rows):
            columns = np.flatnonzero(items.places == entry)
            rows = np.array([0, len(items.losses) - 1])
        for column in sorted(set(columns.tolist())):
            own = rows[columns == column] if len(rows) == len(columns) else rows
            t = items.times[column]
            self._frame(painter, grid.box(int(own.min()), int(own.max()), t, t), color)

    def _frame(self, painter: QPainter, box: QRectF, color: str) -> None:
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(1.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
