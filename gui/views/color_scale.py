"""Which number has which colour, and the bar that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.appearance import Appearance
from gui.color_maps import Lut, paint
from gui.views.number_text import round_text

_FONT = 11.0
_BAR = 11.0


@dataclass(frozen=True)
class ColorScale:
    """The numbers from least to greatest over one of the three maps.

    Attributes:
        least, greatest: of the numbers.
        map_name: "value_map", "gradient_map" or "sequential_map".
    """

    least: float
    greatest: float
    map_name: str

    def table(self, appearance: Appearance) -> Lut:
        """The map in the current theme."""
        found: Lut = getattr(appearance, self.map_name)
        return found

    def colors(self, values: np.ndarray, appearance: Appearance) -> Lut:
        """Colours (..., 4) of values (...)."""
        mark = appearance.color("not_finite")
        bad = (mark.red(), mark.green(), mark.blue())
        return paint(self.shares(values), self.table(appearance), 0.0, 1.0, bad)

    def shares(self, values: np.ndarray) -> np.ndarray:
        """How far along the scale values are, 0 at the least and 1 at the greatest.

        In double precision and without a difference of two numbers of the data, which might overflow.
        """
        least = self.least / self.greatest
        with np.errstate(all="ignore"):
            made: np.ndarray = (np.asarray(values, dtype=float) / self.greatest - least) / (1.0 - least)
        return made

    def ticks(self) -> Sequence[float]:
        """What is written beside the bar."""
        return (self.least, (self.least + self.greatest) / 2, self.greatest)

    def paint_upright(self, painter: QPainter, area: QRectF, appearance: Appearance) -> None:
        """Draw the bar at the left of an area, its numbers beside it."""
        metrics = QFontMetricsF(appearance.font(_FONT))
        height = min(area.height() - appearance.px(44), appearance.px(150))
        bar = QRectF(area.left(), area.top(), appearance.px(_BAR), height)
        if bar.height() < 2 * metrics.height():
            bar.setHeight(area.height())
        self._paint_bar(painter, bar, appearance, upright=True)
        painter.setFont(appearance.font(_FONT))
        painter.setPen(appearance.color("ink_quiet"))
        values = self.ticks() if bar.height() > 4 * metrics.height() else (self.least, self.greatest)
        for value in values:
            share = float(self.shares(np.array(value)))
            y = bar.bottom() - share * bar.height()
            y = min(max(y + metrics.ascent() / 2 - 1, bar.top() + metrics.ascent() - 2), bar.bottom())
            painter.drawText(QPointF(bar.right() + appearance.px(6), y), round_text(value))

    def paint_flat(self, painter: QPainter, area: QRectF, appearance: Appearance) -> None:
        """Draw the bar across the right half of an area, its numbers at its ends."""
        font = appearance.font(_FONT)
        metrics = QFontMetricsF(font)
        low, high = round_text(self.least), round_text(self.greatest)
        gap = appearance.px(5)
        right = area.right() - metrics.horizontalAdvance(high) - gap
        width = min(appearance.px(130), 0.5 * area.width(), right - area.left())
        if width < appearance.px(20):
            return
        bar = QRectF(right - width, area.center().y() - appearance.px(_BAR) / 2, width, appearance.px(_BAR))
        self._paint_bar(painter, bar, appearance, upright=False)
        painter.setFont(font)
        painter.setPen(appearance.color("ink_quiet"))
        baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(bar.left() - gap - metrics.horizontalAdvance(low), baseline), low)
        painter.drawText(QPointF(bar.right() + gap, baseline), high)

    def _paint_bar(self, painter: QPainter, bar: QRectF, appearance: Appearance, *, upright: bool) -> None:
        table = np.ascontiguousarray(self.table(appearance)[::-1] if upright else self.table(appearance))
        count = len(table)
        width, height = (1, count) if upright else (count, 1)
        image = QImage(table.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image)
        painter.setPen(QPen(appearance.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
