"""The map of words: a point for each, as many names as there is room for, and what stands out drawn over it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.views.word_labels import Place, placed_labels
from gui.views.word_map_camera import WordMapCamera, nearest_point
from gui.views.word_mark_boxes import mark_boxes
from gui.views.word_names import WordNames

_LABEL, _MARGIN, _REACH = 12.0, 26.0, 12.0
_TURN = 600.0
"""Eighths of a degree that the wheel is turned to enlarge by a factor e."""


@dataclass(frozen=True)
class Mark:
    """A word that stands out, by the name of a colour; ``strong``: filled."""

    word: int
    color: str
    strong: bool = False


@dataclass(frozen=True)
class Arrow:
    """From a word to another."""

    start: int
    end: int


class WordMapPlot(QWidget):
    """Paints what it is given. The wheel enlarges, dragging moves, a double click shows all again.

    Signals:
        picked(word): a word was clicked on; -1 for none.
    """

    picked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words: Sequence[str] = ()
        self._places: NDArray[np.float64] = np.zeros((0, 2))
        self._marks: tuple[Mark, ...] = ()
        self._arrows: tuple[Arrow, ...] = ()
        self._about: Callable[[int], str] = lambda word: self._words[word]
        self._camera = WordMapCamera()
        self._stamp = 0
        self._pixels: tuple[Hashable, NDArray[np.float64]] | None = None
        self._picture: tuple[Hashable, QPixmap] | None = None
        self._labels: list[Place] = []
        self._names: WordNames | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._hovered: int | None = None
        self.setMouseTracking(True)

    def show_places(self, words: Sequence[str], places: NDArray[np.float64]) -> None:
        """Show other words, or the same elsewhere."""
        if words is not self._words:
            self._words, self._hovered, self._names, self._labels = words, None, None, []
            self._camera.reset()
        self._places = places
        self._stamp += 1
        self.update()

    def show_marks(self, marks: tuple[Mark, ...], arrows: tuple[Arrow, ...]) -> None:
        """Let some words stand out; of several marks of a word the first counts."""
        if (marks, arrows) != (self._marks, self._arrows):
            self._marks, self._arrows = marks, arrows
            self.update()

    def tell_with(self, about: Callable[[int], str]) -> None:
        """What is said of a word that the pointer is on."""
        self._about = about

    def take_appearance(self) -> None:
        """Colours, sizes or words changed."""
        self._stamp += 1
        self._names = None
        self.update()

    @property
    def labels(self) -> list[Place]:
        """The names that were painted, and where."""
        return self._labels

    def pixel_of(self, word: int) -> QPointF:
        """Where a word is."""
        x, y = self._points()[word].tolist()
        return QPointF(x, y)

    # --- geometry -----------------------------------------------------------------------------------------------

    def _size(self) -> tuple[float, float]:
        return float(max(1, self.width())), float(max(1, self.height()))

    def _state(self) -> Hashable:
        return self._stamp, self.width(), self.height(), self._camera.key, self.devicePixelRatioF()

    def _points(self) -> NDArray[np.float64]:
        state = self._state()
        if self._pixels is None or self._pixels[0] != state:
            margin = min(self._appearance.px(_MARGIN), min(self._size()) / 6)
            self._pixels = (state, self._camera.pixels(self._places, self._size(), margin))
        return self._pixels[1]

    def _named(self) -> WordNames:
        """The names of the words on the map."""
        if self._names is None or len(self._names.widths) != len(self._places):
            self._names = WordNames(self._words[: len(self._places)], self._appearance.font(_LABEL))
        return self._names

    def _own_boxes(self) -> dict[int, QRectF]:
        """Where names are on the map, by word."""
        names = self._named()
        widths, height = names.widths, names.height
        return {word: QRectF(left, top, float(widths[word]), height) for word, left, top in self._labels}

    def _word_at(self, point: QPointF) -> int | None:
        found = nearest_point(self._points(), point.x(), point.y(), self._appearance.px(_REACH))
        if found is not None:
            return found
        return next((word for word, box in self._own_boxes().items() if box.contains(point)), None)

    # --- painting -----------------------------------------------------------------------------------------------

    def _whole_picture(self) -> QPixmap:
        state = self._state()
        if self._picture is None or self._picture[0] != state:
            ratio = self.devicePixelRatioF()
            made = QPixmap(self.size() * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(self._appearance.color("ground"))
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_words(painter)
            painter.end()
            self._picture = (state, made)
        return self._picture[1]

    def _paint_words(self, painter: QPainter) -> None:
        look, points = self._appearance, self._points()
        pen = QPen(look.color("line_strong"), look.px(4.0 if len(points) <= 400 else 2.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        width, height = self._size()
        shown = np.flatnonzero((points >= 0).all(axis=1) & (points[:, 0] <= width) & (points[:, 1] <= height))
        at = points[shown]
        x, y = np.ascontiguousarray(at.T)
        painter.drawPointsNp(x, y)
        names = self._named()
        found = placed_labels(at, names.widths[shown].tolist(), names.height, self._size(), look.px(4))
        self._labels = [(int(shown[number]), left, top) for number, left, top in found]
        painter.setFont(names.font)
        painter.setPen(look.color("ink"))
        for word, left, top in self._labels:
            names.paint(painter, word, left, top)

    def _paint_arrow(self, painter: QPainter, arrow: Arrow) -> None:
        look, points = self._appearance, self._points()
        start, end = (QPointF(*points[one].tolist()) for one in (arrow.start, arrow.end))
        line = QLineF(start, end)
        if line.length() < look.px(8):
            return
        color = look.color("parameter")
        painter.setPen(QPen(color, look.px(2)))
        line.setLength(line.length() - look.px(7))
        painter.drawLine(line)
        angle, head = math.atan2(end.y() - start.y(), end.x() - start.x()), look.px(9)
        tip = line.p2() + QPointF(math.cos(angle), math.sin(angle)) * look.px(4)
        sides = [tip - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * head for turn in (-0.45, 0.45)]
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([tip, *sides]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_marks(self, painter: QPainter) -> None:
        """Names on a ground of their own, the first mark last, so that nothing covers it."""
        look = self._appearance
        font = look.font(_LABEL, bold=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        hovered = () if self._hovered is None else (Mark(self._hovered, "focus"),)
        first: dict[int, Mark] = {}
        for mark in (*hovered, *self._marks):
            first.setdefault(mark.word, mark)
        marks = [mark for mark in first.values() if mark.word < len(self._points())]
        for mark, box in reversed(list(zip(marks, self._mark_boxes(marks, metrics), strict=True))):
            color, radius = look.color(mark.color), look.px(4.5)
            painter.setPen(QPen(color, look.px(1.8)))
            painter.setBrush(color if mark.strong else look.color("ground"))
            painter.drawEllipse(self.pixel_of(mark.word), radius, radius)
            if box is None:
                continue
            painter.setBrush(look.color("ground"))
            painter.setPen(QPen(color, look.px(1.2)))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
            painter.setPen(look.color("ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._named()[mark.word])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _mark_boxes(self, marks: list[Mark], metrics: QFontMetricsF) -> list[QRectF | None]:
        """Where the names of marked words go: over their own names as far as these are on the map."""
        look, names_of, own = self._appearance, self._named(), self._own_boxes()
        sizes = [QSizeF(metrics.horizontalAdvance(names_of[one.word]), metrics.height()) for one in marks]
        points = [self.pixel_of(one.word) for one in marks]
        names = [own.get(one.word) for one in marks]
        padding, gap = QSizeF(look.px(8), look.px(2)), look.px(7)
        return mark_boxes(QRectF(self.rect()), points, [size + padding for size in sizes], names, gap)

    # --- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(420), self._appearance.whole_px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(180), self._appearance.whole_px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._whole_picture())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for arrow in self._arrows:
            self._paint_arrow(painter, arrow)
        self._paint_marks(painter)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        self._camera.zoom_by(math.exp(event.angleDelta().y() / _TURN), at.x(), at.y(), self._size())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            moved = event.position() - self._pressed
            if self._dragged or moved.manhattanLength() > self._appearance.px(4):
                self._dragged, self._pressed = True, event.position()
                self._camera.move_by(moved.x(), moved.y(), self._size())
                self.update()
            return
        self._hover(self._word_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._dragged:
            word = self._word_at(event.position())
            self.picked.emit(-1 if word is None else word)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._word_at(event.position()) is None:
            self._camera.reset()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, word: int | None) -> None:
        if word != self._hovered:
            self._hovered = word
            self.setToolTip("" if word is None else escape(self._about(word)).replace("\n", "<br>"))
            self.update()
