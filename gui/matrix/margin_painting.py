"""What stands around the cells of a heatmap: the numbers of rows and columns, and the colours as a scale."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from gui.appearance import Appearance
from gui.color_maps import Lut
from gui.matrix.cell_grid import CellGrid


def paint_indices(painter: QPainter, grid: CellGrid, first: tuple[int, int], origin: QPoint, look: Appearance) -> None:
    """The numbers of lines and columns, so many that they do not touch.

    Args:
        first: the line and the column on screen first.
        origin: where the first cell begins.
    """
    if grid.shape == (1, 1):
        return
    painter.setPen(look.color("ink_quiet"))
    pace = max(1, -(-look.whole_px(26) // grid.cell_width))
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    for column in range(0, grid.shown_columns, pace):
        # In a wrapped vector the number of a place is that of its line plus that of its column.
        said = f"+{column}" if grid.wrapped and grid.lines > 1 and column else str(first[1] + column)
        place = QRectF(origin.x() + column * grid.cell_width - 20, 0, grid.cell_width + 40, origin.y())
        painter.drawText(place, flags, said)
    pace = max(1, -(-look.whole_px(15) // grid.cell_height))
    flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for line in range(0, grid.shown_lines, pace):
        number = (first[0] + line) * (grid.per_line if grid.wrapped else 1)
        top = origin.y() + line * grid.cell_height
        painter.drawText(QRectF(0, top, origin.x() - look.px(4), grid.cell_height), flags, str(number))


def paint_ramp(painter: QPainter, bar: QRectF, table: Lut, look: Appearance) -> None:
    """The colours of a table from its least to its greatest entry."""
    ramp = QLinearGradient(bar.topLeft(), bar.topRight())
    for at in range(0, 256, 51):
        ramp.setColorAt(at / 255, QColor(*(int(part) for part in table[at])))
    painter.fillRect(bar, ramp)
    painter.setPen(look.color("line_strong"))
    painter.drawRect(bar)
