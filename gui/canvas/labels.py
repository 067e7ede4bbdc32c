"""Labels: short texts with subscripts and superscripts, laid out once and drawn as glyph runs."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGlyphRun, QPainter, QPainterPath, QTextLayout

from gui.appearance import Appearance

_KEPT = 6000
_LEAST = 5
_LARGE = 20
_SCRIPT_SIZE = 0.68
_SUBSCRIPT_DROP = 0.22
_SUPERSCRIPT_RISE = 0.36
_PIECES = re.compile(r"([_^/])\{([^}]*)\}")
"""``_{lower}``, ``^{raised}`` and ``/{slanted}`` pieces of a label's text."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a label is set: family ("text", "mono", "math"), size in px, slanted, bold."""

    family: str = "text"
    size: int = 12
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text that is laid out; its baseline starts at (0, 0).

    Attributes:
        runs: glyphs with their places.
        path: the outlines, for devices that do not take glyphs.
        width: advance, px.
        middle: height over the baseline of the middle of a capital, px.
        ink: bounding rectangle of what is drawn.
        is_large: whether it is drawn by its outlines: pictures of large glyphs cost more to keep than to make.
    """

    runs: tuple[tuple[QPointF, QGlyphRun], ...]
    path: QPainterPath
    width: float
    middle: float
    ink: QRectF
    is_large: bool

    def draw(self, painter: QPainter, x: float, baseline: float, color: QColor, *, outlined: bool = False) -> None:
        """Draw it from x on the baseline."""
        if outlined or self.is_large:
            painter.fillPath(self.path.translated(x, baseline), color)
            return
        painter.setPen(color)
        for at, run in self.runs:
            painter.drawGlyphRun(QPointF(x + at.x(), baseline + at.y()), run)

    def draw_centered(self, painter: QPainter, x: float, y: float, color: QColor) -> None:
        """Draw it with the middle of its ink at (x, y), as a symbol sits in a circle."""
        center = self.ink.center()
        painter.fillPath(self.path.translated(x - center.x(), y - center.y()), color)


class LabelCache:
    """Labels laid out so far; the least recently used go first."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._labels: OrderedDict[tuple[str, Style], Label] = OrderedDict()

    def get(self, text: str, style: Style) -> Label:
        """The label of a text."""
        key = text, style
        label = self._labels.get(key)
        if label is None:
            label = self._labels[key] = self._laid_out(text, style)
            if len(self._labels) > _KEPT:
                self._labels.popitem(last=False)
        else:
            self._labels.move_to_end(key)
        return label

    def clear(self) -> None:
        """Forget all, as fonts may have changed."""
        self._labels.clear()

    def _font(self, style: Style, factor: float = 1.0) -> QFont:
        font = self._appearance.font(13.0, bold=style.bold, italic=style.italic, family=style.family)
        font.setPixelSize(max(_LEAST, round(style.size * factor)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _laid_out(self, text: str, style: Style) -> Label:
        runs: list[tuple[QPointF, QGlyphRun]] = []
        path = QPainterPath()
        x = 0.0
        scripts_from = 0.0
        for mark, piece in _pieces(text):
            font, drop = self._piece_font(mark, style, len(piece) == 1)
            if mark in "_^":
                x = scripts_from if scripts_from else x
            start = x
            x = _append(runs, path, piece, font, x, drop)
            # A subscript and a superscript stand over each other, not one behind the other.
            scripts_from = start if mark in "_^" and not scripts_from else 0.0
        metrics = QFontMetricsF(self._font(style))
        width = max([x, *(at.x() + run.boundingRect().right() for at, run in runs)])
        return Label(tuple(runs), path, width, metrics.capHeight() / 2, path.boundingRect(), style.size >= _LARGE)

    def _piece_font(self, mark: str, style: Style, is_letter: bool) -> tuple[QFont, float]:
        if mark == "_":
            upright = Style(style.family, style.size, style.italic and is_letter, style.bold)
            return self._font(upright, _SCRIPT_SIZE), style.size * _SUBSCRIPT_DROP
        if mark == "^":
            return self._font(style, _SCRIPT_SIZE), -style.size * _SUPERSCRIPT_RISE
        if mark == "/":
            return self._font(Style("math", round(style.size * 1.08), True, style.bold)), 0.0
        return self._font(style), 0.0


def _pieces(text: str) -> list[tuple[str, str]]:
    """(mark, text) of each piece; the mark of plain text is a space."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _PIECES.finditer(text):
        if found.start() > end:
            pieces.append((" ", text[end : found.start()]))
        pieces.append((found[1], found[2]))
        end = found.end()
    if end < len(text):
        pieces.append((" ", text[end:]))
    return pieces


def _append(
    runs: list[tuple[QPointF, QGlyphRun]], path: QPainterPath, text: str, font: QFont, x: float, drop: float
) -> float:
    """Lay out one piece from x on; where the next one starts."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if not line.isValid():
        return x
    ascent = line.ascent()
    runs.extend((QPointF(x, drop - ascent), run) for run in layout.glyphRuns())
    path.addText(QPointF(x, drop), font, text)
    return x + line.naturalTextWidth()
