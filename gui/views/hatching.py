"""What is not yet computed: hatched, so that nobody takes it for a zero."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gui.appearance import Appearance

_OVER_VALUES = 0.45
_SPACING = 7.0
_LINES = 12
"""Lines in a tile: few large tiles are drawn faster than many small ones."""


def paint_hatching(painter: QPainter, area: QRectF, appearance: Appearance, *, over_values: bool = False) -> None:
    """Hatch an area; over values that may still grow, lightly. Neighbouring areas join without a seam."""
    color = QColor(appearance.color("pale"))
    if over_values:
        color.setAlphaF(_OVER_VALUES)
    spacing = appearance.whole_px(_SPACING)
    size = _LINES * spacing
    tile = _tile(color.name(QColor.NameFormat.HexArgb), spacing, painter.device().devicePixelRatio())
    # On whole pixels: a tile that is moved by fractions would be smoothed, which is slow and looks dull.
    left, top = math.floor(area.left() + 0.5), math.floor(area.top() + 0.5)
    right, bottom = math.floor(area.right() + 0.5), math.floor(area.bottom() + 0.5)
    if right > left and bottom > top:
        painter.drawTiledPixmap(QRectF(left, top, right - left, bottom - top), tile, QPointF(left % size, top % size))


def paint_cut(painter: QPainter, area: QRectF, appearance: Appearance) -> None:
    """Fill an area that no gradient reaches because it was cut: hatched the other way, on a ground of its own."""
    color = appearance.color("line_strong").name(QColor.NameFormat.HexArgb)
    spacing = appearance.whole_px(_SPACING)
    size = _LINES * spacing
    tile = _tile(color, spacing, painter.device().devicePixelRatio(), mirrored=True)
    box = QRectF(area.toAlignedRect()) & area.adjusted(-0.5, -0.5, 0.5, 0.5)
    painter.fillRect(box, appearance.color("surface_sunken"))
    painter.drawTiledPixmap(box, tile, QPointF(box.left() % size, box.top() % size))


def runs(times: Iterable[int]) -> list[tuple[int, int]]:
    """(first, last) of every stretch of ascending numbers without a gap."""
    found: list[tuple[int, int]] = []
    for t in times:
        if found and found[-1][1] == t - 1:
            found[-1] = found[-1][0], t
        else:
            found.append((t, t))
    return found


@lru_cache(maxsize=32)
def _tile(color: str, spacing: int, ratio: float, *, mirrored: bool = False) -> QPixmap:
    size = _LINES * spacing
    tile = QPixmap(round(size * ratio), round(size * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), max(1.0, spacing / _SPACING)))
    if mirrored:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    for line in range(2 * _LINES + 1):
        painter.drawLine(QPointF(-1, line * spacing + 1), QPointF(line * spacing + 1, -1))
    painter.end()
    return tile
