"""The symbols along both axes of an attention heatmap, thinned out where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.views.attention_geometry import HEADING, TOKEN, LabelColumn
from gui.views.attention_tokens import ANSWERED, ASKED, READ, TIME
from gui.views.right_or_wrong import WRONG
from gui.views.time_axis import next_round

if TYPE_CHECKING:
    from gui.views.attention_plot import AttentionPlot

_LEAST_TOKEN = 9.5
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def paint_headings(painter: QPainter, plot: AttentionPlot) -> None:
    """What the columns of labels are."""
    look, made = plot.appearance, plot.arrangement
    painter.setFont(look.font(HEADING))
    painter.setPen(look.color("ink_quiet"))
    height = QFontMetricsF(look.font(HEADING)).height()
    for name, column in made.labels.items():
        box = QRectF(column.left, made.area.top() - height - look.px(4), column.width, height)
        painter.drawText(box, _MIDDLE, plot.headings[name])


def paint_source(painter: QPainter, plot: AttentionPlot, sources: Sequence[str]) -> None:
    """The source's symbols above the columns."""
    look, made, axis = plot.appearance, plot.arrangement, plot.axis
    font = look.font(TOKEN)
    metrics = QFontMetricsF(font)
    widest = max((metrics.horizontalAdvance(one) for one in sources), default=0.0)
    every = next_round(max(1.0, (metrics.height() if made.upright else widest) / made.column))
    painter.setFont(font)
    painter.setPen(look.color("ink"))
    area = made.area
    painter.setClipRect(QRectF(area.left() - 2, 0, area.width() + 4, area.top()))
    for t in plot.visible_times():
        if t % every and every > 1:
            continue
        if made.upright:
            text = metrics.elidedText(sources[t - 1], Qt.TextElideMode.ElideRight, made.head)
            painter.save()
            painter.translate(axis.centre(t) + (metrics.ascent() - metrics.descent()) / 2, area.top() - look.px(3))
            painter.rotate(-90)
            painter.drawText(QPointF(0, 0), text)
            painter.restore()
        else:
            x = axis.centre(t) - metrics.horizontalAdvance(sources[t - 1]) / 2
            painter.drawText(QPointF(x, area.top() - look.px(2) - metrics.descent()), sources[t - 1])
    painter.setClipping(False)


def paint_row_labels(painter: QPainter, plot: AttentionPlot, row: int) -> None:
    """Time step, truth and answer at the left of a row, on a ground of their own."""
    look, made, box = plot.appearance, plot.arrangement, plot.row_box(row)
    # Low rows have smaller labels before some are left out.
    size = min(TOKEN, max(_LEAST_TOKEN, made.row / look.px(1.2)))
    height = QFontMetricsF(look.font(size)).height()
    every = next_round(max(1.0, height / made.row))
    middle = box.center().y()
    if row % every or not made.area.top() <= middle <= made.area.bottom():
        return
    # A label may be higher than its row.
    height = max(height, made.row)
    ground = QRectF(0, middle - height / 2, made.area.left() - look.px(1), height)
    painter.setClipRect(ground & QRectF(0, made.area.top() - look.px(3), made.area.left(), made.area.height()
                                        + look.px(6)))  # fmt: skip
    painter.fillRect(ground, look.color("ground"))
    tokens, time = plot.tokens, plot.rows.table.times[row]
    answer, wrong = tokens.answered(row), tokens.is_right(row) is False
    texts = {
        TIME: (str(time), "ink_quiet", min(size, HEADING)),
        READ: (tokens.read(row), "ink", size),
        ASKED: (tokens.asked(row), "ink", size),
        ANSWERED: (f"{answer} {WRONG}" if wrong else answer or "", "loss" if wrong else "ink", size),
    }
    for name, column in made.labels.items():
        _paint_label(painter, plot, column, middle, *texts[name])
    painter.setClipping(False)


def _paint_label(
    painter: QPainter, plot: AttentionPlot, column: LabelColumn, middle: float, text: str, color: str, size: float
) -> None:
    look = plot.appearance
    font = look.font(size)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.color(color))
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, column.width)
    left = column.left + (column.width - metrics.horizontalAdvance(text)) / 2
    painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), text)
