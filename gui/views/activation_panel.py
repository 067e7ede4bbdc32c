"""One panel with a curve over u: where things are in it, and its axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from engine.analysis.activation_curve import Numbers
from gui.appearance import Appearance
from gui.views.loss_axes import linear_ticks
from gui.views.number_text import significant

_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 14.0, 20.0, 22.0
_ROOM = 0.07
_FONT = 11.0


@dataclass(frozen=True)
class Panel:
    """A plot area and what it shows.

    Attributes:
        area: px.
        reach: u goes from -reach to reach.
        low, high: the ends of the y axis.
    """

    area: QRectF
    reach: float
    low: float
    high: float

    @staticmethod
    def of(place: QRectF, reach: float, values: Numbers, appearance: Appearance) -> Panel:
        """The panel in a place that holds a curve's values."""
        px = appearance.px
        left = min(px(_LEFT), 0.25 * place.width())
        area = QRectF(place.left() + left, place.top() + px(_TOP), max(1.0, place.width() - left - px(_RIGHT)),
                      max(1.0, place.height() - px(_TOP) - px(_BOTTOM)))  # fmt: skip
        least, most = min(0.0, float(values.min())), float(values.max())
        room = _ROOM * max(most - least, 1e-9)
        return Panel(area, reach, least - room, most + room)

    def x(self, u: float) -> float:
        """Where a pre-activation lies."""
        return self.area.left() + (u / self.reach + 1) / 2 * self.area.width()

    def y(self, value: float) -> float:
        """Where a value lies."""
        return self.area.bottom() - (value - self.low) / (self.high - self.low) * self.area.height()

    def places(self, u: Numbers, values: Numbers) -> list[QPointF]:
        """Where points are; what lies beyond is at the edge, NaN at the lower left corner."""
        x = np.clip(np.nan_to_num(u, nan=-np.inf, posinf=np.inf, neginf=-np.inf), -self.reach, self.reach)
        y = np.clip(np.nan_to_num(values, nan=-np.inf, posinf=np.inf, neginf=-np.inf), self.low, self.high)
        return [QPointF(self.x(a), self.y(b)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]


class CurvePanel:
    """Paints what stays while the points move."""

    def __init__(self, panel: Panel, appearance: Appearance) -> None:
        self._panel, self._appearance = panel, appearance

    def paint_saturated(self, painter: QPainter, u: Numbers, pitch: float) -> None:
        """Shade where hardly any gradient passes; u: the points of the curve where that is so."""
        panel = self._panel
        color = self._appearance.color("column")
        edges = np.flatnonzero(np.diff(u) > 1.5 * pitch)
        for run in np.split(u, edges + 1):
            if run.size:
                left, right = panel.x(float(run[0])), panel.x(float(run[-1]))
                painter.fillRect(QRectF(left, panel.area.top(), right - left, panel.area.height()), color)

    def paint_axes(self, painter: QPainter, name: str) -> None:
        """Draw grid lines, numbers, and the names of both axes."""
        look, panel, area = self._appearance, self._panel, self._panel.area
        painter.setFont(look.font(_FONT))
        for value, text in linear_ticks(panel.low, panel.high, max(1, int(area.height() / look.px(24)))):
            y = panel.y(value)
            self._line(painter, area.left(), y, area.right(), y, strong=value == 0)
            box = QRectF(area.left() - look.px(44), y - look.px(9), look.px(38), look.px(18))
            self._write(painter, box, text, Qt.AlignmentFlag.AlignRight)
        for value, text in linear_ticks(-panel.reach, panel.reach, max(4, int(area.width() / look.px(48)))):
            x = panel.x(value)
            self._line(painter, x, area.top(), x, area.bottom(), strong=value == 0)
            box = QRectF(x - look.px(30), area.bottom() + look.px(3), look.px(60), look.px(16))
            self._write(painter, box, text, Qt.AlignmentFlag.AlignHCenter)
        painter.setFont(look.font(13, italic=True, family="math"))
        painter.setPen(look.color("ink"))
        painter.drawText(QPointF(area.left() - look.px(20), area.top() - look.px(6)), name)
        painter.drawText(QPointF(area.right() + look.px(3), area.bottom() + look.px(4)), "u")

    def paint_curve(self, painter: QPainter, u: Numbers, values: Numbers, ink: str) -> None:
        """Draw the curve."""
        painter.setPen(QPen(self._appearance.color(ink), self._appearance.px(2.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A step, as in the ReLU's slope, is a gap and no slanting line.
        jumps = np.flatnonzero(np.abs(np.diff(values)) > 0.3 * (self._panel.high - self._panel.low))
        for us, ys in zip(np.split(u, jumps + 1), np.split(values, jumps + 1), strict=True):
            painter.drawPolyline(QPolygonF(self._panel.places(us, ys)))

    def paint_largest(self, painter: QPainter, largest: float) -> None:
        """Tell how steep the function gets at most."""
        look, panel, area = self._appearance, self._panel, self._panel.area
        y = panel.y(largest)
        painter.setPen(QPen(look.color("backward"), look.px(1), Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        painter.setFont(look.font(_FONT, bold=True))
        text = look.say("largest slope {value}", value=significant(largest, 4))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.setPen(look.color("backward_ink"))
        painter.drawText(QPointF(area.right() - width - look.px(2), area.top() - look.px(6)), text)

    def _line(self, painter: QPainter, x1: float, y1: float, x2: float, y2: float, *, strong: bool) -> None:
        color = self._appearance.color("line_strong" if strong else "line")
        painter.setPen(QPen(color, self._appearance.px(1)))
        painter.drawLine(QLineF(x1, y1, x2, y2))

    def _write(self, painter: QPainter, box: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(self._appearance.color("ink_quiet"))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
