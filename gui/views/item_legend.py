"""What the patterns and colours of the matrix of items and of its bars stand for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter

from gui.appearance import Appearance
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.curve_style import LegendEntry, paint_legend
from gui.views.hatching import paint_cut, paint_hatching
from gui.views.item_bars import SUM, lag_color
from gui.views.size_scale import SizeScale

LEGEND_BARS = 44.0
"""The least height of the bars that leaves room for their legend."""
_FONT = 10.0
_LINE = 17.0
_STOPS = 8


def paint_head(
    painter: QPainter, strip: QRectF, left: float, name: str, scale: SizeScale, appearance: Appearance
) -> None:
    """In a narrow view: the items' name and the colours in a strip above; the colours begin at ``left`` or later."""
    formula = typeset(name, appearance.px(13))
    baseline = strip.center().y() + (formula.ascent - formula.descent) / 2
    formula.paint(painter, appearance.px(6), baseline, appearance.color("backward_ink"), Inks.of(appearance).colors)
    begin = max(left, appearance.px(12) + formula.width)
    scale.paint_flat(painter, QRectF(begin, strip.top(), strip.right() - begin, strip.height()), appearance)


def paint_matrix_legend(
    painter: QPainter, place: QRectF, name: str, scale: SizeScale, appearance: Appearance, *, has_cut: bool
) -> None:
    """At the right: the items' name, the colours, and at the bottom the patterns."""
    px = appearance.px
    formula = typeset(name, px(14))
    formula = typeset(name, px(14) * min(1.0, place.width() / formula.width))
    baseline = place.top() + formula.ascent
    formula.paint(painter, place.left(), baseline, appearance.color("backward_ink"), Inks.of(appearance).colors)
    top = baseline + formula.descent + px(8)
    bottom = _paint_swatches(painter, place.left(), place.bottom() - px(4), top, appearance, has_cut=has_cut)
    room = QRectF(place.left(), top, place.width(), bottom - top - px(6))
    if room.height() > px(30):
        # The scale leaves something free at the bottom of what it gets; here it may have all of it.
        scale.paint_upright(painter, room.adjusted(0, 0, 0, px(44)), appearance)


def _paint_swatches(
    painter: QPainter, left: float, bottom: float, top: float, appearance: Appearance, *, has_cut: bool
) -> float:
    """Draw the patterns from the bottom up, as many as there is room for; returns where they begin."""
    px, say = appearance.px, appearance.say
    painter.setFont(appearance.font(_FONT))
    entries: list[tuple[Callable[[QPainter, QRectF, Appearance], None], str]]
    entries = [(paint_hatching, say("not yet computed"))]
    if has_cut:
        entries.append((paint_cut, "✂ " + say("gradient cut")))
    y = bottom
    for paint, text in entries:
        if y - px(_LINE) < top:
            break
        swatch = QRectF(left, y - px(12), px(11), px(11))
        paint(painter, swatch, appearance)
        painter.setPen(appearance.color("ink_quiet"))
        painter.drawText(QPointF(swatch.right() + px(6), y - px(2)), text)
        y -= px(_LINE)
    return y


def paint_bar_legend(painter: QPainter, place: QRectF, appearance: Appearance) -> None:
    """Draw which colour is how many steps away, and the curve's name."""
    px, say = appearance.px, appearance.say
    font = appearance.font(_FONT)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(appearance.color("ink_quiet"))
    near, far = say("near"), say("far")
    baseline = place.top() + metrics.ascent()
    painter.drawText(QPointF(place.left(), baseline), say("from the loss at j"))
    y = baseline + px(5)
    width = min(px(60), place.width() - metrics.horizontalAdvance(near + far) - px(10))
    bar = QRectF(place.left() + metrics.horizontalAdvance(near) + px(5), y, max(width, px(8)), px(10))
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for stop in range(_STOPS + 1):
        gradient.setColorAt(stop / _STOPS, lag_color(stop, _STOPS, appearance))
    painter.fillRect(bar, gradient)
    text = bar.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(place.left(), text), near)
    painter.drawText(QPointF(bar.right() + px(5), text), far)
    line = QRectF(place.left(), bar.bottom() + px(4), place.width(), 0)
    if line.top() + px(_LINE) <= place.bottom() + px(6):
        paint_legend(painter, [[LegendEntry(SUM, latex=r"\lVert \Sigma_{j} \rVert")]], line, appearance)
