"""What the colours and hatchings of an attention heatmap mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_cut, paint_hatching

if TYPE_CHECKING:
    from gui.views.attention_plot import AttentionPlot

_FONT, _NAME = 10.0, 14.0


def paint_legend(painter: QPainter, plot: AttentionPlot, scale: ColorScale, flat: QRectF) -> None:
    """Draw it at the right of the cells; in a narrow view across a strip above them."""
    look, area = plot.appearance, plot.area
    font = look.font(_NAME, italic=True, family="math")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.color("backward_ink" if plot.rows.gradient else "ink"))
    if not plot.wide:
        painter.drawText(QPointF(flat.left(), flat.center().y() + metrics.ascent() / 2 - 1), plot.name)
        scale.paint_flat(painter, flat, look)
        return
    left = area.right() + look.px(14)
    painter.drawText(QPointF(left, area.top() - look.px(8)), plot.name)
    room = plot.viewport().height() - area.top() - look.px(26)
    swatches = _swatches(plot)
    line = QFontMetricsF(look.font(_FONT)).height() * 1.25
    needed = line * len(swatches)
    with_swatches = room - needed > look.px(70)
    scale.paint_upright(painter, QRectF(left, area.top(), look.px(100), room - needed * with_swatches), look)
    if with_swatches:
        _paint_swatches(painter, plot, swatches, QPointF(left, area.top() + room - needed), line)


def _swatches(plot: AttentionPlot) -> list[tuple[str, bool]]:
    """(text, whether masked)."""
    say = plot.appearance.say
    masked = any(plot.rows.masked(row).any() for row in plot.visible_rows()[:1])
    return [(say("not yet computed"), False)] + ([(say("masked"), True)] if masked else [])


def _paint_swatches(
    painter: QPainter, plot: AttentionPlot, swatches: list[tuple[str, bool]], at: QPointF, line: float
) -> None:
    look = plot.appearance
    font = look.font(_FONT)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    size = look.px(11)
    for number, (text, is_masked) in enumerate(swatches):
        top = at.y() + number * line
        swatch = QRectF(at.x(), top, size, size)
        (paint_cut if is_masked else paint_hatching)(painter, swatch, look)
        painter.setPen(look.color("line_strong"))
        painter.drawRect(swatch)
        painter.setPen(look.color("ink_quiet"))
        room = plot.viewport().width() - at.x() - size - look.px(8)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(at.x() + size + look.px(6), top + size / 2 + metrics.ascent() / 2 - 1), text)
