"""A dialogue as a list: each utterance in a bubble, beside it what the network says in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.color_maps import light_ink_on
from gui.views.color_scale import ColorScale
from gui.views.dialogue_reading import HEARD, SAID, Answered, Place
from gui.views.pointed_sheet import PointedSheet
from gui.views.right_or_wrong import sign, sign_color

NOT_YET = "·"
_SHADE = ColorScale(0.0, 1.0, "sequential_map")
_WORD, _TITLE = 14.0, 12.0
_HEAD, _LEAST_ROW, _MOST_ROW, _CHIP = 20.0, 26.0, 46.0, 21.0
_SPEAKER, _INDENT, _PAD, _GAP, _SIGN, _BETWEEN = 20.0, 16.0, 4.0, 2.0, 18.0, 12.0


@dataclass(frozen=True)
class Row:
    """An utterance as it is shown.

    Attributes:
        speaker: who says it.
        truth: its words.
        said: what the recorded pass says instead; None where it is not revealed; empty where nothing is to be said.
        free: what the network says running free.
        said_right, free_right: whether that is right in every word; None where it is not known or not judged.
    """

    speaker: str
    truth: tuple[str, ...]
    said: tuple[Answered | None, ...]
    free: tuple[Answered, ...]
    said_right: bool | None
    free_right: bool | None


class DialogueSheet(PointedSheet[Place]):
    """Paints rows; words answer the mouse with their places."""

    def __init__(
        self, appearance: Appearance, pick: Callable[[Place], None], hover: Callable[[Place | None], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(appearance, pick, hover, parent)
        self._titles: tuple[str, ...] = ("", "", "")
        self._rows: tuple[Row, ...] = ()
        self._current: Place | None = None
        self._widest: tuple[str, ...] = ()

    def show_titles(self, titles: tuple[str, str, str], longest: tuple[str, ...]) -> None:
        """Name the columns; ``longest``: words of the longest utterance there can be, to measure the columns."""
        self._titles, self._widest = titles, longest
        self.updateGeometry()
        self.update()

    def show_rows(self, rows: tuple[Row, ...], current: Place | None) -> None:
        """Show a dialogue, and the word at the cursor."""
        if (rows, current) != (self._rows, self._current):
            self._rows, self._current = rows, current
            self.update()

    # --- where --------------------------------------------------------------------------------------------------------

    def _row_height(self) -> float:
        room = (self.height() - self._head()) / max(1, len(self._rows))
        return min(max(room, self._appearance.px(_LEAST_ROW)), self._appearance.px(_MOST_ROW))

    def _head(self) -> float:
        return self._appearance.px(_HEAD)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._appearance.font(_WORD))

    def _widths(self, words: tuple[str, ...]) -> list[float]:
        metrics, pad = self._metrics(), self._appearance.px(2 * _PAD)
        return [metrics.horizontalAdvance(word or NOT_YET) + pad for word in words]

    def _columns(self) -> list[float]:
        """The left edges of the three columns, and the right edge of the last."""
        px = self._appearance.px
        words = sum(self._widths(self._widest)) + px(_GAP) * len(self._widest) + px(_SIGN)
        first = px(_SPEAKER)
        second = first + px(_INDENT) + words + px(_BETWEEN)
        spare = max(0.0, self.width() - (second + 2 * words + px(_BETWEEN))) / 6
        second, step = second + spare, words + px(_BETWEEN) + spare
        return [first, second, second + step, second + 2 * step]

    def _chips(self, row: int, column: int) -> list[QRectF]:
        """The boxes of the words of a cell."""
        one, px = self._rows[row], self._appearance.px
        words = (one.truth, tuple("" if word is None else word.word for word in one.said), tuple(
            word.word for word in one.free
        ))[column]  # fmt: skip
        x = self._columns()[column] + (px(_INDENT) * (row % 2) if column == 0 else 0.0) + px(_PAD)
        middle, boxes = self._head() + (row + 0.5) * self._row_height(), []
        for width in self._widths(words):
            boxes.append(QRectF(x, middle - px(_CHIP) / 2, width, px(_CHIP)))
            x += width + px(_GAP)
        return boxes

    def box_of(self, place: Place) -> QRectF | None:
        """Where a word is drawn; None where it is not."""
        column = 0 if place.what == HEARD else 1
        boxes = self._chips(place.utterance, column) if place.utterance < len(self._rows) else []
        return boxes[place.word] if place.word < len(boxes) else None

    def _part_at(self, point: QPointF) -> Place | None:
        for row in range(len(self._rows)):
            for column, what in enumerate((HEARD, SAID)):
                for word, box in enumerate(self._chips(row, column)):
                    if box.contains(point):
                        return Place(what, row, word)
        return None

    # --- painting -----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        self._paint_titles(painter)
        for number, row in enumerate(self._rows):
            self._paint_truth(painter, number)
            self._paint_answers(painter, number, 1, row.said, row.said_right)
            self._paint_answers(painter, number, 2, row.free, row.free_right)

    def _paint_titles(self, painter: QPainter) -> None:
        look, edges = self._appearance, self._columns()
        font = look.font(_TITLE)
        painter.setFont(font)
        painter.setPen(look.color("ink_quiet"))
        for column, title in enumerate(self._titles):
            room = edges[column + 1] - edges[column] - look.px(8)
            text = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, room)
            box = QRectF(edges[column] + look.px(_PAD), 0, room, self._head())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_truth(self, painter: QPainter, row: int) -> None:
        look, one = self._appearance, self._rows[row]
        chips = self._chips(row, 0)
        painter.setFont(look.font(_WORD, bold=True))
        painter.setPen(look.color("ink_quiet"))
        middle = chips[0].center().y()
        speaker = QRectF(0, middle - look.px(_CHIP) / 2, look.px(_SPEAKER), look.px(_CHIP))
        painter.drawText(speaker, Qt.AlignmentFlag.AlignCenter, one.speaker)
        bubble = chips[0].united(chips[-1]).adjusted(-look.px(3), -look.px(2), look.px(3), look.px(2))
        painter.setPen(QPen(look.color("line_strong"), look.px(1)))
        painter.setBrush(look.color("column" if row % 2 else "surface"))
        painter.drawRoundedRect(bubble, look.px(9), look.px(9))
        painter.setFont(look.font(_WORD))
        for number, (word, box) in enumerate(zip(one.truth, chips, strict=True)):
            current = self._current == Place(HEARD, row, number)
            painter.setPen(look.color("cursor" if current else "ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            if current:
                self._paint_frame(painter, box)

    def _paint_answers(
        self, painter: QPainter, row: int, column: int, words: tuple[Answered | None, ...], right: bool | None
    ) -> None:
        look, chips = self._appearance, self._chips(row, column)
        for number, (word, box) in enumerate(zip(words, chips, strict=True)):
            self._paint_answer(painter, word, box)
            if column == 1 and self._current == Place(SAID, row, number):
                self._paint_frame(painter, box)
        if right is not None and chips:
            painter.setFont(look.font(_WORD, bold=True))
            painter.setPen(look.color(sign_color(right)))
            box = QRectF(chips[-1].right(), chips[-1].top(), look.px(_SIGN), look.px(_CHIP))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign(right))

    def _paint_answer(self, painter: QPainter, word: Answered | None, box: QRectF) -> None:
        look = self._appearance
        painter.setFont(look.font(_WORD))
        if word is None:
            painter.setPen(look.color("ink_pale"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, NOT_YET)
            return
        colors = _SHADE.colors(np.array([word.probability]), look)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*colors[0].tolist()))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(QColor("#ffffff" if light_ink_on(colors)[0] else "#000000"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word.word or "?")
        if word.right is False:
            painter.setPen(QPen(look.color("error"), look.px(1.5)))
            painter.drawLine(box.bottomLeft() + QPointF(look.px(3), 1), box.bottomRight() + QPointF(-look.px(3), 1))

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.75)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, self._appearance.px(4), self._appearance.px(4))

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        width = self._appearance.px(_SPEAKER + _INDENT + 2 * _BETWEEN)
        words = sum(self._widths(self._widest)) + self._appearance.px(_GAP * len(self._widest) + _SIGN)
        rows = max(4, len(self._rows))
        return QSize(round(width + 3 * words), round(self._head() + rows * self._appearance.px(_LEAST_ROW)))
