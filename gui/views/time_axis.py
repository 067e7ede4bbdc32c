"""The x axis of every view over time: one column for each time step, at the same place in all of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.appearance import Appearance

LEFT = 60.0
RIGHT = 132.0
NARROW_RIGHT = 10.0
WIDE = 560.0
"""From this width on there is room for a legend at the right. All sizes are px before scaling."""
HEIGHT = 22.0
_LABEL = 11.0


@dataclass(frozen=True)
class TimeAxis:
    """Columns of equal width.

    Attributes:
        first, last: time steps of the first and the last column.
        left: x of the left edge of the first column, px.
        column: width of a column, px.
    """

    first: int
    last: int
    left: float
    column: float

    def edge(self, t: float) -> float:
        """x of the left edge of a column."""
        return self.left + (t - self.first) * self.column

    def centre(self, t: float) -> float:
        """x of the middle of a column."""
        return self.edge(t) + self.column / 2

    def at(self, x: float) -> int | None:
        """The time step whose column holds x; None outside."""
        t = self.first + math.floor((x - self.left) / self.column)
        return t if self.first <= t <= self.last else None

    def between(self, left: float, right: float) -> range:
        """The time steps whose columns reach into left … right."""
        begin = self.first + math.floor((left - self.left) / self.column)
        end = self.first + math.ceil((right - self.left) / self.column)
        return range(max(self.first, begin), min(self.last + 1, max(begin, end)))

    def labels(self, width: float) -> Iterator[int]:
        """The time steps that are written when a label needs so much width: every 1st, 2nd, 5th, 10th …"""
        every = next_round(max(1.0, width / self.column))
        for t in range(self.first, self.last + 1):
            if t % every == 0:
                yield t


@dataclass(frozen=True)
class MirroredAxis(TimeAxis):
    """Columns of equal width, the last time step at the left: what was read from its end, in the order of the text."""

    def edge(self, t: float) -> float:
        """x of the left edge of a column."""
        return self.left + (self.last - t) * self.column

    def at(self, x: float) -> int | None:
        """The time step whose column holds x; None outside."""
        t = self.last - math.floor((x - self.left) / self.column)
        return t if self.first <= t <= self.last else None

    def between(self, left: float, right: float) -> range:
        """The time steps whose columns reach into left … right, ascending: from the right to the left."""
        end = self.last - math.floor((left - self.left) / self.column)
        begin = self.last - math.ceil((right - self.left) / self.column) + 1
        return range(max(self.first, begin), min(self.last, max(begin - 1, end)) + 1)


def next_round(value: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that is not below a value."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= value:
                return digit * power
        power *= 10


def margins(width: float, appearance: Appearance) -> tuple[float, float]:
    """(left, right) of the columns in a view of that width, the same for every view."""
    left = min(appearance.px(LEFT), 0.26 * width)
    return left, appearance.px(RIGHT if is_wide(width, appearance) else NARROW_RIGHT)


def is_wide(width: float, appearance: Appearance) -> bool:
    """Whether the legend stands at the right, not above."""
    return width >= appearance.px(WIDE)


def axis_in(width: float, steps: tuple[int, int], least_column: float, scrolled: float,
            appearance: Appearance) -> TimeAxis:  # fmt: skip
    """The axis of a view: the columns fill it, or are as narrow as allowed and scrolled by so many px."""
    left, right = margins(width, appearance)
    first, last = steps
    column = max(least_column, (width - left - right) / (last - first + 1))
    return TimeAxis(first, last, left - scrolled, max(column, 0.01))


def paint_time_axis(
    painter: QPainter, axis: TimeAxis, area: QRectF, appearance: Appearance, name: str = "t"
) -> None:
    """Write t, or whatever the steps are called, and its numbers below the plot area."""
    font = appearance.font(_LABEL)
    metrics = QFontMetricsF(font)
    baseline = _baseline(area, appearance)
    painter.setPen(appearance.color("ink_quiet"))
    math_font = appearance.font(_LABEL + 2, italic=True, family="math")
    painter.setFont(math_font)
    wide = max(0.0, QFontMetricsF(math_font).horizontalAdvance(name) - appearance.px(6))
    painter.drawText(QPointF(area.left() - appearance.px(14) - wide, baseline), name)
    painter.setFont(font)
    for t in axis.labels(metrics.horizontalAdvance(str(axis.last)) + appearance.px(8)):
        if area.left() - 1 <= axis.centre(t) <= area.right() + 1:
            text = str(t)
            painter.drawText(QPointF(axis.centre(t) - metrics.horizontalAdvance(text) / 2, baseline), text)


def paint_cursor_time(
    painter: QPainter, axis: TimeAxis, area: QRectF, cursor_time: int | None, appearance: Appearance
) -> None:
    """Write the number of the time step under the cursor strongly, over what is written there."""
    if cursor_time is None or not area.left() - 1 <= axis.centre(cursor_time) <= area.right() + 1:
        return
    font = appearance.font(_LABEL, bold=True)
    metrics = QFontMetricsF(font)
    text, baseline = str(cursor_time), _baseline(area, appearance)
    width = metrics.horizontalAdvance(text)
    left = axis.centre(cursor_time) - width / 2
    gap = appearance.px(4)
    ground = QRectF(left - gap, baseline - metrics.ascent(), width + 2 * gap, metrics.height())
    painter.fillRect(ground, appearance.color("ground"))
    painter.setFont(font)
    painter.setPen(appearance.color("cursor"))
    painter.drawText(QPointF(left, baseline), text)


def paint_cursor_column(
    painter: QPainter, axis: TimeAxis, area: QRectF, cursor_time: int | None, appearance: Appearance
) -> None:
    """Frame the column of the time step under the cursor."""
    if cursor_time is None or not axis.first <= cursor_time <= axis.last:
        return
    width = max(axis.column, appearance.px(4))
    column = QRectF(axis.centre(cursor_time) - width / 2, area.top(), width, area.height())
    pen = painter.pen()
    pen.setColor(appearance.color("cursor"))
    pen.setWidthF(appearance.px(1.6))
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(column)


def _baseline(area: QRectF, appearance: Appearance) -> float:
    metrics = QFontMetricsF(appearance.font(_LABEL, bold=True))
    return area.bottom() + appearance.px(5) + metrics.ascent()
