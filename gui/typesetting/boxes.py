"""What a typeset line is put together from: boxes with a width and an extent above and below one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.typesetting.formula import Formula, typeset
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import LineStyle

_FIRST_FULL_LETTER = "\u3000"
"""From here on stand Japanese letters, which fill their square: they are higher than digits."""


class Box(Protocol):
    """Something that stands on a baseline; sizes in px."""

    @property
    def width(self) -> float: ...

    @property
    def ascent(self) -> float: ...

    @property
    def descent(self) -> float: ...

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        """Draw it from x on the baseline."""


class FormulaBox:
    """Symbols, from the cache of formulas."""

    __slots__ = ("_formula", "ascent", "descent", "width")

    def __init__(self, latex: str, size: float) -> None:
        self._formula: Formula = typeset(latex, size)
        self.width = self._formula.width
        self.ascent = self._formula.ascent
        self.descent = self._formula.descent

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        self._formula.paint(painter, x, baseline, inks.ink, inks.colors)


class TextBox:
    """A number or a word in the font of numbers, drawn by Qt."""

    __slots__ = ("_color", "_small", "_style", "_text", "ascent", "descent", "width")

    def __init__(self, text: str, style: LineStyle, *, color: str | None = None, small: bool = False) -> None:
        self._text, self._style, self._color, self._small = text, style, color, small
        self.width = style.advance(text, small=small)
        share = style.small_share if small else 1.0
        self.ascent = style.ascent * share
        self.descent = style.descent * share
        if max(text, default="") >= _FIRST_FULL_LETTER:
            self.ascent = max(self.ascent, 0.9 * style.size * share)

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        painter.setFont(self._style.small_font if self._small else self._style.font)
        painter.setPen(inks.quiet if self._color == "ink_quiet" else inks.named(self._color))
        painter.drawText(QPointF(x, baseline), self._text)


class RowBox:
    """Boxes side by side, each with the space before it."""

    __slots__ = ("_boxes", "_gaps", "ascent", "descent", "width")

    def __init__(self, boxes: Sequence[Box], gaps: Sequence[float]) -> None:
        self._boxes, self._gaps = tuple(boxes), tuple(gaps)
        self.width = sum(box.width for box in boxes) + sum(gaps)
        self.ascent = max((box.ascent for box in boxes), default=0.0)
        self.descent = max((box.descent for box in boxes), default=0.0)

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        for box, gap in zip(self._boxes, self._gaps, strict=True):
            x += gap
            box.paint(painter, x, baseline, inks)
            x += box.width


class FractionBox:
    """One box over another, the bar on the maths axis."""

    __slots__ = ("_lower", "_style", "_upper", "ascent", "descent", "width")

    def __init__(self, upper: Box, lower: Box, style: LineStyle) -> None:
        self._upper, self._lower, self._style = upper, lower, style
        self.width = max(upper.width, lower.width) + 0.36 * style.size
        gap = self._gap()
        self.ascent = style.axis + gap + upper.ascent + upper.descent
        self.descent = gap - style.axis + lower.ascent + lower.descent

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        axis, gap = baseline - self._style.axis, self._gap()
        middle = x + self.width / 2
        rule = self._style.rule
        room = 0.12 * self._style.size
        painter.fillRect(QRectF(x + room, axis - rule / 2, self.width - 2 * room, rule), inks.ink)
        self._upper.paint(painter, middle - self._upper.width / 2, axis - gap - self._upper.descent, inks)
        self._lower.paint(painter, middle - self._lower.width / 2, axis + gap + self._lower.ascent, inks)

    def _gap(self) -> float:
        return 0.14 * self._style.size


class ScriptBox:
    """A box with something small to its upper and lower right."""

    __slots__ = ("_base", "_drop", "_lift", "_lower", "_upper", "ascent", "descent", "width")

    def __init__(self, base: Box, upper: Box | None, lower: Box | None, style: LineStyle) -> None:
        self._base, self._upper, self._lower = base, upper, lower
        self._lift = max(0.36 * style.size, base.ascent - 0.35 * style.ascent)
        self._drop = max(0.2 * style.size, base.descent)
        self.width = base.width + max((part.width for part in (upper, lower) if part), default=0.0) + 0.04 * style.size
        self.ascent = max(base.ascent, self._lift + upper.ascent if upper else 0.0)
        self.descent = max(base.descent, self._drop + lower.descent if lower else 0.0)

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        self._base.paint(painter, x, baseline, inks)
        x += self._base.width
        if self._upper:
            self._upper.paint(painter, x, baseline - self._lift, inks)
        if self._lower:
            self._lower.paint(painter, x, baseline + self._drop, inks)
