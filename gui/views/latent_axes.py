"""The two axes of the plane of codes: which numbers lie where on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.appearance import Appearance
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.latent_codes import LEAST_EXTENT
from gui.views.number_text import round_text

LEFT, TOP, RIGHT, BOTTOM = 38.0, 8.0, 10.0, 24.0
"""Room around the plane, px before scaling."""
_FONT = 11.0


@dataclass(frozen=True)
class Span:
    """The numbers from least to greatest along an axis."""

    least: float
    greatest: float

    @staticmethod
    def of(numbers: np.ndarray) -> Span:
        """From −3 to 3, or as far as the numbers reach, to round ends."""
        finite = numbers[np.isfinite(numbers)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        return Span(-_reach(-low), _reach(high))

    @property
    def length(self) -> float:
        """How long it is."""
        return self.greatest - self.least

    def centres(self, count: int) -> np.ndarray:
        """The centres of so many equal parts."""
        return self.least + (np.arange(count) + 0.5) / count * self.length

    def ticks(self, most: int) -> list[float]:
        """Round numbers along it, about so many."""
        step = _round_step(self.length / max(2, most))
        first, last = math.ceil(self.least / step - 1e-9), math.floor(self.greatest / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


@dataclass(frozen=True)
class LatentAxes:
    """A plane of codes on the screen.

    Attributes:
        area: where it is.
        across, up: what lies along its sides.
    """

    area: QRectF
    across: Span
    up: Span

    def at(self, across: float, up: float) -> QPointF:
        """Where a code is."""
        x = self.area.left() + (across - self.across.least) / self.across.length * self.area.width()
        return QPointF(x, self.area.bottom() - (up - self.up.least) / self.up.length * self.area.height())

    def code_at(self, point: QPointF) -> tuple[float, float]:
        """Which code is at a point; at the edge, where the point is outside."""
        right = min(max((point.x() - self.area.left()) / self.area.width(), 0.0), 1.0)
        high = min(max((self.area.bottom() - point.y()) / self.area.height(), 0.0), 1.0)
        return self.across.least + right * self.across.length, self.up.least + high * self.up.length


def plane_area(width: float, height: float, appearance: Appearance) -> QRectF:
    """Where in a widget the plane is."""
    px = appearance.px
    return QRectF(px(LEFT), px(TOP), max(1.0, width - px(LEFT + RIGHT)), max(1.0, height - px(TOP + BOTTOM)))


def paint_axes(painter: QPainter, axes: LatentAxes, names: tuple[str, str], appearance: Appearance) -> None:
    """Draw the frame, ticks with their numbers, and the names (LaTeX; the second may be empty) at the ends."""
    area, font = axes.area, appearance.font(_FONT)
    metrics, gap, inks = QFontMetricsF(font), appearance.px(4), Inks.of(appearance)
    painter.setPen(QPen(appearance.color("line_strong"), 1))
    painter.drawRect(area)
    painter.setFont(font)
    painter.setPen(appearance.color("ink_quiet"))
    across, up = (typeset(name, appearance.px(14)) if name else None for name in names)
    baseline, free = area.bottom() + gap + metrics.ascent(), area.right()
    if across is not None:
        free -= across.width + gap
        across.paint(painter, area.right() - across.width, baseline, inks.ink, inks.colors)
    for tick in axes.across.ticks(int(area.width() / appearance.px(54))):
        x, text = axes.at(tick, 0).x(), round_text(tick)
        width = metrics.horizontalAdvance(text)
        if x + width / 2 < free:
            painter.drawText(QPointF(x - width / 2, baseline), text)
    if up is None:
        return
    free = area.top() + up.ascent + up.descent + gap
    up.paint(painter, area.left() - gap - up.width, area.top() + up.ascent, inks.ink, inks.colors)
    for tick in axes.up.ticks(int(area.height() / appearance.px(30))):
        y, text = axes.at(0, tick).y(), round_text(tick)
        if y - metrics.ascent() / 2 > free:
            width = metrics.horizontalAdvance(text)
            painter.drawText(QPointF(area.left() - gap - width, y + metrics.ascent() / 2 - 1), text)


def _reach(number: float) -> float:
    """The round number at which an axis ends that is to hold a number."""
    if number <= LEAST_EXTENT:
        return LEAST_EXTENT
    step = 1.0 if number < 10 else _round_step(number / 8)
    return math.ceil(number / step) * step


def _round_step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is not below a positive number."""
    if not math.isfinite(least) or least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= least * (1 - 1e-12))
