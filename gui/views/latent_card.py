"""Beside the plane: the image that a code is decoded to, large, and one example of the batch with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.grey_image import grey_image, paint_image
from gui.views.hatching import paint_hatching
from gui.views.number_text import significant

_FONT, _SMALL = 12.0, 11.0
_LEAST_FONT = 5.0
_ROW, _COLUMN, _PAIR = 17.0, 58.0, 64.0
_NEEDED = 60.0
"""Width of a number and the room before it in the full size of the letters."""
_NOT_YET = "…"


@dataclass(frozen=True)
class Shown:
    """What a card shows.

    Attributes:
        caption: over the large image.
        image: the large image; None for none.
        title: over the example.
        given, answered: the example's image, and what was made of it; None while it is not computed.
        names: LaTeX of the columns of numbers.
        numbers: rows of them: a unit, and its numbers; None while not computed.
    """

    caption: str
    image: np.ndarray | None
    title: str
    given: np.ndarray
    answered: np.ndarray | None
    names: tuple[str, ...]
    numbers: tuple[tuple[int, tuple[float | None, ...]], ...]


class LatentCard(QWidget):
    """Lays itself out beside or under each other, as there is room."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: Shown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def shown(self) -> Shown | None:
        """What is shown."""
        return self._shown

    def show_it(self, shown: Shown) -> None:
        """Show something else."""
        self._shown = shown
        self.setAccessibleDescription(f"{shown.caption}. {shown.title}")
        self.update()

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shown = QPainter(self), self._shown
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        if shown is None:
            return
        px, gap = self._appearance.px, self._appearance.px(8)
        area = QRectF(self.rect()).adjusted(gap, gap / 2, -gap, -gap / 2)
        wide = area.width() > 1.25 * area.height()
        side = min(area.height() - px(_ROW), 0.5 * area.width()) if wide else min(area.width(), 0.5 * area.height())
        large = QRectF(area.left(), area.top(), max(1.0, side), max(1.0, side + px(_ROW)))
        self._paint_large(painter, large, shown)
        rest = QRectF(area)
        if wide:
            rest.setLeft(large.right() + 2 * gap)
        else:
            rest.setTop(large.bottom() + gap)
        self._paint_example(painter, rest, shown)

    def _paint_large(self, painter: QPainter, box: QRectF, shown: Shown) -> None:
        self._write(painter, QRectF(box.left(), box.top(), box.width(), self._appearance.px(_ROW)), shown.caption)
        self._paint_one(painter, box.adjusted(0, self._appearance.px(_ROW), 0, 0), shown.image)

    def _paint_one(self, painter: QPainter, box: QRectF, image: np.ndarray | None) -> None:
        """An image, or hatching where it is not computed."""
        if image is None:
            paint_hatching(painter, box, self._appearance)
        else:
            paint_image(painter, box, grey_image(image, self._appearance))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._appearance.color("line_strong"), 1))
        painter.drawRect(box)

    def _paint_example(self, painter: QPainter, area: QRectF, shown: Shown) -> None:
        px = self._appearance.px
        row, gap = px(_ROW), px(8)
        painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        self._write(painter, QRectF(area.left(), area.top(), area.width(), row), shown.title)
        top = area.top() + row
        needed = (len(shown.numbers) + 1.4) * row + gap
        side = min(px(_PAIR), (area.width() - 3 * gap) / 2, area.height() - row - needed)
        if side >= px(20):
            self._paint_pair(painter, QPointF(area.left(), top), side, shown)
            top += side + gap
        self._paint_numbers(painter, QRectF(area.left(), top, area.width(), area.bottom() - top), shown)
        painter.setClipping(False)

    def _paint_pair(self, painter: QPainter, corner: QPointF, side: float, shown: Shown) -> None:
        gap = self._appearance.px(24)
        first = QRectF(corner.x(), corner.y(), side, side)
        second = first.translated(side + gap, 0)
        self._paint_one(painter, first, shown.given)
        self._paint_one(painter, second, shown.answered)
        painter.setFont(self._appearance.font(16))
        painter.setPen(self._appearance.color("ink_quiet"))
        between = QRectF(first.right(), first.top(), gap, side)
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, "→")

    def _paint_numbers(self, painter: QPainter, area: QRectF, shown: Shown) -> None:
        """The units' numbers, one row each, as far as there is room."""
        px, inks = self._appearance.px, Inks.of(self._appearance)
        row, lead = px(_ROW), px(30)
        column = min(px(_COLUMN), max(1.0, area.width() - lead) / max(1, len(shown.names)))
        for place, name in enumerate(shown.names):
            head = typeset(name, px(15))
            right = area.left() + lead + (place + 1) * column
            head.paint(painter, right - head.width, area.top() + row * 0.75, inks.ink, inks.colors)
        painter.setFont(self._appearance.font(max(_LEAST_FONT, _FONT * min(1.0, column / px(_NEEDED)))))
        metrics = QFontMetricsF(painter.font())
        room = int((area.height() - 1.2 * row) / row)
        for line, (unit, numbers) in enumerate(shown.numbers[: max(0, room)]):
            y = area.top() + (line + 1.1) * row + metrics.ascent()
            painter.setPen(self._appearance.color("ink_quiet"))
            painter.drawText(QPointF(area.left(), y), f"[{unit}]")
            painter.setPen(self._appearance.color("ink"))
            for place, number in enumerate(numbers):
                text = _NOT_YET if number is None else significant(number, 3)
                right = area.left() + lead + (place + 1) * column
                painter.drawText(QPointF(right - metrics.horizontalAdvance(text), y), text)

    def _write(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.setFont(self._appearance.font(_SMALL))
        painter.setPen(self._appearance.color("ink_quiet"))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(300), self._appearance.whole_px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(110), self._appearance.whole_px(80))
