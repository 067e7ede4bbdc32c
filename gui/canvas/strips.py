"""Strips: small heatmaps inside nodes, a cell per number, made at the size at which they are seen."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.tensor import Tensor
from gui.canvas.palette import NO_BRUSH, NO_PEN, Palette, pen
from gui.canvas.value_texts import value_range
from gui.color_maps import paint

_KEPT = 3000
_LEAST_CELL = 2.0
"""Cells are at least so wide and high, px; where there are more numbers, some are left out evenly."""
_GAP_FROM = 3.6
"""From this width on cells stand apart, px."""
Colors = NDArray[np.uint8]


def as_rows(value: NDArray[np.floating]) -> NDArray[np.floating]:
    """Any value as a matrix: a vector is one row, further axes are laid one below the other."""
    value = np.asarray(value)
    if value.ndim < 2:
        return value.reshape(1, -1)
    return value.reshape(-1, value.shape[-1])


def spread(count: int, extent: float) -> NDArray[np.int64]:
    """The indices shown of ``count`` numbers over ``extent`` px: all, or as many as fit, evenly."""
    shown = max(1, min(count, int(extent / _LEAST_CELL)))
    return np.arange(count) if shown == count else np.linspace(0, count - 1, shown).round().astype(np.int64)


def cell_colors(value: NDArray[np.floating], step: Tensor, palette: Palette) -> Colors:
    """Colours (rows, columns, 4) of a matrix of numbers."""
    least, greatest, name = value_range(value, step)
    table = palette.sequential_map if name == "sequential" else palette.value_map
    return paint(value, table, least, greatest, palette.not_finite_rgb())


class StripPainter:
    """Paints strips; keeps their pictures until the tape or the colours change."""

    def __init__(self) -> None:
        self._images: OrderedDict[tuple[int, int, int, str], tuple[QImage, Colors]] = OrderedDict()

    def clear(self) -> None:
        """Forget all pictures."""
        self._images.clear()

    def paint(
        self, painter: QPainter, rect: QRectF, entry: int, value: NDArray[np.floating], step: Tensor, palette: Palette,
        *, ratio: float = 1.0, outlined: bool = False,
    ) -> None:  # fmt: skip
        """Paint an entry's value into a rectangle."""
        rows = as_rows(value)
        if not rows.size or rect.width() < 2 or rect.height() < 2:
            return
        if outlined:
            self._paint_rects(painter, rect, rows, step, palette)
        else:
            width, height = max(1, round(rect.width() * ratio)), max(1, round(rect.height() * ratio))
            key = entry, width, height, palette.name
            kept = self._images.get(key)
            if kept is None:
                kept = self._images[key] = _image(rows, step, palette, width, height, ratio)
                if len(self._images) > _KEPT:
                    self._images.popitem(last=False)
            painter.setBrush(palette.ground)
            painter.drawImage(QRectF(round(rect.x() * ratio) / ratio, round(rect.y() * ratio) / ratio,
                                     width / ratio, height / ratio), kept[0])  # fmt: skip
        painter.setPen(pen(palette.color("line"), 0.8))
        painter.setBrush(NO_BRUSH)
        painter.drawRect(rect)
        if not np.isfinite(rows).all():
            hatch(painter, rect, palette.not_finite)

    def _paint_rects(
        self, painter: QPainter, rect: QRectF, rows: NDArray[np.floating], step: Tensor, palette: Palette
    ) -> None:
        shown = rows[np.ix_(spread(rows.shape[0], rect.height()), spread(rows.shape[1], rect.width()))]
        colors = cell_colors(shown, step, palette)
        wide, high = rect.width() / shown.shape[1], rect.height() / shown.shape[0]
        gap = min(1.0, 0.16 * wide) if wide >= _GAP_FROM else 0.0
        painter.setPen(NO_PEN)
        for (row, column), _ in np.ndenumerate(shown):
            red, green, blue, _alpha = colors[row, column].tolist()
            cell = QRectF(rect.x() + column * wide, rect.y() + row * high, wide - gap, high)
            painter.fillRect(cell, QColor(red, green, blue))


def _image(
    rows: NDArray[np.floating], step: Tensor, palette: Palette, width: int, height: int, ratio: float
) -> tuple[QImage, Colors]:
    down, across = spread(rows.shape[0], height / ratio), spread(rows.shape[1], width / ratio)
    colors = cell_colors(rows[np.ix_(down, across)], step, palette)
    column = np.arange(width) * len(across) // width
    row = np.arange(height) * len(down) // height
    pixels = np.ascontiguousarray(colors[np.ix_(row, column)])
    for cells, at, axis in ((len(across), column, 1), (len(down), row, 0)):
        if len(at) / cells >= _GAP_FROM * ratio:
            last = np.flatnonzero(at[1:] != at[:-1])
            ground = (palette.ground.red(), palette.ground.green(), palette.ground.blue(), 255)
            if axis:
                pixels[:, last] = ground
            else:
                pixels[last] = ground
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888)
    # Converted once, so that each frame copies pixels; the copy also outlives the array.
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied), pixels


def hatch(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Hatch a rectangle: what is in it is not a number."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(pen(color, 1.2))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QLineF(x, rect.bottom(), x + rect.height(), rect.top()))
        x += 5.0
    painter.restore()
