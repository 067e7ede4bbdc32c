"""Painting the cells of a heatmap: one image for the colours, then numbers, signs and marks over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from engine.tensor import Array
from gui.appearance import Appearance
from gui.canvas.batches import draw_lines, draw_rects
from gui.color_maps import Lut, light_ink_on, paint
from gui.typesetting.number_format import grid_texts


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The looks of the cells in one theme and scale."""

    font: QFont
    ground: QColor
    line: QColor
    not_finite: QColor
    light: QColor
    dark: QColor
    rule: float

    @staticmethod
    def of(appearance: Appearance, size: float = 10.0) -> CellStyle:
        """For numbers of a font size before scaling."""
        return CellStyle(
            appearance.font(size, family="text"), appearance.color("ground"), appearance.color("line"),
            appearance.color("not_finite"), QColor("#ffffff"), QColor("#000000"), max(1.0, appearance.px(1.0)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """The numbers on screen, coloured.

    Attributes:
        values: (lines, columns).
        colors: (lines, columns, 4).
        count: how many of them are numbers of the array; the rest fills the last line of a wrapped vector.
        texts: what stands in each cell, if anything.
        exponent: the power of ten taken out of the texts.
    """

    values: Array
    colors: Lut
    count: int
    texts: list[list[str]] | None
    exponent: int


def colored_cells(
    values: Array, count: int, table: Lut, bounds: tuple[float, float], style: CellStyle, *, numbers: bool
) -> Cells:
    """Colours and texts of numbers (lines, columns); bounds are what the ends of the colours stand for."""
    color = style.not_finite
    colors = paint(values, table, *bounds, (color.red(), color.green(), color.blue()))
    texts, exponent = grid_texts(values, digits=2) if numbers else (None, 0)
    return Cells(values, colors, count, texts, exponent)


def paint_cells(painter: QPainter, cells: Cells, origin: QPointF, width: int, height: int, style: CellStyle) -> None:
    """Draw all cells from the origin, each so wide and high in px."""
    lines, columns = cells.values.shape
    colors = np.ascontiguousarray(cells.colors)
    ground = style.ground
    colors.reshape(-1, 4)[cells.count :] = (ground.red(), ground.green(), ground.blue(), 255)
    image = QImage(colors.data, columns, lines, columns * 4, QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRect(int(origin.x()), int(origin.y()), columns * width, lines * height), image)
    if min(width, height) >= 5 * style.rule:
        _paint_rules(painter, cells, origin, width, height, style)
    _paint_not_finite(painter, cells, origin, width, height, style)
    if cells.texts is not None:
        _paint_texts(painter, cells, origin, width, height, style)
    elif min(width, height) >= 6:
        _paint_signs(painter, cells, origin, width, height, style)


def _paint_rules(painter: QPainter, cells: Cells, origin: QPointF, width: int, height: int, style: CellStyle) -> None:
    onto_pixels = painter.deviceTransform()
    ratio, at = onto_pixels.m11(), onto_pixels.map(origin)
    lines, columns = cells.values.shape
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if ratio.is_integer() and at.x().is_integer() and at.y().is_integer():
        painter.drawPixmap(origin - QPointF(1, 1), _kept_rules(lines, columns, width, height, style.line.rgba(), ratio))
    else:
        _draw_rules(painter, origin, (lines, columns), (width, height), style.line)


@lru_cache(maxsize=12)
def _kept_rules(lines: int, columns: int, width: int, height: int, color: int, ratio: float) -> QPixmap:
    """On whole pixels rules look alike wherever they are: drawn once, from (1, 1), as half of a rule is before it."""
    kept = QPixmap(round((columns * width + 3) * ratio), round((lines * height + 3) * ratio))
    kept.setDevicePixelRatio(ratio)
    kept.fill(Qt.GlobalColor.transparent)
    painter = QPainter(kept)
    _draw_rules(painter, QPointF(1, 1), (lines, columns), (width, height), QColor.fromRgba(color))
    painter.end()
    return kept


def _draw_rules(
    painter: QPainter, origin: QPointF, shape: tuple[int, int], cell: tuple[int, int], color: QColor
) -> None:
    (lines, columns), (width, height) = shape, cell
    left, top, right, bottom = origin.x(), origin.y(), origin.x() + columns * width, origin.y() + lines * height
    rules = np.empty((lines + columns + 2, 4))
    rules[: lines + 1, 0], rules[: lines + 1, 2] = left, right
    rules[: lines + 1, 1::2] = (top + height * np.arange(lines + 1))[:, None]
    rules[lines + 1 :, 1], rules[lines + 1 :, 3] = top, bottom
    rules[lines + 1 :, ::2] = (left + width * np.arange(columns + 1))[:, None]
    painter.setPen(QPen(color, 1))
    draw_lines(painter, rules)


def _paint_texts(painter: QPainter, cells: Cells, origin: QPointF, width: int, height: int, style: CellStyle) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.font)
    metrics = QFontMetricsF(style.font)
    drop = (height + metrics.capHeight()) / 2
    light = light_ink_on(cells.colors)
    columns = cells.values.shape[1]
    advances: dict[str, float] = {}
    for dark_ground in (False, True):
        painter.setPen(style.light if dark_ground else style.dark)
        for at in np.flatnonzero(light.reshape(-1)[: cells.count] == dark_ground).tolist():
            line, column = divmod(at, columns)
            text = (cells.texts or [])[line][column]
            advance = advances.get(text) or advances.setdefault(text, metrics.horizontalAdvance(text))
            painter.drawText(
                QPointF(origin.x() + column * width + (width - advance) / 2, origin.y() + line * height + drop), text
            )


def _paint_signs(painter: QPainter, cells: Cells, origin: QPointF, width: int, height: int, style: CellStyle) -> None:
    """A stroke through each negative cell: the sign is not told by colour alone."""
    negative = np.argwhere(cells.values < 0)
    if not len(negative):
        return
    light = light_ink_on(cells.colors)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = 0.28 * min(width, height)
    for ink, on_dark in ((style.dark, False), (style.light, True)):
        faint = QColor(ink)
        faint.setAlpha(150)
        painter.setPen(QPen(faint, style.rule))
        line, column = negative[light[tuple(negative.T)] == on_dark].T
        middle = origin.y() + (line + 0.5) * height
        left = origin.x() + column * width
        draw_lines(painter, np.stack([left + inset, middle, left + width - inset, middle], axis=1))


def _paint_not_finite(
    painter: QPainter, cells: Cells, origin: QPointF, width: int, height: int, style: CellStyle
) -> None:
    """A hatch over each cell that is NaN or infinite."""
    bad = np.argwhere(~np.isfinite(cells.values))
    if not len(bad):
        return
    hatch = QColor(style.ground)
    hatch.setAlpha(140)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hatch)
    brush = painter.brush()
    brush.setStyle(Qt.BrushStyle.BDiagPattern)
    painter.setBrush(brush)
    boxes = np.empty((len(bad), 4))
    boxes[:, 0] = origin.x() + bad[:, 1] * width
    boxes[:, 1] = origin.y() + bad[:, 0] * height
    boxes[:, 2:] = width, height
    draw_rects(painter, boxes)
    painter.setBrush(Qt.BrushStyle.NoBrush)
