"""One head of attention as a small map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from gui.appearance import Appearance
from gui.views.attention_marks import paint_forced
from gui.views.attention_table import AttentionRows
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_cut, paint_hatching, runs


def paint_panel(
    painter: QPainter,
    rows: AttentionRows,
    box: QRectF,
    shown: Sequence[int | None],
    scale: ColorScale,
    look: Appearance,
) -> None:
    """Draw all rows over a box: numbers, what is masked, what is yet to come, what is forced."""
    count, width = len(shown), rows.table.width
    high, wide = box.height() / count, box.width() / width
    masked = np.array([rows.masked(row) for row in range(count)])
    numbers = np.zeros((count, width))
    for row, entry in enumerate(shown):
        if entry is not None:
            numbers[row] = rows.numbers(entry, row)
    colors = np.ascontiguousarray(scale.colors(np.where(masked, 0.0, numbers), look))
    image = QImage(colors.data, width, count, 4 * width, QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    _paint_masked(painter, masked, box, look)
    for first, last in runs(row for row, entry in enumerate(shown) if entry is None):
        later = QRectF(box.left(), box.top() + first * high, box.width(), (last + 1 - first) * high)
        painter.fillRect(later, look.color("ground"))
        paint_hatching(painter, later, look)
    for row, entry in enumerate(shown):
        for column in np.flatnonzero(rows.forced(row)).tolist() if entry is not None else ():
            cell = QRectF(box.left() + column * wide, box.top() + row * high, wide, high)
            paint_forced(painter, cell, look)
    painter.setPen(QPen(look.color("line_strong"), look.px(1)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_masked(painter: QPainter, masked: np.ndarray, box: QRectF, look: Appearance) -> None:
    """Hatch what is masked, rows that are masked alike together."""
    count, width = masked.shape
    high, wide = box.height() / count, box.width() / width
    first = 0
    for row in range(1, count + 1):
        if row < count and (masked[row] == masked[first]).all():
            continue
        for left, right in runs(np.flatnonzero(masked[first]).tolist()):
            area = QRectF(box.left() + left * wide, box.top() + first * high, (right + 1 - left) * wide,
                          (row - first) * high)  # fmt: skip
            paint_cut(painter, area, look)
        first = row
