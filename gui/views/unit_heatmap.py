"""Units × time as a heatmap; a step of the cursor redraws one column."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.color_maps import Lut, light_ink_on
from gui.typesetting.number_format import fixed
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_hatching
from gui.views.number_text import power_text
from gui.views.tape_series import Quantity
from gui.views.time_axis import next_round
from gui.views.unit_plot import UnitPlot

_MOST_ROW = 44.0
_NUMBER = 10.5
_LABEL = 10.0
_GRID_FROM = 9.0
"""Cells at least so high and wide are set apart by a line."""


class UnitHeatmap(UnitPlot):
    """One colour, and where it fits one number, for every unit at every time step."""

    least_row = 7.0
    """Rows get no lower than this, px before scaling; beyond, the view scrolls."""

    def __init__(
        self, bridge: Bridge, appearance: Appearance, quantity: Quantity, parent: QWidget | None = None
    ) -> None:
        self._drawn: dict[int, int | None] = {}
        super().__init__(bridge, appearance, quantity, parent)

    # --- geometry -----------------------------------------------------------------------------------------------

    def _content_height(self, room: float) -> float:
        least = self._appearance.px(self.least_row)
        most = self._appearance.px(_MOST_ROW)
        return self._values.units * min(max(least, room / self._values.units), most)

    @property
    def _row(self) -> float:
        return self._content_height(self.area.height()) / self._values.units

    def _top_of(self, row: int) -> float:
        return self.area.top() + row * self._row - self.verticalScrollBar().value()

    def visible_units(self) -> range:
        """The units whose rows can be seen."""
        scrolled = self.verticalScrollBar().value()
        begin = int(scrolled / self._row)
        end = int(np.ceil((scrolled + self.area.height()) / self._row - 1e-6))
        return range(begin, min(self._values.units, end))

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        row = int((y - self.area.top() + self.verticalScrollBar().value()) / self._row)
        return None if t is None or not 0 <= row < self._values.units else (row, t)

    def _cell_box(self, row: int, t: int) -> QRectF:
        axis = self.axis
        return QRectF(axis.edge(t), self._top_of(row), axis.column, self._row)

    def _move_pointer(self, rows: int, steps: int) -> None:
        super()._move_pointer(rows, steps)
        self._scroll_to_pointer(self._row)

    def _cells_area(self) -> QRectF:
        area = self.area
        return QRectF(area.left(), area.top(), area.width(), min(area.height(), self._content_height(area.height())))

    # --- the picture --------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        return super()._key(), self._bridge.focus_unit, self._values.has_bad(self.visible_times())

    def _paint_picture(self, painter: QPainter) -> None:
        scale = self._scale()
        self._paint_name(painter)
        self._paint_legend(painter, scale)
        self._paint_unit_labels(painter)
        painter.setClipRect(self._cells_area())
        # Cells are rectangles: smoothing their edges costs ten times as much and shows nothing.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._drawn = {}
        for t in self.visible_times():
            self._paint_column(painter, t, scale)

    def _paint_changes(self, picture: QPixmap) -> None:
        changed = [t for t in self.visible_times() if self._drawn.get(t, -1) != self._values.shown(t)]
        if not changed:
            return
        painter = QPainter(picture)
        painter.setClipRect(self._cells_area())
        scale = self._scale()
        for t in changed:
            self._paint_column(painter, t, scale)
        painter.end()

    def _paint_column(self, painter: QPainter, t: int, scale: ColorScale) -> None:
        units = self.visible_units()
        shown = self._drawn[t] = self._values.shown(t)
        axis = self.axis
        box = QRectF(axis.edge(t), self._top_of(units.start), axis.column, len(units) * self._row)
        painter.fillRect(box, self._appearance.color("ground"))
        if self._values.target(t) is None:
            return
        if shown is None:
            paint_hatching(painter, box, self._appearance)
        else:
            numbers = self._values.rows(t)
            if numbers is not None:
                self._paint_cells(painter, box, numbers[units.start : units.stop], scale)
            if not self._values.is_whole(t):
                paint_hatching(painter, box, self._appearance, over_values=True)
        if shown is not None:
            self._paint_grid(painter, box, len(units))

    def _paint_cells(self, painter: QPainter, box: QRectF, numbers: np.ndarray, scale: ColorScale) -> None:
        colors = np.ascontiguousarray(scale.colors(numbers, self._appearance))
        image = QImage(colors.data, 1, len(numbers), 4, QImage.Format.Format_RGBA8888)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(box, image)
        decimals = self._decimals(scale)
        if decimals is not None:
            self._paint_numbers(painter, box, numbers, colors, decimals, scale)

    def _decimals(self, scale: ColorScale) -> int | None:
        """Digits behind the point that fit into a cell; None where no number does."""
        metrics = QFontMetricsF(self._appearance.font(_NUMBER, family="mono"))
        if self._row < metrics.height() * 0.95:
            return None
        letters = int((self.axis.column - self._appearance.px(6)) / metrics.horizontalAdvance("0"))
        half = 10.0 ** (self._exponent(scale) / 2)
        largest = max(abs(scale.least), abs(scale.greatest)) / half / half
        whole = len(str(int(largest))) + (scale.least < 0)
        spare = min(letters - whole - 1, 3)
        return spare if spare >= 1 else None

    def _exponent(self, scale: ColorScale) -> int:
        """The common power of ten of the numbers written in cells."""
        largest = max(abs(scale.least), abs(scale.greatest))
        return 0 if 0.1 < largest < 1e3 else int(np.floor(np.log10(largest) + 1e-9))

    def _paint_numbers(
        self, painter: QPainter, box: QRectF, numbers: np.ndarray, colors: Lut, decimals: int, scale: ColorScale
    ) -> None:
        font = self._appearance.font(_NUMBER, family="mono")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        exponent = self._exponent(scale)
        # In two steps, so that 10**exponent does not underflow.
        with np.errstate(all="ignore"):
            shown = numbers.astype(float) / 10.0 ** (exponent / 2) / 10.0 ** (exponent / 2)
        inks = QColor("#000000"), QColor("#ffffff")
        for row, light in enumerate(light_ink_on(colors)):
            text = fixed(float(shown[row]), decimals)
            x = box.center().x() - metrics.horizontalAdvance(text) / 2
            y = box.top() + (row + 0.5) * self._row + (metrics.ascent() - metrics.descent()) / 2
            painter.setPen(inks[int(light)])
            painter.drawText(QPointF(x, y), text)

    def _paint_grid(self, painter: QPainter, box: QRectF, count: int) -> None:
        width, enough = self._appearance.px(1), self._appearance.px(_GRID_FROM)
        # Lines, not gaps: a zero has the colour of the ground, and must not look like nothing.
        painter.setPen(QPen(self._appearance.color("line"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.axis.column >= enough:
            painter.drawRect(box)
        if self._row >= enough:
            for row in range(1, count + 1):
                y = box.top() + row * self._row
                painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_unit_labels(self, painter: QPainter) -> None:
        if self._values.units < 2:
            return
        plain, strong = self._appearance.font(_LABEL), self._appearance.font(_LABEL, bold=True)
        metrics = QFontMetricsF(strong)
        every = next_round(max(1.0, metrics.height() * 0.9 / self._row))
        focus, area = self._bridge.focus_unit, self.area
        focus = self._values.row_of(focus) if focus < self._values.units else -1
        near = every * self._row if every > 1 else 0.0
        # A label may be higher than its row; where there are more rows, it may not run into the axis.
        more = self._appearance.px(4)
        painter.setClipRect(QRectF(0, area.top() - more, area.left(), area.height() + 1.5 * more))
        for row in self.visible_units():
            is_focus = row == focus
            crowded = abs(row - focus) * self._row < min(near, metrics.height()) and not is_focus
            middle = self._top_of(row) + self._row / 2
            hidden = not area.top() <= middle <= area.bottom()
            if row % every and not is_focus or crowded or hidden:
                continue
            unit = self._values.unit_at(row)
            text = f"▸ {unit}" if is_focus else str(unit)
            painter.setFont(strong if is_focus else plain)
            painter.setPen(self._appearance.color("ink" if is_focus else "ink_quiet"))
            right = area.left() - self._appearance.px(5)
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            self._write(painter, right, middle, text, metrics.ascent(), width)
        painter.setClipping(False)

    def _paint_legend(self, painter: QPainter, scale: ColorScale) -> None:
        super()._paint_legend(painter, scale)
        if not self.wide:
            return
        px, area, say = self._appearance.px, self.area, self._appearance.say
        painter.setFont(self._appearance.font(_LABEL))
        painter.setPen(self._appearance.color("ink_quiet"))
        left, bottom = area.right() + px(14), area.bottom() - px(2)
        if area.height() > px(120):
            swatch = QRectF(left, bottom - px(10), px(11), px(11))
            paint_hatching(painter, swatch, self._appearance)
            painter.drawText(QPointF(swatch.right() + px(6), bottom), say("not yet computed"))
            bottom -= px(18)
        if self._values.has_bad(self.visible_times()):
            swatch = QRectF(left, bottom - px(10), px(11), px(11))
            painter.fillRect(swatch, self._appearance.color("not_finite"))
            painter.drawText(QPointF(swatch.right() + px(6), bottom), "NaN, ∞")
            bottom -= px(18)
        if self._exponent(scale) and self._decimals(scale) is not None:
            text = say("cells in {unit}", unit=power_text(self._exponent(scale)))
            painter.drawText(QPointF(left, bottom), text)

    # --- over it ------------------------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setClipRect(self._cells_area().adjusted(-1, -1, 1, 1))
        selected = self.time_of_entry(self._bridge.selection)
        if selected is not None:
            column = self._cell_box(0, selected)
            column.setHeight(self._row * self._values.units)
            self._frame(painter, column, "focus", 1.6)
        self._paint_hover(painter)
        if self._cell is not None and self.target is not None:
            self._frame(painter, self._cell_box(*self._cell), "ink", 1.6)
        painter.setClipping(False)

    def _paint_hover(self, painter: QPainter) -> None:
        """The cell, or the column, that another view points at."""
        if self._bridge.hover is None or self._cell is not None:
            return
        entry, unit = self._bridge.hover
        t = self.time_of_entry(entry)
        if t is None:
            return
        if unit is not None and unit < self._values.units:
            self._frame(painter, self._cell_box(self._values.row_of(unit), t), "ink", 1.6)
        else:
            column = self._cell_box(0, t)
            column.setHeight(self._row * self._values.units)
            self._frame(painter, column, "ink", 1.2)

    @property
    def cut(self) -> str:
        """What is said when not all units are on the screen."""
        units = self.visible_units()
        if len(units) >= self._values.units:
            return ""
        return self._appearance.say(
            "units {first}–{last} of {count}", first=units.start, last=units.stop - 1, count=f"{self._values.units:,}"
        )
