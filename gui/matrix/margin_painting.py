"""What stands around the cells of a heatmap: the numbers of rows and columns, and the colours as a scale."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from gui.appearance import Appearance
from gui.color_maps import Lut
from gui.matrix.cell_grid import CellGrid
from gui.typesetting.kept_texts import KeptTexts, Placed


def indices(
    grid: CellGrid, first: tuple[int, int], origin: QPoint, texts: KeptTexts, look: Appearance
) -> list[Placed]:
    """The numbers of lines and columns, so many that they do not touch.

    Args:
        first: the line and the column on screen first.
        origin: where the first cell begins.
    """
    if grid.shape == (1, 1):
        return []
    placed = []
    pace = max(1, -(-look.whole_px(26) // grid.cell_width))
    baseline = _baseline(0, origin.y(), texts)
    for column in range(0, grid.shown_columns, pace):
        # In a wrapped vector the number of a place is that of its line plus that of its column.
        said = f"+{column}" if grid.wrapped and grid.lines > 1 and column else str(first[1] + column)
        left = origin.x() + column * grid.cell_width + (grid.cell_width - texts.advance(said)) / 2
        placed.append((said, left, baseline))
    pace = max(1, -(-look.whole_px(15) // grid.cell_height))
    right = origin.x() - look.px(4)
    for line in range(0, grid.shown_lines, pace):
        said = str((first[0] + line) * (grid.per_line if grid.wrapped else 1))
        top = origin.y() + line * grid.cell_height
        placed.append((said, right - texts.advance(said), _baseline(top, grid.cell_height, texts)))
    return placed


def _baseline(top: float, height: float, texts: KeptTexts) -> float:
    """Of a number in the middle of a height."""
    return top + (height - texts.metrics.height()) / 2 + texts.metrics.ascent()


def paint_ramp(painter: QPainter, bar: QRectF, table: Lut, look: Appearance) -> None:
    """The colours of a table from its least to its greatest entry."""
    ramp = QLinearGradient(bar.topLeft(), bar.topRight())
    for at in range(0, 256, 51):
        ramp.setColorAt(at / 255, QColor(*(int(part) for part in table[at])))
    painter.fillRect(bar, ramp)
    painter.setPen(look.color("line_strong"))
    painter.drawRect(bar)
