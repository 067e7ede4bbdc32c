"""The symbols around the small multiples of heads: at the left of each line, under each column of panels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.appearance import Appearance
from gui.views.heads_layout import HeadsGeometry
from gui.views.time_axis import next_round

_LARGEST, _LEAST = 12.0, 8.0
_MOST_LABEL = 60.0


def widest_label(names: tuple[str, ...], look: Appearance) -> float:
    """Width of the symbols at the left."""
    metrics = QFontMetricsF(look.font(_LARGEST))
    return min(max((metrics.horizontalAdvance(name) for name in names), default=0.0), look.px(_MOST_LABEL))


def paint_axes(
    painter: QPainter, made: HeadsGeometry, names: Sequence[str], sources: Sequence[str], look: Appearance
) -> None:
    """Symbols of the rows and of the columns, thinned out where there is no room for all."""
    high = made.cell[1]
    size = min(_LARGEST, max(_LEAST, high / look.px(1.25)))
    metrics = QFontMetricsF(look.font(size))
    painter.setFont(look.font(size))
    painter.setPen(look.color("ink"))
    every = next_round(max(1.0, metrics.height() * 0.9 / high))
    middle = (metrics.ascent() - metrics.descent()) / 2
    for row in range(0, len(names), every):
        name = metrics.elidedText(names[row], Qt.TextElideMode.ElideRight, look.px(_MOST_LABEL))
        before = look.px(5) + metrics.horizontalAdvance(name)
        for box in made.maps[:: made.across]:
            painter.drawText(QPointF(box.left() - before, box.top() + (row + 0.5) * high + middle), name)
    _paint_columns(painter, made, sources, look)


def _paint_columns(painter: QPainter, made: HeadsGeometry, names: Sequence[str], look: Appearance) -> None:
    """Under the lowest panel of each column."""
    wide = made.cell[0]
    size = min(_LARGEST, max(_LEAST, wide / look.px(0.75)))
    metrics = QFontMetricsF(look.font(size))
    widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
    if widest > 6 * wide and widest > look.px(40):
        return  # long words under narrow cells would say nothing
    # Single characters may stand close: few are as wide as the widest.
    needed = 0.7 * widest if max(map(len, names), default=0) == 1 else widest + look.px(3)
    every = next_round(max(1.0, needed / wide))
    painter.setFont(look.font(size))
    count = len(made.maps)
    for panel in range(max(0, count - made.across), count):
        box = made.maps[panel]
        for column in range(0, len(names), every):
            x = box.left() + (column + 0.5) * wide - metrics.horizontalAdvance(names[column]) / 2
            painter.drawText(QPointF(x, box.bottom() + metrics.ascent() + look.px(2)), names[column])
