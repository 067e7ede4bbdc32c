"""The heads of attention as small maps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from gui.appearance import Appearance
from gui.views.attention_marks import paint_forced
from gui.views.attention_table import Marks, Numbers
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_cut, paint_hatching, runs


def paint_numbers(
    painter: QPainter, numbers: Numbers, masked: Marks, boxes: Sequence[QRectF], scale: ColorScale, look: Appearance
) -> None:
    """Colour each panel's numbers (panels, rows, S) over its box."""
    colors = np.ascontiguousarray(scale.colors(np.where(masked, 0.0, numbers), look))
    count, width = numbers.shape[1:]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for panel, box in zip(colors, boxes, strict=True):
        painter.drawImage(box, QImage(panel.data, width, count, 4 * width, QImage.Format.Format_RGBA8888))


def paint_masks(painter: QPainter, masked: Marks, boxes: Sequence[QRectF], look: Appearance) -> None:
    """Hatch what is masked (panels, rows, S) over each panel's box."""
    for panel, box in zip(masked, boxes, strict=True):
        _paint_masked(painter, panel, box, look)


def paint_marks(
    painter: QPainter, box: QRectF, shown: Sequence[int | None], forced: Marks, look: Appearance
) -> None:
    """Draw over a panel's numbers and masks what is yet to come, what is forced (rows, S), and its frame."""
    count, width = forced.shape
    high, wide = box.height() / count, box.width() / width
    for first, last in runs(row for row, entry in enumerate(shown) if entry is None):
        later = QRectF(box.left(), box.top() + first * high, box.width(), (last + 1 - first) * high)
        painter.fillRect(later, look.color("ground"))
        paint_hatching(painter, later, look)
    for row, column in np.argwhere(forced).tolist():
        if shown[row] is not None:
            paint_forced(painter, QRectF(box.left() + column * wide, box.top() + row * high, wide, high), look)
    painter.setPen(QPen(look.color("line_strong"), look.px(1)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_masked(painter: QPainter, masked: Marks, box: QRectF, look: Appearance) -> None:
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
