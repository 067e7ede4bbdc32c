"""A logarithmic y axis with a lane below it for zeros and one above it for what is not finite."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.appearance import Appearance
from gui.views.number_text import power_text
from gui.views.time_axis import next_round

_FONT = 11.0
_LANE = 22.0
_LANE_MIDDLE = 7.0
_DECADES_BEYOND = 6
"""So many powers of ten beyond the run's own curve are shown of the others."""


@dataclass(frozen=True)
class LogScale:
    """Powers of ten from ``10**low`` to ``10**high``; what lies beyond is drawn in a lane above or below.

    Attributes:
        low, high: exponents, whole numbers.
        below: what is written at the lane below, empty if there is none.
        above: what is written at the lane above, empty if there is none.
    """

    low: int
    high: int
    below: str = ""
    above: str = ""

    @staticmethod
    def over(values: np.ndarray, others: np.ndarray) -> LogScale:
        """The scale that holds all values, and the others as far as they are not too far away.

        Negative ones stand for nothing there.
        """
        least, most = _reach(values)
        farthest = _reach(np.concatenate([values, others]))
        low = max(farthest[0], least - _DECADES_BEYOND) if least <= most else farthest[0]
        high = min(farthest[1], most + _DECADES_BEYOND) if least <= most else farthest[1]
        if low > high:
            low, high = -4, 0
        high = max(high, low + 1)
        known = np.concatenate([values, others])
        known = known[~(known < 0)]
        below = power_text(low) if farthest[0] < low else "0" if bool(np.any(known == 0)) else ""
        above = power_text(high) if farthest[1] > high else "∞, NaN" if not np.isfinite(known).all() else ""
        return LogScale(low, high, f"< {below}" if farthest[0] < low else below,
                        f"> {above}" if farthest[1] > high else above)  # fmt: skip

    def inner(self, area: QRectF, appearance: Appearance) -> QRectF:
        """The part of an area between the lanes."""
        lane = appearance.px(_LANE)
        room = appearance.px(5)
        return area.adjusted(0, lane if self.above else room, 0, -lane if self.below else -room)

    def y(self, value: float, area: QRectF, appearance: Appearance) -> float:
        """Where a value of 0 or above, or one that is not finite, lies."""
        edge = appearance.px(_LANE_MIDDLE)
        inner = self.inner(area, appearance)
        if not math.isfinite(value):
            return area.top() + edge
        share = (math.log10(value) - self.low) / (self.high - self.low) if value > 0 else -1.0
        if share < -1e-9:
            return area.bottom() - edge
        return area.top() + edge if share > 1 + 1e-9 else inner.bottom() - share * inner.height()

    def paint(self, painter: QPainter, area: QRectF, appearance: Appearance) -> None:
        """Draw grid lines, and powers of ten to the left of the area."""
        font = appearance.font(_FONT, family="math")
        metrics = QFontMetricsF(font)
        inner = self.inner(area, appearance)
        lines = max(1.0, inner.height() / (1.15 * metrics.height()))
        every = next_round(max(1.0, (self.high - self.low) / lines))
        painter.setFont(font)
        for exponent in range(self.low, self.high + 1):
            if exponent % every == 0:
                # Not by way of 10.0**exponent: that is 0 below -323.
                y = inner.bottom() - (exponent - self.low) / (self.high - self.low) * inner.height()
                self._paint_tick(painter, area, y, power_text(exponent), appearance)
        if self.below:
            self._paint_tick(painter, area, self.y(0.0, area, appearance), self.below, appearance)
        if self.above:
            self._paint_tick(painter, area, self.y(math.inf, area, appearance), self.above, appearance)

    def _paint_tick(self, painter: QPainter, area: QRectF, y: float, text: str, appearance: Appearance) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QPen(appearance.color("line"), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(appearance.color("ink_quiet"))
        right = area.left() - appearance.px(5)
        baseline = y + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(right - metrics.horizontalAdvance(text), baseline), text)


def _reach(values: np.ndarray) -> tuple[int, int]:
    """(least, greatest) exponent of the positive finite values, the least above the greatest if there are none."""
    positive = values[np.isfinite(values) & (values > 0)]
    if not positive.size:
        return 1, 0
    low = math.floor(math.log10(float(positive.min())) + 1e-9)
    return low, math.ceil(math.log10(float(positive.max())) - 1e-9)
