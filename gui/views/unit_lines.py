"""Units × time as curves: one for each unit, the focus unit's strong."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.views.hatching import paint_hatching, runs
from gui.views.number_text import round_text
from gui.views.unit_plot import UnitPlot

_MOST = 200
"""Curves that can still be told apart as a bundle; of more units, so many evenly chosen ones are drawn."""
_LABEL = 11.0


class UnitLines(UnitPlot):
    """The units' values as curves over time."""

    least_column = 3.0

    def _key(self) -> Hashable:
        return super()._key(), self._bridge.focus_unit, tuple(self._values.shown(t) for t in self.visible_times())

    def _units(self) -> list[int]:
        """The units that are drawn, the focus unit last so that it lies on top."""
        count, focus = self._values.units, min(self._bridge.focus_unit, self._values.units - 1)
        chosen = np.unique(np.linspace(0, count - 1, min(count, _MOST)).round().astype(int))
        return [*(int(unit) for unit in chosen if unit != focus), focus]

    def _y(self, value: float) -> float:
        area = self._inner()
        return area.bottom() - float(self._scale().shares(np.array(value))) * area.height()

    def _inner(self) -> QRectF:
        room = self._appearance.px(6)
        return self.area.adjusted(0, room, 0, -room)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        if t is None:
            return None
        column = self._values.column(t)
        if column is None or not np.isfinite(column).any():
            return min(self._bridge.focus_unit, self._values.units - 1), t
        units = self._units()
        area = self._inner()
        distance = np.abs(self._scale().shares(column[units]) - (area.bottom() - y) / area.height())
        return units[int(np.nanargmin(np.where(np.isfinite(distance), distance, np.inf)))], t

    # --- the picture --------------------------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        self._paint_name(painter)
        self._paint_ticks(painter)
        self._paint_unit_names(painter)
        painter.setClipRect(self.area)
        values = self._values
        hidden = (t for t in self.visible_times() if values.shown(t) is None and values.target(t) is not None)
        for first, last in runs(hidden):
            width = (last - first + 1) * self.axis.column
            box = QRectF(self.axis.edge(first), self.area.top(), width, self.area.height())
            paint_hatching(painter, box, self._appearance)
        self._paint_curves(painter)

    def _paint_ticks(self, painter: QPainter) -> None:
        area, appearance = self.area, self._appearance
        font = appearance.font(_LABEL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for value in self._scale().ticks():
            y = self._y(value)
            painter.setPen(QPen(appearance.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(appearance.color("ink_quiet"))
            text = round_text(value)
            right = area.left() - appearance.px(5)
            self._write(painter, right, y, text, metrics.ascent(), metrics.horizontalAdvance(text))

    def _paint_curves(self, painter: QPainter) -> None:
        scale, area, axis = self._scale(), self._inner(), self.axis
        times = axis.between(area.left() - axis.column, area.right() + axis.column)
        columns = [self._values.column(t) for t in times]
        nothing = np.full(self._values.units, np.nan)
        numbers = np.array([nothing if column is None else column for column in columns], dtype=float)
        ys = area.bottom() - scale.shares(numbers) * area.height()
        ys[~np.isfinite(numbers)] = np.nan
        xs = [axis.centre(t) for t in times]
        quiet = QColor(self._appearance.color("backward" if self._values.quantity.gradient else "forward"))
        quiet.setAlphaF(0.55 if self._values.units <= 32 else 0.3)
        units = self._units()
        for unit in units[:-1]:
            self._paint_curve(painter, xs, ys[:, unit], QPen(quiet, self._appearance.px(1)))
        strong = self._appearance.color("backward_ink" if self._values.quantity.gradient else "ink")
        self._paint_curve(painter, xs, ys[:, units[-1]], QPen(strong, self._appearance.px(2.4)), dots=True)

    def _paint_curve(self, painter: QPainter, xs: list[float], ys: np.ndarray, pen: QPen, dots: bool = False) -> None:
        painter.setPen(pen)
        for points in _pieces(xs, ys):
            painter.drawPolyline(QPolygonF(points))
            if dots or len(points) == 1:
                painter.setBrush(pen.color())
                for point in points:
                    painter.drawEllipse(point, 1.2 * pen.widthF(), 1.2 * pen.widthF())
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_unit_names(self, painter: QPainter) -> None:
        """Which curve is which, at the right where there is room."""
        if not self.wide or self._values.units < 2:
            return
        appearance, area = self._appearance, self.area
        left = area.right() + appearance.px(14)
        y = area.top() + appearance.px(10)
        gradient = self._values.quantity.gradient
        rows = (
            (appearance.say("unit {unit}", unit=self._units()[-1]), "backward_ink" if gradient else "ink", 2.4),
            (appearance.say("other units"), "backward" if gradient else "forward", 1.0),
        )
        painter.setFont(appearance.font(_LABEL))
        for text, color, width in rows:
            painter.setPen(QPen(appearance.color(color), appearance.px(width)))
            painter.drawLine(QLineF(left, y, left + appearance.px(18), y))
            painter.setPen(appearance.color("ink_quiet"))
            painter.drawText(QPointF(left + appearance.px(24), y + appearance.px(4)), text)
            y += appearance.px(18)

    # --- over it ------------------------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter) -> None:
        cell = self._cell
        if cell is None and self._bridge.hover is not None:
            entry, unit = self._bridge.hover
            t = self.time_of_entry(entry)
            cell = None if t is None or unit is None or unit >= self._values.units else (unit, t)
        if cell is None:
            return
        row, t = cell
        value = self._values.value(t, row)
        if value is None or not np.isfinite(value):
            return
        size = self._appearance.px(4.5)
        painter.setPen(QPen(self._appearance.color("ink"), self._appearance.px(1.6)))
        painter.setBrush(self._appearance.color("ground"))
        painter.drawEllipse(QPointF(self.axis.centre(t), self._y(value)), size, size)

    @property
    def cut(self) -> str:
        """What is said when not all units are drawn."""
        if self._values.units <= _MOST:
            return ""
        count = f"{self._values.units:,}"
        return self._appearance.say("{shown} of {count} units", shown=len(self._units()), count=count)


def _pieces(xs: list[float], ys: np.ndarray) -> list[list[QPointF]]:
    """The points without gaps between them."""
    pieces: list[list[QPointF]] = [[]]
    for x, y in zip(xs, ys.tolist(), strict=True):
        if y == y:
            pieces[-1].append(QPointF(x, y))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]
