"""The cells of the matrix of items: colours, what is not there yet, what is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from engine.analysis.items import Items, Reach
from gui.appearance import Appearance
from gui.color_maps import light_ink_on
from gui.views.hatching import paint_cut, paint_hatching, runs
from gui.views.number_text import number_text
from gui.views.size_scale import SizeScale
from gui.views.time_axis import TimeAxis

_GRID_FROM = 8.0
_NUMBER = 9.5


@dataclass(frozen=True)
class CellGrid:
    """Rows of equal height over the columns of a time axis.

    Attributes:
        axis: the columns.
        area: of all rows.
        row: height of one.
    """

    axis: TimeAxis
    area: QRectF
    row: float

    def top(self, row: int) -> float:
        """y of the upper edge of a row."""
        return self.area.top() + row * self.row

    def row_at(self, y: float) -> int | None:
        """The row that holds y; None outside."""
        return int((y - self.area.top()) / self.row) if self.area.top() <= y < self.area.bottom() else None

    def box(self, first: int, last: int, begin: int, end: int) -> QRectF:
        """The cells of rows ``first … last`` and time steps ``begin … end``."""
        left, top = self.axis.edge(begin), self.top(first)
        return QRectF(left, top, self.axis.edge(end + 1) - left, self.top(last + 1) - top)


def paint_cells(
    painter: QPainter, grid: CellGrid, items: Items, columns: Sequence[int], shown: np.ndarray, scale: SizeScale,
    appearance: Appearance,
) -> None:  # fmt: skip
    """Draw some columns: what is shown in colour; what is to come is hatched, what is cut is hatched the other way."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    seen = grid.axis.between(grid.area.left() + 0.5, grid.area.right() - 0.5)
    columns = [column for column in columns if items.times[column] in seen]
    colors = scale.colors(items.norms[:, columns], appearance)
    has_lines = min(grid.row, grid.axis.column) >= appearance.px(_GRID_FROM)
    for place, column in enumerate(columns):
        t, reach, there = items.times[column], items.reach[:, column], shown[:, column]
        for first, last in runs(np.flatnonzero(there).tolist()):
            _paint_colors(painter, grid.box(first, last, t, t), colors[first : last + 1, place])
        for first, last in runs(np.flatnonzero((reach == Reach.OPEN) & ~there).tolist()):
            paint_hatching(painter, grid.box(first, last, t, t), appearance)
        for first, last in runs(np.flatnonzero(reach == Reach.CUT).tolist()):
            paint_cut(painter, grid.box(first, last, t, t), appearance)
        if has_lines:
            painter.setPen(QPen(appearance.color("line"), appearance.px(1)))
            for first, last in runs(np.flatnonzero(reach != Reach.NONE).tolist()):
                _paint_lines(painter, grid.box(first, last, t, t), last - first + 1, grid.row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_numbers(painter, grid, items, columns, shown, colors, appearance)


def _paint_colors(painter: QPainter, box: QRectF, colors: np.ndarray) -> None:
    kept = np.ascontiguousarray(colors)
    painter.drawImage(box, QImage(kept.data, 1, len(kept), 4, QImage.Format.Format_RGBX8888))


def _paint_lines(painter: QPainter, box: QRectF, count: int, height: float) -> None:
    """Lines between the cells: a zero has the colour of the ground and must not look like nothing."""
    left, right, top = box.left(), box.right(), box.top()
    lines = [QLineF(left, top + row * height, right, top + row * height) for row in range(count + 1)]
    painter.drawLines([*lines, QLineF(left, top, left, box.bottom()), QLineF(right, top, right, box.bottom())])


def _paint_numbers(
    painter: QPainter, grid: CellGrid, items: Items, columns: Sequence[int], shown: np.ndarray, colors: np.ndarray,
    appearance: Appearance,
) -> None:  # fmt: skip
    """Write the numbers where they fit into their cells."""
    font = appearance.font(_NUMBER, family="math")
    metrics = QFontMetricsF(font)
    room = grid.axis.column - appearance.px(4)
    if grid.row < metrics.height() * 1.1 or room < metrics.horizontalAdvance("0.00"):
        return
    painter.setFont(font)
    light = light_ink_on(colors)
    inks = QColor("#000000"), QColor("#ffffff")
    for row, place in np.argwhere(shown[:, columns]).tolist():
        column = columns[place]
        text = number_text(float(items.norms[row, column]), 2)
        width = metrics.horizontalAdvance(text)
        if width > room:
            continue
        painter.setPen(inks[int(light[row, place])])
        middle = grid.top(row) + (grid.row + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(grid.axis.centre(items.times[column]) - width / 2, middle), text)
