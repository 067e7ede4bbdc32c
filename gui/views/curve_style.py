"""Curves that are told apart by line and marker, not by colour alone, and the legend that names them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from gui.appearance import Appearance
from gui.typesetting.formula import Formula, typeset
from gui.typesetting.inks import Inks

_FONT = 11.0
_SAMPLE = 24.0
_LINE = 17.0


@dataclass(frozen=True)
class CurveStyle:
    """How a curve is drawn.

    Attributes:
        color: of the theme.
        width: px before scaling.
        line: Qt's pen style.
        marker: "circle", "square", "triangle", "diamond" or "" for none.
        filled: whether markers are.
    """

    color: str
    width: float = 1.4
    line: Qt.PenStyle = Qt.PenStyle.SolidLine
    marker: str = ""
    filled: bool = True

    def pen(self, appearance: Appearance) -> QPen:
        """The pen of its line."""
        pen = QPen(appearance.color(self.color), appearance.px(self.width))
        pen.setStyle(self.line)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def paint_marker(self, painter: QPainter, at: QPointF, appearance: Appearance, *, filled: bool = True) -> None:
        """Draw its marker, open where the value is not whole yet."""
        if not self.marker:
            return
        inside = appearance.color(self.color if filled and self.filled else "ground").name()
        size = appearance.px(3.2 if self.width < 2 else 4.0)
        ratio = painter.device().devicePixelRatio()
        stamp = _stamp(self.marker, appearance.color(self.color).name(), inside, size, appearance.px(1.4), ratio)
        half = stamp.width() / ratio / 2
        painter.drawPixmap(QPointF(at.x() - half, at.y() - half), stamp)


@dataclass(frozen=True)
class LegendEntry:
    """A curve's name: words in the language of the screen, or LaTeX."""

    style: CurveStyle
    text: str = ""
    latex: str = ""

    def formula(self, appearance: Appearance) -> Formula | None:
        """Its LaTeX, typeset."""
        return typeset(self.latex, appearance.px(_FONT + 1.5)) if self.latex else None

    def width(self, appearance: Appearance) -> float:
        """px with its sample."""
        formula = self.formula(appearance)
        written = QFontMetricsF(appearance.font(_FONT)).horizontalAdvance(self.text) if self.text else 0.0
        gap = appearance.px(5) if formula and self.text else 0.0
        return appearance.px(_SAMPLE + 5) + (formula.width if formula else 0.0) + gap + written

    def paint(self, painter: QPainter, left: float, middle: float, appearance: Appearance) -> None:
        """Draw sample and name."""
        end = left + appearance.px(_SAMPLE)
        painter.setPen(self.style.pen(appearance))
        painter.drawLine(QLineF(left, middle, end, middle))
        self.style.paint_marker(painter, QPointF((left + end) / 2, middle), appearance)
        x = end + appearance.px(5)
        metrics = QFontMetricsF(appearance.font(_FONT))
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        formula = self.formula(appearance)
        if formula is not None:
            inks = Inks.of(appearance)
            formula.paint(painter, x, baseline, inks.ink, inks.colors)
            x += formula.width + appearance.px(5)
        if self.text:
            painter.setFont(appearance.font(_FONT))
            painter.setPen(appearance.color("ink"))
            painter.drawText(QPointF(x, baseline), self.text)


def legend_rows(entries: Sequence[LegendEntry], width: float, appearance: Appearance) -> list[list[LegendEntry]]:
    """The entries in lines of a width."""
    rows: list[list[LegendEntry]] = [[]]
    used = 0.0
    for entry in entries:
        needed = entry.width(appearance) + appearance.px(12)
        if rows[-1] and used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += needed
    return rows


def legend_height(rows: Sequence[Sequence[LegendEntry]], appearance: Appearance) -> float:
    """px of the lines of a legend."""
    return len(rows) * appearance.px(_LINE)


def paint_legend(
    painter: QPainter, rows: Sequence[Sequence[LegendEntry]], place: QRectF, appearance: Appearance
) -> None:
    """Draw lines of entries from the top left of a place."""
    middle = place.top() + appearance.px(_LINE) / 2
    for row in rows:
        left = place.left()
        for entry in row:
            entry.paint(painter, left, middle, appearance)
            left += entry.width(appearance) + appearance.px(12)
        middle += appearance.px(_LINE)


@lru_cache(maxsize=128)
def _stamp(kind: str, color: str, inside: str, size: float, line: float, ratio: float) -> QPixmap:
    """A marker's picture: hundreds of them are drawn in one frame."""
    side = 2 * math.ceil(1.5 * size + line)
    stamp = QPixmap(round(side * ratio), round(side * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), line))
    painter.setBrush(QColor(inside))
    painter.drawPath(_marker(kind, QPointF(side / 2, side / 2), size))
    painter.end()
    return stamp


def _marker(kind: str, at: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    if kind == "circle":
        path.addEllipse(at, size, size)
        return path
    corners = {"square": 4, "triangle": 3, "diamond": 4}[kind]
    turn = math.pi / 4 if kind == "square" else 0.0
    reach = size * 1.3
    for corner in range(corners):
        angle = turn - math.pi / 2 + 2 * math.pi * corner / corners
        point = QPointF(at.x() + reach * math.cos(angle), at.y() + reach * math.sin(angle))
        if corner:
            path.lineTo(point)
        else:
            path.moveTo(point)
    path.closeSubpath()
    return path
