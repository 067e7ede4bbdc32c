"""The names of words as a map writes them: shortened, measured and laid out once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

from gui.views.text_reading import brief

_LONGEST = 18


class WordNames:
    """Names in one font.

    Attributes:
        font: that.
        height: of each name.
        widths: (n,) of them all.
    """

    def __init__(self, words: Sequence[str], font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self.font, self.height = font, metrics.height()
        self._names = [_shortened(brief(word)) for word in words]
        self.widths: NDArray[np.float64] = np.array([metrics.horizontalAdvance(name) for name in self._names])
        self._laid_out: dict[int, QStaticText] = {}

    def __getitem__(self, word: int) -> str:
        return self._names[word]

    def paint(self, painter: QPainter, word: int, left: float, top: float) -> None:
        """Write a name; the painter has the font and the pen."""
        text = self._laid_out.get(word)
        if text is None:
            text = self._laid_out[word] = QStaticText(self._names[word])
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self.font)
        painter.drawStaticText(QPointF(left, top), text)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
