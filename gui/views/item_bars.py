"""Stacked bars: of what each time step gets, how much comes from the loss how many steps later."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.analysis.items import Items
from gui.appearance import Appearance
from gui.color_maps import ENTRIES
from gui.views.curve_style import CurveStyle
from gui.views.number_text import round_above, round_text
from gui.views.time_axis import TimeAxis

SUM = CurveStyle("ink", 1.4, Qt.PenStyle.SolidLine, "circle")
_FAINTEST = 0.22
_FONT = 10.5
_LEAST_HEIGHT = 0.05
"""px of a segment below which nothing of it could be seen."""


def lag_color(lag: int, most: int, appearance: Appearance) -> QColor:
    """The colour of a loss so many steps away: strong for the time step's own."""
    share = 1.0 - (1.0 - _FAINTEST) * (math.sqrt(abs(lag) / most) if most else 0.0)
    red, green, blue = appearance.sequential_map[round(share * (ENTRIES - 1))][:3].tolist()
    return QColor(red, green, blue)


class ItemBars:
    """One bar a time step; its segments are the norms of the items that are shown, the nearest loss at the bottom.

    Attributes:
        bound: what the full height stands for.
    """

    def __init__(self, items: Items, shown: np.ndarray, axis: TimeAxis, area: QRectF) -> None:
        self._items, self._axis, self._area = items, axis, area
        self._norms = np.where(shown & np.isfinite(items.norms), items.norms, 0.0)
        self._whole = shown.sum(axis=0) == (items.arrival >= 0).sum(axis=0)
        heights = self._norms.sum(axis=0)
        largest = float(heights.max()) if heights.size else 0.0
        self.bound = round_above(largest, (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
        self._colors: dict[int, QColor] = {}
        self._most = max((abs(j - k) for j in items.losses for k in (items.times[:1] + items.times[-1:]) if j and k),
                         default=0)  # fmt: skip

    def segments(self, column: int) -> list[tuple[int, float, float]]:
        """(row, from, to) of the segments of a bar, from the bottom up, in the units of the norms."""
        norms = self._norms[:, column]
        rows = np.flatnonzero(norms)
        losses = np.asarray(self._items.losses)[rows]
        rows = rows[np.argsort(np.abs(losses - self._items.times[column]), kind="stable")]
        tops = np.cumsum(norms[rows])
        return list(zip(rows.tolist(), (tops - norms[rows]).tolist(), tops.tolist(), strict=True))

    def row_at(self, t: int, y: float) -> int | None:
        """The row of the segment at a height of the bar of a time step."""
        value = (self._area.bottom() - y) / self._area.height() * self.bound
        found = [row for row, low, high in self.segments(self._items.times.index(t)) if low <= value < high]
        return found[0] if found else None

    def paint(self, painter: QPainter, appearance: Appearance) -> None:
        """Draw the bars, the norm of each sum as a curve over them, and the axis."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        area = self._area
        seen = self._axis.between(area.left() + 0.5, area.right() - 0.5)
        painter.setClipRect(area.adjusted(-1, -2, 1, 1))
        points = []
        for column, t in enumerate(self._items.times):
            if t in seen:
                self._paint_bar(painter, column, t, appearance)
                size = float(self._items.sums[column])
                if self._whole[column] and self._norms[:, column].any() and math.isfinite(size):
                    points.append(QPointF(self._axis.centre(t), self._y(size)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(SUM.pen(appearance))
        if len(points) > 1:
            painter.drawPolyline(points)
        if self._axis.column >= appearance.px(10):
            for point in points:
                SUM.paint_marker(painter, point, appearance)
        painter.setClipping(False)
        self._paint_axis(painter, appearance)

    def _y(self, value: float) -> float:
        return self._area.bottom() - value / self.bound * self._area.height()

    def _paint_bar(self, painter: QPainter, column: int, t: int, appearance: Appearance) -> None:
        width = min(0.64 * self._axis.column, appearance.px(46))
        left, bottom, unit = self._axis.centre(t) - width / 2, self._area.bottom(), self._area.height() / self.bound
        losses, enough = self._items.losses, appearance.px(3)
        painter.setPen(QPen(appearance.color("ground"), appearance.px(0.8)))
        for row, low, high in self.segments(column):
            top, height = bottom - high * unit, (high - low) * unit
            if height < _LEAST_HEIGHT:
                continue
            loss = losses[row]
            painter.fillRect(QRectF(left, top, width, height), self._color(loss - t if loss else 0, appearance))
            if height > enough:
                painter.drawLine(QLineF(left, top, left + width, top))

    def _color(self, lag: int, appearance: Appearance) -> QColor:
        found = self._colors.get(lag)
        if found is None:
            found = self._colors[lag] = lag_color(lag, self._most, appearance)
        return found

    def _paint_axis(self, painter: QPainter, appearance: Appearance) -> None:
        area = self._area
        painter.setPen(QPen(appearance.color("line"), 1))
        painter.drawLine(QLineF(area.left(), area.top(), area.right(), area.top()))
        painter.setPen(QPen(appearance.color("line_strong"), 1))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        if not self._norms.any():
            return
        font = appearance.font(_FONT)
        metrics = QFontMetricsF(font)
        text = round_text(self.bound)
        painter.setFont(font)
        painter.setPen(appearance.color("ink_quiet"))
        right = area.left() - appearance.px(5)
        painter.drawText(QPointF(right - metrics.horizontalAdvance(text), area.top() + metrics.ascent()), text)
