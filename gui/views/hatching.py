"""What is not yet computed: hatched, so that nobody takes it for a zero."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from gui.appearance import Appearance

_OVER_VALUES = 0.45


def paint_hatching(painter: QPainter, area: QRectF, appearance: Appearance, *, over_values: bool = False) -> None:
    """Hatch an area; over values that may still grow, lightly."""
    color = QColor(appearance.color("pale"))
    if over_values:
        color.setAlphaF(_OVER_VALUES)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    # One pattern for all columns, whatever their edges are.
    painter.setBrushOrigin(0, 0)
    brush = QBrush(color, Qt.BrushStyle.BDiagPattern)
    painter.fillRect(area, brush)
    painter.restore()
