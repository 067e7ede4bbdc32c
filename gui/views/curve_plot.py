"""Numbers over time as curves: what comes in, what should come out, and what does."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.number_text import number_text, round_text
from gui.views.task_plot import ROLES, TaskPlot
from gui.views.task_series import TaskSeries
from gui.views.time_plot import Target

_TITLES = {
    Role.INPUT: translatable("input"), Role.TARGET: translatable("target"), Role.OUTPUT: translatable("output"),
}  # fmt: skip
_INKS = {Role.INPUT: "ink_quiet", Role.TARGET: "ink", Role.OUTPUT: "forward"}
_WIDTHS = {Role.INPUT: 1.2, Role.TARGET: 1.8, Role.OUTPUT: 2.4}
_DASHED = {Role.INPUT: Qt.PenStyle.DotLine, Role.TARGET: Qt.PenStyle.DashLine, Role.OUTPUT: Qt.PenStyle.SolidLine}
_LABEL = 11.0


class CurvePlot(TaskPlot):
    """One curve for every number that comes in or out; they are told apart by their strokes, too."""

    least_column = 3.0

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        # Every point asks for the bounds, and they take all points to find.
        self._bounded: tuple[TaskSeries, int] | None = None
        self._low_and_high = (0.0, 1.0)
        super().__init__(bridge, appearance, parent)

    def _curve(self, role: Role, unit: int) -> list[tuple[int, float]]:
        """Time steps with their numbers, as far as revealed."""
        found = []
        for t in range(1, self._series.length + 1):
            numbers = self._series.numbers(role, t)
            if numbers is not None and unit < len(numbers):
                found.append((t, float(numbers[unit])))
        return found

    def _width(self, role: Role) -> int:
        """How many curves a role has."""
        entry = next((self._series.entry(role, t) for t in range(self._series.length, 0, -1)
                      if self._series.entry(role, t) is not None), None)  # fmt: skip
        return 0 if entry is None else int(np.prod(self._bridge.tape[entry].shape[1:]))

    def _bounds(self) -> tuple[float, float]:
        """Least and greatest number, of what is given and of what is revealed."""
        known = self._series, self._bridge.cursor.position
        if known != self._bounded:
            self._bounded, self._low_and_high = known, self._measured()
        return self._low_and_high

    def _measured(self) -> tuple[float, float]:
        numbers = [value for role in ROLES for unit in range(self._width(role)) for _, value in self._curve(role, unit)]
        finite = [value for value in numbers if np.isfinite(value)]
        low, high = min(finite, default=0.0), max(finite, default=1.0)
        spare = 0.06 * (high - low) or 0.5
        return low - spare, high + spare

    def _key(self) -> tuple[object, tuple[float, float]]:
        return super()._key(), self._bounds()

    def _y(self, value: float) -> float:
        low, high = self._bounds()
        return self.area.bottom() - (value - low) / (high - low) * self.area.height()

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The role whose curve is nearest."""
        t = self.axis.at(x)
        if not t:
            return None
        nearest = {}
        for row, role in enumerate(ROLES):
            numbers = self._series.numbers(role, t)
            if numbers is not None and np.isfinite(numbers).any():
                nearest[row] = min(abs(self._y(float(value)) - y) for value in numbers if np.isfinite(value))
        return (min(nearest, key=lambda row: nearest[row]), t) if nearest else None

    def _rows(self) -> int:
        return len(ROLES)

    def _target(self, row: int, t: int) -> Target | None:
        role = ROLES[row]
        entry, numbers = self._series.entry(role, t), self._series.numbers(role, t)
        if entry is None:
            return None
        say, what = self._appearance.say, self._appearance.say(_TITLES[role])
        if numbers is None:
            return Target(entry, None, say("t = {t}, {what}: not yet computed", t=t, what=what))
        values = ", ".join(number_text(float(value)) for value in numbers[:8])
        return Target(entry, None, say("t = {t}, {what}: {symbols}", t=t, what=what, symbols=values))

    # --- the picture --------------------------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        self._paint_ticks(painter)
        self._paint_legend(painter)
        painter.setClipRect(self.area)
        for role in ROLES:
            for unit in range(min(self._width(role), 16)):
                self._paint_curve(painter, role, self._curve(role, unit))

    def _paint_curve(self, painter: QPainter, role: Role, curve: list[tuple[int, float]]) -> None:
        points = [QPointF(self.axis.centre(t), self._y(value)) for t, value in curve if np.isfinite(value)]
        ink = self._appearance.color(_INKS[role])
        painter.setPen(self._pen(role))
        painter.drawPolyline(QPolygonF(points))
        size = self._appearance.px(2.6 if role is Role.OUTPUT else 1.8)
        if len(points) == 1 or self.axis.column >= self._appearance.px(9):
            painter.setBrush(QColor(ink))
            painter.setPen(Qt.PenStyle.NoPen)
            for point in points:
                painter.drawEllipse(point, size, size)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _pen(self, role: Role) -> QPen:
        return QPen(self._appearance.color(_INKS[role]), self._appearance.px(_WIDTHS[role]), _DASHED[role])

    def _paint_ticks(self, painter: QPainter) -> None:
        look, area, (low, high) = self._appearance, self.area, self._bounds()
        metrics = QFontMetricsF(look.font(_LABEL))
        painter.setFont(look.font(_LABEL))
        for value in _ticks(low, high):
            y = self._y(value)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(look.color("ink_quiet"))
            text = round_text(value)
            left = area.left() - look.px(5) - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, y + metrics.ascent() / 2 - 1), text)

    def _paint_legend(self, painter: QPainter) -> None:
        look, area = self._appearance, self.area
        metrics = QFontMetricsF(look.font(_LABEL))
        painter.setFont(look.font(_LABEL))
        left, y = (area.right() + look.px(14), area.top() + look.px(10)) if self.wide else (area.left(), look.px(12))
        for role in ROLES:
            if not self._width(role):
                continue
            painter.setPen(self._pen(role))
            painter.drawLine(QLineF(left, y - look.px(4), left + look.px(20), y - look.px(4)))
            painter.setPen(look.color("ink_quiet"))
            title = look.say(_TITLES[role])
            painter.drawText(QPointF(left + look.px(26), y), title)
            if self.wide:
                y += look.px(18)
            else:
                left += look.px(40) + metrics.horizontalAdvance(title)

    def _head(self) -> float:
        return self._appearance.px(8 if self.wide else 20)

    def _paint_marks(self, painter: QPainter) -> None:
        if self._cell is None:
            return
        row, t = self._cell
        numbers = self._series.numbers(ROLES[row], t)
        size = self._appearance.px(4.5)
        painter.setPen(QPen(self._appearance.color("ink"), self._appearance.px(1.6)))
        painter.setBrush(self._appearance.color("ground"))
        for value in [] if numbers is None else numbers[np.isfinite(numbers)]:
            painter.drawEllipse(QPointF(self.axis.centre(t), self._y(float(value))), size, size)


def _ticks(low: float, high: float) -> list[float]:
    """Two to five round numbers between the bounds."""
    power = 10.0 ** np.floor(np.log10(high - low))
    step = next(digit * power for digit in (0.2, 0.5, 1.0, 2.0) if (high - low) / (digit * power) <= 4)
    return [float(f"{number * step:.12g}") for number in range(int(np.ceil(low / step)), int(high // step) + 1)]
