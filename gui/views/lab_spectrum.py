"""The singular values of W_h and of ∂h^t/∂h^k as bars, and above them the numbers that decide."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.activation_slope import SLOPES
from engine.analysis.vanishing import Numbers
from engine.analysis.vanishing_lab import LabResult
from gui.appearance import Appearance
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.lab_curves import scale_of
from gui.views.log_scale import LogScale
from gui.views.number_text import number_text, significant

_ROW = 19.0
_LEFT, _RIGHT, _BOTTOM = 52.0, 10.0, 20.0
_GAP = 0.18
_FONT, _SMALL = 11.5, 9.5
_WHAT = ("ρ", "σmax", "σmin")


class LabSpectrum(QWidget):
    """Bars on a logarithmic scale, the largest singular value first: W_h at the left of each pair."""

    def __init__(self, result: LabResult, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._result = result
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_result(self, result: LabResult) -> None:
        """Draw a result."""
        self._result = result
        self.setAccessibleDescription(self.text)
        self.update()

    @property
    def text(self) -> str:
        """The numbers in words."""
        return "; ".join(f"{name}: " + ", ".join(f"{what} = {text}" for what, text in zip(_WHAT, texts, strict=True))
                         for name, texts in zip(self._names(), self.numbers(6), strict=True))  # fmt: skip

    def _names(self) -> tuple[str, str]:
        earlier, later = self._result.setup.span
        return "W_h", f"∂h({later})/∂h({earlier})"

    def numbers(self, digits: int) -> list[list[str]]:
        """Spectral radius, largest and smallest singular value of both matrices; what rounding leaves of the last."""
        weight, jacobian = self._result.weight, self._result.jacobian
        values = jacobian.singular_values
        lost = float(values[-1]) < jacobian.resolved
        least = f"< {significant(jacobian.resolved, 2)}" if lost else significant(float(values[-1]), digits)
        return [
            [significant(value, digits) for value in (weight.spectral_radius, weight.greatest, weight.least)],
            [significant(jacobian.spectral_radius, digits), significant(float(values[0]), digits), least],
        ]

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_numbers(painter)
        area = self._area()
        if area.height() > self._appearance.px(24):
            self._paint_bars(painter, area)

    def _area(self) -> QRectF:
        px = self._appearance.px
        left = min(px(_LEFT), 0.3 * self.width())
        top = 3 * px(_ROW) + px(10)
        return QRectF(left, top, max(1.0, self.width() - left - px(_RIGHT)),
                      max(1.0, self.height() - top - px(_BOTTOM)))  # fmt: skip

    def _paint_numbers(self, painter: QPainter) -> None:
        px, color, say = self._appearance.px, self._appearance.color, self._appearance.say
        earlier, later = self._result.setup.span
        names = ("W_h", rf"\partial h^{{{later}}} / \partial h^{{{earlier}}}")
        first = min(px(68), 0.32 * self.width())
        column = (self.width() - first - px(6)) / 3
        painter.setFont(self._appearance.font(11))
        painter.setPen(color("ink_quiet"))
        words = say("spectral radius")
        radius = words if QFontMetricsF(painter.font()).horizontalAdvance(words) < column - px(4) else _WHAT[0]
        for place, head in enumerate((radius, *_WHAT[1:])):
            self._write(painter, head, first + place * column, 0, column)
        inks = Inks.of(self._appearance)
        shown = self._fitting(column - px(6))
        for row, (latex, ink, numbers) in enumerate(zip(names, ("parameter", "backward"), shown, strict=True), start=1):
            middle = (row + 0.5) * px(_ROW) + px(2)
            painter.fillRect(QRectF(px(8), middle - px(5), px(10), px(10)), color(ink))
            name = typeset(latex, px(12))
            name.paint(painter, px(24), middle + (name.ascent - name.descent) / 2, inks.ink, inks.colors)
            painter.setPen(color("ink"))
            for place, number in enumerate(numbers):
                painter.setFont(self._appearance.font(_FONT))
                if QFontMetricsF(painter.font()).horizontalAdvance(number) > column - px(4):
                    painter.setFont(self._appearance.font(_SMALL))
                self._write(painter, number, first + place * column, row, column)

    def _fitting(self, room: float) -> list[list[str]]:
        """The numbers of each row with as many digits as there is room for."""
        metrics, made = QFontMetricsF(self._appearance.font(_FONT)), self.numbers(2)
        for digits in (3, 4, 5):
            for place, row in enumerate(self.numbers(digits)):
                if all(metrics.horizontalAdvance(text) <= room for text in row):
                    made[place] = row
        return made

    def _write(self, painter: QPainter, text: str, left: float, row: int, width: float) -> None:
        px = self._appearance.px
        box = QRectF(left, row * px(_ROW) + px(2), width - px(4), px(_ROW))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        color, px = self._appearance.color, self._appearance.px
        weight, jacobian = self._result.weight.singular_values, self._result.jacobian.singular_values
        limits = {1.0 / SLOPES[name].steepest for name in self._result.setup.paths if name in SLOPES} or {1.0}
        seen = np.where(jacobian < self._result.jacobian.resolved, -1.0, jacobian)
        scale = scale_of(np.concatenate([weight, seen, np.array(sorted(limits))]))
        scale.paint(painter, area, self._appearance)
        pitch = area.width() / len(weight)
        room = pitch * (1 - _GAP) / 2
        for values, ink, left in ((weight, "parameter", 0.0), (seen, "backward", room)):
            self._paint_row(painter, values, ink, area.left() + pitch * _GAP / 2 + left, pitch, room, area, scale)
        for limit in limits:
            self._paint_limit(painter, limit, area, scale)
        for limit in limits:
            self._name_limit(painter, limit, area, scale, below=len(limits) > 1 and limit == min(limits))
        painter.setFont(self._appearance.font(11))
        painter.setPen(color("ink_quiet"))
        words = self._appearance.say("singular values, the largest first")
        box = QRectF(area.left(), area.bottom() + px(2), area.width(), px(_BOTTOM) - px(2))
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_row(self, painter: QPainter, values: Numbers, ink: str, left: float, pitch: float, room: float,
                   area: QRectF, scale: LogScale) -> None:  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        color = self._appearance.color(ink)
        for place, value in enumerate(values.tolist()):
            if value < 0:
                continue
            if not math.isfinite(value):
                at = QPointF(left + place * pitch + room / 2, scale.y(value, area, self._appearance))
                painter.fillRect(QRectF(at.x() - room / 2, at.y() - 2, room, 4), self._appearance.color("not_finite"))
                continue
            top = scale.y(value, area, self._appearance)
            painter.fillRect(QRectF(left + place * pitch, top, max(room, 1.0), area.bottom() - top), color)

    def _paint_limit(self, painter: QPainter, limit: float, area: QRectF, scale: LogScale) -> None:
        """1/γ: where the largest singular value lies below it, vanishing is certain."""
        y = scale.y(limit, area, self._appearance)
        painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.4), Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))

    def _name_limit(self, painter: QPainter, limit: float, area: QRectF, scale: LogScale, *, below: bool) -> None:
        px, y = self._appearance.px, scale.y(limit, area, self._appearance)
        text = f"1/γ = {number_text(limit, 3)}"
        painter.setFont(self._appearance.font(11, bold=True))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text), metrics.height()
        box = QRectF(area.right() - width - px(6), y + px(2) if below else y - height - px(2), width + px(6), height)
        ground = self._appearance.color("ground")
        ground.setAlphaF(0.85)
        painter.fillRect(box, ground)
        painter.setPen(self._appearance.color("cursor"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
