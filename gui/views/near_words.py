"""Words with their cosines, the nearest first; a click picks one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.word_vectors import Near
from gui.appearance import Appearance
from gui.typesetting.number_format import MINUS
from gui.views.text_reading import brief

_ROW = 19.0
_LEAST_ROWS = 3
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class NearWords(QWidget):
    """As many as there is room for.

    Signals:
        picked(word): the id of a word that was clicked on.
    """

    picked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words: Sequence[str] = ()
        self._near: Sequence[Near] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.take_appearance()

    @property
    def near(self) -> Sequence[Near]:
        """What is listed."""
        return self._near

    def show_near(self, words: Sequence[str], near: Sequence[Near]) -> None:
        """List others."""
        self._words, self._near = words, near
        self.setAccessibleDescription("; ".join(f"{brief(words[one])} {cosine_text(cosine)}" for one, cosine in near))
        self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)
        self.update()

    def take_appearance(self) -> None:
        """Sizes or colours changed."""
        self.setMinimumHeight(round(_LEAST_ROWS * self._row()))
        self.setMinimumWidth(self._appearance.whole_px(130))
        self.update()

    def _row(self) -> float:
        return self._appearance.px(_ROW)

    def _paint_row(self, painter: QPainter, word: str, cosine: float, top: float, name: float) -> None:
        look, height = self._appearance, self._row()
        font = look.font(12.5)
        number = QFontMetricsF(look.font(12, family="mono")).horizontalAdvance("−0.00") + look.px(8)
        painter.setFont(font)
        painter.setPen(look.color("ink"))
        text = QFontMetricsF(font).elidedText(word, Qt.TextElideMode.ElideRight, name - look.px(8))
        painter.drawText(QRectF(0, top, name - look.px(6), height), Qt.AlignmentFlag.AlignRight | _MIDDLE, text)
        track = QRectF(name, top + height * 0.25, max(1.0, self.width() - name - number), height * 0.5)
        painter.fillRect(track, look.color("surface_sunken"))
        filled = QRectF(track)
        filled.setWidth(track.width() * min(max(cosine, 0.0), 1.0))
        painter.fillRect(filled, look.color("parameter"))
        painter.setFont(look.font(12, family="mono"))
        painter.setPen(look.color("ink_quiet"))
        box = QRectF(self.width() - number, top, number, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | _MIDDLE, cosine_text(cosine))

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(200), round(8 * self._row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self._near[: max(1, int(self.height() // self._row()))]
        metrics = QFontMetricsF(self._appearance.font(12.5))
        names = [brief(self._words[one]) for one, _ in shown]
        widest = max(map(metrics.horizontalAdvance, names), default=0.0) + self._appearance.px(10)
        for number, (name, (_, cosine)) in enumerate(zip(names, shown, strict=True)):
            self._paint_row(painter, name, cosine, number * self._row(), min(widest, 0.5 * self.width()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._row())
        if event.button() is Qt.MouseButton.LeftButton and 0 <= row < len(self._near):
            self.picked.emit(self._near[row][0])


def cosine_text(cosine: float) -> str:
    """Two places behind the point."""
    return f"{cosine:.2f}".replace("-", MINUS)
