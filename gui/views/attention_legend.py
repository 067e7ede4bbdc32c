"""What the colours and hatchings of an attention heatmap mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.appearance import Appearance
from gui.views.attention_marks import paint_forced
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_cut, paint_hatching

_FONT, _NAME = 10.0, 14.0


@dataclass(frozen=True)
class Legend:
    """What is to be explained.

    Attributes:
        name: of the numbers.
        gradient, masked, forced: whether they are gradients, some are masked, some are forced.
        area: where the cells are.
        size: of the widget.
        upright: whether there is room at the right of the cells.
    """

    name: str
    gradient: bool
    masked: bool
    forced: bool
    area: QRectF
    size: QSize
    upright: bool


def paint_legend(painter: QPainter, legend: Legend, scale: ColorScale, flat: QRectF, look: Appearance) -> None:
    """Draw it at the right of the cells; in a narrow view across a strip above them."""
    area = legend.area
    font = look.font(_NAME, italic=True, family="math")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.color("backward_ink" if legend.gradient else "ink"))
    if not legend.upright:
        painter.drawText(QPointF(flat.left(), flat.center().y() + metrics.ascent() / 2 - 1), legend.name)
        scale.paint_flat(painter, flat, look)
        return
    left = area.right() + look.px(14)
    painter.drawText(QPointF(left, area.top() - look.px(8)), legend.name)
    room = legend.size.height() - area.top() - look.px(26)
    swatches = _swatches(legend, look)
    line = QFontMetricsF(look.font(_FONT)).height() * 1.25
    needed = line * len(swatches)
    with_swatches = room - needed > look.px(70)
    scale.paint_upright(painter, QRectF(left, area.top(), look.px(100), room - needed * with_swatches), look)
    if with_swatches:
        _paint_swatches(painter, legend, swatches, QPointF(left, area.top() + room - needed), line, look)


def _swatches(legend: Legend, look: Appearance) -> dict[str, str]:
    """What is hatched or marked how → text."""
    found = {"later": look.say("not yet computed")}
    if legend.masked:
        found["masked"] = look.say("masked")
    if legend.forced:
        found["forced"] = look.say("forced value")
    return found


def _paint_swatches(
    painter: QPainter, legend: Legend, swatches: dict[str, str], at: QPointF, line: float, look: Appearance
) -> None:
    font = look.font(_FONT)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    size = look.px(11)
    paint = {"later": paint_hatching, "masked": paint_cut, "forced": paint_forced}
    for number, (kind, text) in enumerate(swatches.items()):
        top = at.y() + number * line
        swatch = QRectF(at.x(), top, size, size)
        paint[kind](painter, swatch, look)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.color("line_strong"))
        painter.drawRect(swatch)
        painter.setPen(look.color("ink_quiet"))
        room = legend.size.width() - at.x() - size - look.px(8)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(at.x() + size + look.px(6), top + size / 2 + metrics.ascent() / 2 - 1), text)
