"""How a forced weight looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.appearance import Appearance

_FOLD = 0.45
_LEAST_FOLD, _MOST_FOLD = 6.0, 9.0


def paint_forced(painter: QPainter, box: QRectF, look: Appearance) -> None:
    """A frame within the cell, one corner folded: seen at any size, in any colour of the cell."""
    color = look.color("warning")
    fold = min(_FOLD * min(box.width(), box.height()), look.px(_MOST_FOLD))
    corner = box.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(fold, 0), corner + QPointF(0, fold)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A line of the ground between the frame and a cell of any colour, where the cell is large enough.
    halo = ((look.px(1.9), look.color("ground")),) if fold >= look.px(_LEAST_FOLD) else ()
    for inset, ink in (*halo, (look.px(0.7), color)):
        painter.setPen(QPen(ink, look.px(1.4)))
        painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
