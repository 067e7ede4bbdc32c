"""A sentence with a gap: the words, in the gap what is guessed, and under it the word that is hidden there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.views.right_or_wrong import sign

_WORD, _SMALL, _SPACE, _PADDING = 15.0, 12.0, 9.0, 7.0
_ROW = 52.0
_GAP = "?"


class GapSentence(QWidget):
    """Wraps like a paragraph. The word of the time step at the cursor has a ground of its own."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words: list[str] = []
        self._place = 0
        self._guess: str | None = None
        self._time: int | None = None

    def show_sentence(self, words: list[str], place: int) -> None:
        """Show another sentence, with a gap at one of its places, from 0."""
        self._words, self._place = words, place
        self.take_appearance()

    def show_guess(self, guess: str | None, time: int | None) -> None:
        """What stands in the gap, None as long as nothing is guessed; and the time step at the cursor, from 1."""
        if (guess, time) != (self._guess, self._time):
            self._guess, self._time = guess, time
            self._update_height()
            self.setAccessibleDescription(" ".join(self._pieces()))
            self.update()

    def take_appearance(self) -> None:
        """Sizes or colours changed."""
        self._update_height()
        self.update()

    def _pieces(self) -> list[str]:
        words = list(self._words)
        if words:
            words[self._place] = self._in_gap()
        return words

    def _in_gap(self) -> str:
        if self._guess is None:
            return _GAP
        return f"{self._guess} {sign(self._guess == self._words[self._place])}"

    def _font(self, place: int) -> QFont:
        return self._appearance.font(_WORD, bold=place == self._place)

    def _boxes(self) -> list[QRectF]:
        """A box for each word, in as many rows as are needed."""
        look = self._appearance
        height, space, padding = look.px(26), look.px(_SPACE), look.px(_PADDING)
        left, top, boxes = look.px(4), look.px(4), []
        hidden = QFontMetricsF(look.font(_SMALL)).horizontalAdvance(self._words[self._place]) if self._words else 0.0
        for place, word in enumerate(self._pieces()):
            width = QFontMetricsF(self._font(place)).horizontalAdvance(word) + 2 * padding
            if place == self._place:
                width = max(width, hidden + padding, look.px(48))
            width = min(width, max(1.0, self.width() - look.px(8)))
            if left + width > self.width() and left > look.px(4):
                left, top = look.px(4), top + look.px(_ROW)
            boxes.append(QRectF(left, top, width, height))
            left += width + space
        return boxes

    def _update_height(self) -> None:
        boxes = self._boxes()
        bottom = max((box.top() for box in boxes), default=0.0) + self._appearance.px(_ROW)
        self.setMinimumHeight(round(bottom))

    def _paint_gap(self, painter: QPainter, box: QRectF) -> None:
        look = self._appearance
        right = self._guess is not None and self._guess == self._words[self._place]
        color = "line_strong" if self._guess is None else "good" if right else "loss"
        painter.setPen(QPen(look.color(color), look.px(1.6)))
        painter.setBrush(look.color("surface_sunken"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._guess is not None and not right:
            painter.setFont(look.font(_SMALL))
            painter.setPen(look.color("ink_quiet"))
            below = box.translated(0, box.height())
            text = painter.fontMetrics().elidedText(
                self._words[self._place], Qt.TextElideMode.ElideRight, round(below.width())
            )
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(420), self.minimumHeight())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._update_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._appearance, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("ground"))
        for place, (word, box) in enumerate(zip(self._pieces(), self._boxes(), strict=True)):
            if self._time == place + 1:
                painter.setPen(QPen(look.color("cursor"), look.px(1.25)))
                painter.setBrush(look.color("column_current"))
                painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), look.px(4), look.px(4))
            if place == self._place:
                self._paint_gap(painter, box)
            font = self._font(place)
            painter.setFont(font)
            painter.setPen(look.color("ink"))
            text = QFontMetricsF(font).elidedText(word, Qt.TextElideMode.ElideRight, box.width() - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
