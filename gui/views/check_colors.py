"""The colours of relative errors, logarithmic: one side of the map for what agrees, the other for what differs."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.comparison import TOLERANCE
from gui.appearance import Appearance
from gui.checked_gradients import CheckedCell
from gui.views.number_text import power_text

_LEAST, _GREATEST = -12, 0
_MIDDLE = round(math.log10(TOLERANCE))
_STRENGTH = 0.62
"""The ends of the map are for heatmaps without numbers: under text they are too dark."""
_FADED = 0.22
_FONT = 11.0


def error_color(cell: CheckedCell, appearance: Appearance, *, faded: bool = False) -> QColor | None:
    """The ground of a gradient's cell; None where there is nothing to compare or both gradients are 0."""
    comparison = cell.comparison
    if not comparison.compared or cell.vanishes:
        return None
    if math.isnan(comparison.error):
        color = appearance.color("not_finite")
    else:
        red, green, blue = _table(appearance)[round(_place(comparison.error) * 255), :3].tolist()
        color = QColor(red, green, blue)
        if comparison.agrees and comparison.error > TOLERANCE:
            color = appearance.color("ground")  # as far as differences can tell
    return _mixed(appearance.color("ground"), color, _FADED) if faded else color


def _place(error: float) -> float:
    """0 for an error of 10⁻¹² or less, 0.5 at the tolerance, 1 for an error of 1 or more."""
    exponent = math.log10(error) if 0 < error < math.inf else (_GREATEST if error > 0 else _LEAST)
    if exponent <= _MIDDLE:
        return 0.5 * max(0.0, (exponent - _LEAST) / (_MIDDLE - _LEAST))
    return 0.5 + 0.5 * min(1.0, (exponent - _MIDDLE) / (_GREATEST - _MIDDLE))


def _table(appearance: Appearance) -> np.ndarray:
    middle = (len(appearance.value_map) - 1) / 2
    places = np.rint(middle + np.linspace(-1, 1, 256) * middle * _STRENGTH).astype(int)
    made: np.ndarray = np.ascontiguousarray(appearance.value_map[places])
    return made


def _mixed(ground: QColor, color: QColor, share: float) -> QColor:
    pairs = ((ground.red(), color.red()), (ground.green(), color.green()), (ground.blue(), color.blue()))
    return QColor(*(round((1 - share) * one + share * other) for one, other in pairs))


class ErrorLegend(QWidget):
    """Which error has which colour."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _texts(self) -> tuple[str, str, str]:
        return power_text(_LEAST), power_text(_MIDDLE), "1"

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._appearance.font(_FONT, family="math"))
        texts = sum(metrics.horizontalAdvance(text) for text in self._texts())
        return QSize(round(texts + self._appearance.px(150)), round(metrics.height() + 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, area = self._appearance.px, QRectF(self.rect())
        painter = QPainter(self)
        painter.setFont(self._appearance.font(_FONT, family="math"))
        metrics = QFontMetricsF(painter.font())
        baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2
        table = _table(self._appearance)
        least, middle, greatest = self._texts()
        gap, length = px(4), px(56)
        x = area.left()
        for text, colors in ((least, table[:128]), (middle, table[128:]), (greatest, None)):
            painter.setPen(self._appearance.color("ink_quiet"))
            painter.drawText(QPointF(x, baseline), text)
            x += metrics.horizontalAdvance(text) + gap
            if colors is not None:
                self._paint_bar(painter, QRectF(x, area.center().y() - px(4.5), length, px(9)), colors)
                x += length + gap

    def _paint_bar(self, painter: QPainter, bar: QRectF, colors: np.ndarray) -> None:
        colors = np.ascontiguousarray(colors)
        image = QImage(colors.data, len(colors), 1, 4 * len(colors), QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image)
        painter.setPen(QPen(self._appearance.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
