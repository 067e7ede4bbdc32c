"""A matrix as a small heatmap beside what is pointed at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.appearance import Appearance
from gui.views.color_scale import ColorScale
from gui.views.number_text import round_above, round_text

_SIZE = 96.0
_CELL = 12.0
_MOST = 96


def paint_inset(
    painter: QPainter, value: np.ndarray, beside: QRectF, within: QRectF, appearance: Appearance
) -> None:
    """Draw a matrix to the left or right of a box, whichever has room; of a large one its first rows and columns."""
    px, pad = appearance.px, appearance.px(6)
    matrix = np.atleast_2d(value)
    shown = np.ascontiguousarray(matrix[:_MOST, :_MOST])
    rows, columns = shown.shape
    cell = min(px(_CELL), px(_SIZE) / max(rows, columns))
    width, height = max(columns * cell, px(8)), max(rows * cell, px(4))
    finite = np.abs(shown[np.isfinite(shown)])
    bound = round_above(float(finite.max()) if finite.size else 0.0)
    caption = f"{matrix.shape[0]}×{matrix.shape[1]}, ±{round_text(bound)}"
    if shown.shape != matrix.shape:
        caption = appearance.say("{rows}×{columns} of {caption}", rows=rows, columns=columns, caption=caption)
    font = appearance.font(10)
    metrics = QFontMetricsF(font)
    box = QRectF(0, 0, max(width, metrics.horizontalAdvance(caption)) + 2 * pad, height + metrics.height() + 2.5 * pad)
    box.moveTopLeft(_place(box, beside, within, px(6)))
    painter.setPen(QPen(appearance.color("line_strong"), 1))
    painter.setBrush(appearance.color("popup"))
    painter.drawRoundedRect(box, px(4), px(4))
    _paint_heatmap(painter, shown, bound, QRectF(box.left() + pad, box.top() + pad, width, height), appearance)
    painter.setFont(font)
    painter.setPen(appearance.color("ink_quiet"))
    painter.drawText(QPointF(box.left() + pad, box.bottom() - pad), caption)


def _paint_heatmap(
    painter: QPainter, shown: np.ndarray, bound: float, box: QRectF, appearance: Appearance
) -> None:
    rows, columns = shown.shape
    colors = np.ascontiguousarray(ColorScale(-bound, bound, "gradient_map").colors(shown, appearance))
    image = QImage(colors.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    painter.setPen(QPen(appearance.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _place(box: QRectF, beside: QRectF, within: QRectF, gap: float) -> QPointF:
    x = beside.left() - gap - box.width()
    if x < within.left():
        x = min(beside.right() + gap, within.right() - box.width())
    y = min(max(beside.top(), within.top()), within.bottom() - box.height())
    return QPointF(max(x, within.left()), max(y, within.top()))
