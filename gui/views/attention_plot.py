"""Target × source as a heatmap that grows row by row with the decoder; a step of the cursor redraws one row."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_cells import paint_cells
from gui.views.attention_geometry import STRIP, AttentionGeometry, arranged
from gui.views.attention_labels import paint_headings, paint_row_labels, paint_source
from gui.views.attention_legend import Legend, paint_legend
from gui.views.attention_marks import paint_forced
from gui.views.attention_menu import WISHES, cell_menu
from gui.views.attention_reading import reading
from gui.views.attention_scale import Extents
from gui.views.attention_table import AttentionRows
from gui.views.attention_tokens import AttentionTokens
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_hatching
from gui.views.time_axis import MirroredAxis, TimeAxis
from gui.views.time_plot import Target, TimePlot
from gui.views.weight_forcing import WeightForcing

_MOST_ZOOM = 24.0
_TURN = 600.0
"""Eighths of a degree that the wheel is turned to zoom by a factor e."""


class AttentionPlot(TimePlot):
    """A row for whatever asks, a column for all that is looked at. The wheel zooms.

    A source that was read from its end stands in the order of its text, its time steps falling.
    """

    def __init__(
        self, rows: AttentionRows, bridge: Bridge, appearance: Appearance, forcing: WeightForcing,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._rows_shown = rows
        self._forcing = forcing
        self._zoom = 1.0
        self._mirrored = False
        self._drawn: dict[int, Hashable] = {}
        self._extents = Extents()
        self._arranged: tuple[Hashable, AttentionGeometry] | None = None
        super().__init__(bridge, appearance, parent)
        self._update_tokens()
        self._update_extent()

    @property
    def rows(self) -> AttentionRows:
        """What is shown."""
        return self._rows_shown

    @property
    def appearance(self) -> Appearance:
        """Colours, sizes and words."""
        return self._appearance

    @property
    def tokens(self) -> AttentionTokens:
        """The symbols along both axes."""
        return self._tokens

    @property
    def zoom(self) -> float:
        """How much larger cells are than they need be to fit."""
        return self._zoom

    @property
    def headings(self) -> dict[str, str]:
        """What stands above the labels of the rows, by column."""
        say, timed = self._appearance.say, self.rows.table.timed
        texts = {
            "time": "t" if timed else "i", "read": say("reads"), "asked": say("target"), "answered": say("output"),
        }  # fmt: skip
        return {name: texts[name] for name in self._tokens.columns}

    def show_rows(self, rows: AttentionRows, mirrored: bool | None = None) -> None:
        """Show another table, sequence, or other numbers of it.

        Args:
            mirrored: whether the last column is to be at the left; None to leave that as it is.
        """
        self._rows_shown = rows
        self._mirrored = self._mirrored if mirrored is None else mirrored
        self._update_tokens()
        super()._update_tape()

    def zoom_to(self, zoom: float, x: float, y: float) -> None:
        """Enlarge cells, what is at a point staying there."""
        before, bars = self.arrangement, (self.horizontalScrollBar(), self.verticalScrollBar())
        along = (x - before.area.left() + bars[0].value()) / before.column
        down = (y - before.area.top() + bars[1].value()) / before.row
        self._zoom = min(max(zoom, 1.0), _MOST_ZOOM)
        self._stamp += 1
        self._update_extent()
        after = self.arrangement
        bars[0].setValue(round(along * after.column - x + after.area.left()))
        bars[1].setValue(round(down * after.row - y + after.area.top()))
        self._update_picture()

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def arrangement(self) -> AttentionGeometry:
        """Where everything is."""
        size = self.viewport().size()
        key = (self._stamp, size.width(), size.height())
        if self._arranged is None or self._arranged[0] != key:
            table, names = self.rows.table, (self._sources, self._tokens.longest)
            cells = len(table.times), table.width
            self._arranged = (key, arranged(size, cells, names, self.headings, self._zoom, self._appearance))
        return self._arranged[1]

    def _steps(self) -> tuple[int, int]:
        return 1, self.rows.table.width

    def _rows(self) -> int:
        return len(self.rows.table.times)

    def _area_of(self, size: QSize) -> QRectF:
        return self.arrangement.area

    def _axis_of(self, size: QSize, scrolled: float) -> TimeAxis:
        made = self.arrangement
        kind = MirroredAxis if self._mirrored else TimeAxis
        return kind(1, self.rows.table.width, made.area.left() - scrolled, made.column)

    def _cursor_column(self) -> int | None:
        return self.cursor_time if self._columns_are_times else None

    @property
    def _columns_are_times(self) -> bool:
        """Whether what is looked at was read step by step."""
        return self.rows.table.timed and not self.rows.table.heads

    def _axis_name(self) -> str:
        if not self._columns_are_times:
            return "j"
        return "← t" if self._mirrored else "t"

    def _content_height(self, room: float) -> float:
        return self.arrangement.row * self._rows()

    def row_box(self, row: int) -> QRectF:
        """A row as far as it is in the picture, sideways; it may lie above or below it."""
        made, area = self.arrangement, self.area
        top = area.top() + row * made.row - self.verticalScrollBar().value()
        return QRectF(area.left(), top, area.width(), made.row)

    def cell_box(self, row: int, t: int) -> QRectF:
        """One cell."""
        box = self.row_box(row)
        return QRectF(self.axis.edge(t), box.top(), self.axis.column, box.height())

    def visible_rows(self) -> range:
        """The rows that can be seen."""
        made, scrolled = self.arrangement, self.verticalScrollBar().value()
        end = math.ceil((scrolled + made.area.height()) / made.row - 1e-6)
        return range(int(scrolled / made.row), min(self._rows(), end))

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t, made = self.axis.at(x), self.arrangement
        row = int((y - made.area.top() + self.verticalScrollBar().value()) / made.row)
        return None if t is None or not 0 <= row < self._rows() else (row, t)

    def _show_time(self, t: int | None) -> None:
        if t is None:
            return
        times = self.rows.table.times if self.rows.table.timed else ()
        if t in times:
            self._show_row(times.index(t))
        elif self._columns_are_times and t <= self.rows.table.width:
            super()._show_time(t)

    def _show_row(self, row: int) -> None:
        made, bar = self.arrangement, self.verticalScrollBar()
        top = row * made.row
        bar.setValue(round(min(max(bar.value(), top + made.row - made.area.height()), top)))

    def _move_pointer(self, rows: int, steps: int) -> None:
        super()._move_pointer(rows, -steps if self._mirrored else steps)
        if self._cell is not None:
            self._show_row(self._cell[0])

    # --- what is in a cell --------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The letter of what is shown."""
        return self.rows.name

    def _target(self, row: int, t: int) -> Target | None:
        entry = self.rows.target(row)
        return None if entry is None else Target(entry, self.rows.unit(row, t - 1), self.reading(row, t))

    def reading(self, row: int, t: int) -> str:
        """What is to be read of a cell."""
        return reading(self.rows, self._tokens, row, t - 1, self._bridge.cursor, self._appearance)

    def scale(self) -> ColorScale:
        """Weights from 0 to 1; of everything else as far as what is revealed reaches."""
        return self._extents.scale(self.rows, self._bridge.cursor)

    # --- the picture --------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        return self.rows.key, self.scale()

    def _paint_picture(self, painter: QPainter) -> None:
        scale = self.scale()
        flat = QRectF(self.area.left(), 0, self.viewport().width() - self.area.left(), self._appearance.px(STRIP))
        rows, size = self.rows, self.viewport().size()
        masked, forced = (any(one(row).any() for row in range(self._rows())) for one in (rows.masked, rows.forced))
        legend = Legend(self.name, rows.gradient, masked, forced, self.area, size, self.wide)
        paint_legend(painter, legend, scale, flat, self._appearance)
        paint_headings(painter, self)
        paint_source(painter, self, self._sources)
        self._drawn = {}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row in self.visible_rows():
            self._paint_row(painter, row, scale)

    def _paint_changes(self, picture: QPixmap) -> None:
        changed = [row for row in self.visible_rows() if self._drawn.get(row, -1) != self._state(row)]
        if not changed:
            return
        painter, scale = QPainter(picture), self.scale()
        for row in changed:
            self._paint_row(painter, row, scale)
        painter.end()

    def _state(self, row: int) -> Hashable:
        return self.rows.shown(row, self._bridge.cursor), self._tokens.answered(row)

    def _paint_row(self, painter: QPainter, row: int, scale: ColorScale) -> None:
        self._drawn[row] = self._state(row)
        paint_row_labels(painter, self, row)
        painter.setClipRect(self.area)
        box, shown = self.row_box(row), self.rows.shown(row, self._bridge.cursor)
        painter.fillRect(box, self._appearance.color("ground"))
        if shown is None:
            if self.rows.target(row) is not None:
                paint_hatching(painter, box, self._appearance)
        else:
            times = self.visible_times()
            onward = -1 if self._mirrored else 1
            left = min(self.axis.edge(times.start), self.axis.edge(times.stop - 1))
            box = QRectF(left, box.top(), len(times) * self.axis.column, box.height())
            part = slice(times.start - 1, times.stop - 1)
            numbers, masked = (one[part][::onward] for one in (self.rows.numbers(shown, row), self.rows.masked(row)))
            paint_cells(painter, box, numbers, masked, scale, self._appearance)
            for column in np.flatnonzero(self.rows.forced(row)).tolist():
                paint_forced(painter, self.cell_box(row, column + 1), self._appearance)
        painter.setClipping(False)

    # --- over it ------------------------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setClipRect(self.area.adjusted(-2, -2, 2, 2))
        times = self.rows.table.times if self.rows.table.timed else ()
        if self.cursor_time in times:
            self._frame(painter, self.row_box(times.index(self.cursor_time)), "cursor")
        self._frame_rows(painter, self._bridge.selection, "focus")
        if self._cell is not None:
            self._frame(painter, self.cell_box(*self._cell), "ink")
        elif self._bridge.hover is not None:
            self._mark_hover(painter, *self._bridge.hover)
        painter.setClipping(False)

    def _mark_hover(self, painter: QPainter, entry: int, unit: int | None) -> None:
        rows = self._rows_of(entry)
        if len(rows) == 1 and unit is not None and unit < self.rows.table.width:
            self._frame(painter, self.cell_box(rows[0], unit + 1), "ink")
        else:
            self._frame_rows(painter, entry, "ink")

    def _frame_rows(self, painter: QPainter, entry: int | None, color: str) -> None:
        rows = self._rows_of(entry)
        if rows:
            self._frame(painter, self.row_box(rows[0]) | self.row_box(rows[-1]), color)

    def _rows_of(self, entry: int | None) -> list[int]:
        """The rows that show an entry, or would."""
        if entry is None:
            return []
        return [row for row in range(self._rows()) if entry in (self.rows.target(row), self.rows.value_entry(row))]

    def _frame(self, painter: QPainter, box: QRectF, color: str) -> None:
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(1.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    # --- slots and Qt -------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        """Whoever owns the plot shows it what the new tape has."""
        self._cell = None

    def _update_tokens(self) -> None:
        self._tokens = AttentionTokens(self._bridge, self.rows.table, self.rows.sequence)
        self._sources = [self._tokens.source(column) for column in range(self.rows.table.width)]

    def _wants(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return super()._wants(event) or (plain and event.key() in WISHES and self._cell is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cell is not None and event.key() in WISHES and self._wants(event):
            row, t = self._cell
            WISHES[Qt.Key(event.key())](self._forcing, self.rows, (row, t - 1))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cell = self._cell_under(QPointF(event.pos()))
        target = None if cell is None else self._target(*cell)
        if cell is not None and target is not None:
            chosen = cell[0], cell[1] - 1
            menu = cell_menu(self._forcing, self.rows, chosen, lambda: self._run_to(target), self._appearance, self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not turned.y():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.x() or turned.y()))
        else:
            point = event.position()
            self.zoom_to(self._zoom * math.exp(turned.y() / _TURN), point.x(), point.y())
        event.accept()
