"""Short texts that are drawn again and again: laid out once, drawn as glyph runs."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QGlyphRun, QPainter, QTextLayout

_MOST = 5000
_FIXED = 64
"""A text begins at a whole part of a px, so finely divided, as QPainter.drawText has it."""

Placed = tuple[str, float, float]
"""A text, where it begins, and its baseline, px."""


class KeptTexts:
    """Draws what ``QPainter.drawText`` draws in one font, without laying a text out twice."""

    def __init__(self, font: QFont) -> None:
        self._font, self._metrics = font, QFontMetricsF(font)
        self._known: dict[str, tuple[float, float, list[QGlyphRun]]] = {}

    @property
    def font(self) -> QFont:
        """The font that is drawn in."""
        return self._font

    @property
    def metrics(self) -> QFontMetricsF:
        """Its metrics."""
        return self._metrics

    def advance(self, text: str) -> float:
        """The width of a text, px."""
        return self._laid_out(text)[0]

    def draw(self, painter: QPainter, texts: Iterable[Placed]) -> None:
        """Draw texts with the painter's pen."""
        for text, x, baseline in texts:
            _, ascent, runs = self._laid_out(text)
            for run in runs:
                painter.drawGlyphRun(QPointF(math.floor(x * _FIXED) / _FIXED, baseline - ascent), run)

    def _laid_out(self, text: str) -> tuple[float, float, list[QGlyphRun]]:
        """Width, height over the baseline, and the glyphs below that height."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            layout = QTextLayout(text, self._font)
            layout.beginLayout()
            line = layout.createLine()
            layout.endLayout()
            found = self._known[text] = self._metrics.horizontalAdvance(text), line.ascent(), layout.glyphRuns()
        return found
