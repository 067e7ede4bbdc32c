"""The words of a row along time: what was read, what was foretold, what came, and how probable that was."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.debugger.cursor import Cursor
from gui.appearance import Appearance
from gui.views.right_or_wrong import RIGHT, WRONG
from gui.views.text_reading import TextReading, shown

_NOT_YET = "·"
_ROW, _LEAST_BAR = 19.0, 26.0
_LEAST_COLUMN, _MOST_COLUMN = 60.0, 160.0


class RibbonLabels(QWidget):
    """What the lines of a ribbon are; it stays where it is while the ribbon scrolls."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.take_appearance()

    def take_appearance(self) -> None:
        """Texts, colours or sizes changed."""
        metrics = QFontMetricsF(self._appearance.font(12))
        widest = max(metrics.horizontalAdvance(label) for label in self._labels())
        self.setFixedWidth(round(widest + self._appearance.px(8)))
        self.update()

    def _labels(self) -> list[str]:
        say = self._appearance.say
        return [say("time t"), say("word read"), say("foretold"), say("next word"), say("probability")]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._appearance.font(12))
        painter.setPen(self._appearance.color("ink_quiet"))
        height, width = self._appearance.px(_ROW), self.width() - self._appearance.px(6)
        for number, label in enumerate(self._labels()):
            box = QRectF(0, number * height, width, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        painter.end()


class WordRibbon(QWidget):
    """Paints what is in view.

    Signals:
        picked(time): a column was clicked on.
        pointed_at(time): the pointer is on a column; None when it has left.
    """

    picked = Signal(int)
    pointed_at = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._reading: TextReading | None = None
        self._cursor: Cursor | None = None
        self._time: int | None = None
        self._edges = np.zeros(1)
        self.setMouseTracking(True)

    def show_reading(self, reading: TextReading) -> None:
        """Show another row or tape."""
        self._reading = reading
        self.take_appearance()

    def show_cursor(self, cursor: Cursor, time: int | None) -> None:
        """Show as much as the cursor has passed, and the column of a time step marked."""
        self._cursor, self._time = cursor, time
        self.update()

    def take_appearance(self) -> None:
        """Texts, colours or sizes changed."""
        self._edges = self._measured()
        self.setMinimumWidth(round(float(self._edges[-1])) + 1)
        self.setMinimumHeight(round(self._appearance.px(5 * _ROW + _LEAST_BAR)))
        self.update()

    def middle_of(self, time: int) -> float:
        """x of the column of a time step."""
        return float(self._edges[time - 1] + self._edges[time]) / 2

    # --- where ------------------------------------------------------------------------------------------------------

    def _words_font(self, *, bold: bool = False) -> QFont:
        return self._appearance.font(13, bold=bold)

    def _measured(self) -> np.ndarray:
        """The left edge of every column, and the right one of the last."""
        if self._reading is None:
            return np.zeros(1)
        metrics, widths = QFontMetricsF(self._words_font(bold=True)), {}
        least, most, space = (self._appearance.px(size) for size in (_LEAST_COLUMN, _MOST_COLUMN, 12.0))
        columns = []
        for pair in zip(self._reading.words, self._reading.following, strict=True):
            for word in pair:
                if word not in widths:
                    widths[word] = metrics.horizontalAdvance(f"{word} {RIGHT}") + space
            columns.append(min(max(least, *(widths[word] for word in pair)), most))
        return np.concatenate([[0.0], np.cumsum(columns)])

    def _time_at(self, point: QPointF) -> int | None:
        x = point.x()
        if self._reading is None or not 0 <= x < self._edges[-1]:
            return None
        return int(np.searchsorted(self._edges, x, side="right"))

    def _column(self, time: int) -> QRectF:
        left, right = self._edges[time - 1 : time + 1].tolist()
        return QRectF(left, 0, right - left, self.height())

    def _bar_height(self) -> float:
        return max(self._appearance.px(_LEAST_BAR), self.height() - self._appearance.px(5 * _ROW))

    # --- painting ---------------------------------------------------------------------------------------------------

    def _line(self, column: QRectF, number: int) -> QRectF:
        height = self._appearance.px(_ROW)
        return QRectF(column.left(), number * height, column.width(), height)

    def _write(self, painter: QPainter, box: QRectF, text: str, color: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._appearance.color(color))
        room = box.width() - self._appearance.px(4)
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cut)

    def _paint_column(self, painter: QPainter, reading: TextReading, cursor: Cursor, time: int) -> None:
        look, column = self._appearance, self._column(time)
        if time == self._time:
            self._paint_mark(painter, column)
        small = look.font(11.5, family="mono")
        self._write(painter, self._line(column, 0), str(time), "cursor" if time == self._time else "ink_quiet", small)
        self._write(painter, self._line(column, 1), reading.words[time - 1], "ink", self._words_font())
        following = reading.following[time - 1]
        self._write(painter, self._line(column, 3), following, "ink", self._words_font(bold=True))
        guess, given = reading.guess(cursor, time), reading.given(cursor, time)
        if guess is None or given is None:
            self._write(painter, self._line(column, 2), _NOT_YET, "ink_pale", self._words_font())
            return
        sign, color = (RIGHT, "good") if guess == following else (WRONG, "ink_quiet")
        self._write(painter, self._line(column, 2), f"{guess} {sign}", color, self._words_font())
        self._write(painter, self._line(column, 4), shown(given), "ink_quiet", small)
        self._paint_bar(painter, column, given, reading.true(time))

    def _paint_mark(self, painter: QPainter, column: QRectF) -> None:
        inset, radius = self._appearance.px(0.75), self._appearance.px(4)
        painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.25)))
        painter.setBrush(self._appearance.color("column_current"))
        painter.drawRoundedRect(column.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_bar(self, painter: QPainter, column: QRectF, given: float, true: float | None) -> None:
        """As high as the probability of the next word; a line where the grammar has it."""
        look, bottom = self._appearance, self.height() - self._appearance.px(3)
        width, height = min(column.width() * 0.5, look.px(22)), self._bar_height() - look.px(5)
        track = QRectF(column.center().x() - width / 2, bottom - height, width, height)
        painter.fillRect(track, look.color("surface_sunken"))
        if given == given:
            filled = QRectF(track)
            filled.setTop(bottom - height * min(max(given, 0.0), 1.0))
            painter.fillRect(filled, look.color("forward"))
        if true is not None:
            y, reach = bottom - height * true, look.px(4)
            painter.setPen(QPen(look.color("good"), look.px(2)))
            painter.drawLine(QPointF(track.left() - reach, y), QPointF(track.right() + reach, y))

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._appearance.color("ground"))
        if self._reading is not None and self._cursor is not None:
            seen = [event.rect().left(), event.rect().right() + 1]
            first, last = np.searchsorted(self._edges, seen, side="right")
            for time in range(max(1, int(first)), min(int(last), len(self._reading)) + 1):
                self._paint_column(painter, self._reading, self._cursor, time)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        time = self._time_at(event.position())
        if time is not None and event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(time)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed_at.emit(self._time_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed_at.emit(None)
