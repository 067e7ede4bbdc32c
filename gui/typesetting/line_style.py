"""The measures of a line of numbers: one font size, the font of its numbers, where its axis lies."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from gui.appearance import Appearance
from gui.typesetting.formula_picture import AXIS

SMALL = 0.72

_MOST_KEPT = 8192
"""Texts whose widths are remembered: three decimals with a sign are 2000."""


class LineStyle:
    """Sizes in px for one font size; make it when the scale changes, not for every step.

    Args:
        font: the font of numbers, in pixels.
    """

    small_share = SMALL

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.size = float(font.pixelSize())
        self.small_font = QFont(font)
        self.small_font.setPixelSize(max(1, round(self.size * SMALL)))
        self._metrics = QFontMetricsF(self.font)
        self._small_metrics = QFontMetricsF(self.small_font)
        self._advances: dict[tuple[str, bool], float] = {}
        # Of digits, not of the whole font: a font with Japanese letters is far taller than its numbers.
        self.ascent = self._metrics.tightBoundingRect("0").height()
        self.descent = 0.2 * self.size
        self.axis = AXIS * self.size
        self.rule = max(1.0, 0.055 * self.size)

    @staticmethod
    def of(appearance: Appearance, size: float = 15.0) -> LineStyle:
        """The style for a font size before scaling."""
        return LineStyle(appearance.font(size, family="math"))

    def advance(self, text: str, *, small: bool = False) -> float:
        """The width of a number or word, remembered."""
        key = text, small
        known = self._advances.get(key)
        if known is None:
            if len(self._advances) >= _MOST_KEPT:
                self._advances.clear()
            known = self._advances[key] = self._measured(text, small)
        return known

    def _measured(self, text: str, small: bool) -> float:
        """Letter by letter where that is the same: shaping each number anew costs more."""
        if len(text) == 1 or len(text) > 40 or not text.isascii() and not _is_number(text):
            return (self._small_metrics if small else self._metrics).horizontalAdvance(text)
        return sum([self.advance(letter, small=small) for letter in text])


def _is_number(text: str) -> bool:
    return all(letter in "0123456789.−∞…×" for letter in text)
