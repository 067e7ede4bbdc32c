"""The cells of one row of attention: colours, masked ones hatched, and numbers where they fit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from gui.appearance import Appearance
from gui.color_maps import Lut, light_ink_on
from gui.typesetting.number_format import fixed
from gui.views.attention_geometry import NUMBER
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_cut, runs

_GRID_FROM = 9.0
"""Cells at least so high and wide are set apart by a line."""


def paint_cells(
    painter: QPainter, box: QRectF, numbers: np.ndarray, masked: np.ndarray, scale: ColorScale, look: Appearance
) -> None:
    """Draw numbers (n,) side by side over a box; masked ones look so, whatever their number is."""
    column = box.width() / len(numbers)
    colors = np.ascontiguousarray(scale.colors(np.where(masked, 0.0, numbers), look))
    image = QImage(colors.data, len(numbers), 1, 4 * len(numbers), QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    for first, last in runs(np.flatnonzero(masked).tolist()):
        left = box.left() + first * column
        paint_cut(painter, QRectF(left, box.top(), (last + 1 - first) * column, box.height()), look)
    decimals = _decimals(QRectF(0, 0, column, box.height()), scale, look)
    if decimals:
        _paint_numbers(painter, box, np.where(masked, np.nan, numbers), colors, decimals, look)
    enough = look.px(_GRID_FROM)
    if column >= enough and box.height() >= enough:
        painter.setPen(QPen(look.color("line"), look.px(1)))
        for place in range(len(numbers) + 1):
            x = box.left() + place * column
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())


def _decimals(cell: QRectF, scale: ColorScale, look: Appearance) -> int:
    """Digits behind the point that fit into a cell, 0 where no number does or none would show anything."""
    metrics = QFontMetricsF(look.font(NUMBER, family="mono"))
    if cell.height() < metrics.height() or not 0.05 < scale.greatest < 1000:
        return 0
    letters = int((cell.width() - look.px(5)) / metrics.horizontalAdvance("0"))
    whole = len(str(int(scale.greatest))) + (scale.least < 0) + 1
    return min(letters - whole, 3) if letters - whole >= 2 else 0


def _paint_numbers(
    painter: QPainter, box: QRectF, numbers: np.ndarray, colors: Lut, decimals: int, look: Appearance
) -> None:
    font = look.font(NUMBER, family="mono")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    inks = QColor("#000000"), QColor("#ffffff")
    column = box.width() / len(numbers)
    y = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    for place, (number, light) in enumerate(zip(numbers.tolist(), light_ink_on(colors), strict=True)):
        if np.isnan(number):
            continue
        text = fixed(number, decimals)
        x = box.left() + (place + 0.5) * column - metrics.horizontalAdvance(text) / 2
        painter.setPen(inks[int(light)])
        painter.drawText(QPointF(x, y), text)
