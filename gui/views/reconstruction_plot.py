"""Images of the batch over what was made of them, and how far that is off."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from engine.images.image_task import AnswersWithImages
from engine.tensor import Role
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.grey_image import difference_image, grey_image, paint_image
from gui.views.hatching import paint_hatching
from gui.views.number_text import number_text

_LEFT, _TOP, _GAP = 46.0, 20.0, 6.0
_LEAST, _MOST = 26.0, 120.0
"""Sides of an image, px before scaling."""


class Row(IntEnum):
    """What a row shows."""

    GIVEN = 0
    ANSWERED = 1
    DIFFERENCE = 2


class ReconstructionPlot(QAbstractScrollArea):
    """Three rows of images, a column for each example; scrolls sideways.

    A click selects the step of an image and the unit of its pixel, a double click runs to it.

    Signals: pointed(text), what is to be read of the pixel pointed at; empty for none.
    """

    pointed = Signal(str)

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._pictures: dict[tuple[Row, int], QImage] = {}
        self._is_answered = False
        self._pixel: tuple[Row, int, int] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.update_tape()

    def update_tape(self) -> None:
        """Another tape."""
        task, settings, tape = self._bridge.lesson.task, self._bridge.settings, self._bridge.tape
        if not isinstance(task, AnswersWithImages):
            return
        forward = tape.steps[: tape.backward_start]
        self._given = next(step.index for step in forward if step.role is Role.INPUT)
        self._answered = next(step.index for step in forward if step.role is Role.OUTPUT)
        self._image = task.image_shape(settings)
        self._kinds = task.kinds(batch_of(self._bridge.lesson, settings, self._bridge.iteration))
        self._kind_names = task.kind_names()
        self._pixel = None
        self._forget()
        self._update_extent()

    def update_cursor(self) -> None:
        """The cursor has moved: painted anew if it has reached the answers, or left them."""
        if self._bridge.cursor.revealed(self._answered) != self._is_answered:
            self._forget()

    def update_appearance(self) -> None:
        """Another look."""
        self._forget()
        self._update_extent()

    def _forget(self) -> None:
        self._pictures = {}
        self._is_answered = self._bridge.cursor.revealed(self._answered)
        self.viewport().update()

    # --- numbers -------------------------------------------------------------------------------------------------

    @property
    def examples(self) -> int:
        """How many images the batch has."""
        return len(self._kinds)

    def entry(self, row: Row) -> int:
        """The step that a row shows."""
        return self._given if row is Row.GIVEN else self._answered

    def numbers(self, row: Row, example: int) -> np.ndarray | None:
        """An image (height, width); None while it is not computed."""
        cursor, given = self._bridge.cursor, self._bridge.tape[self._given].value
        if row is Row.GIVEN:
            return np.asarray(given, dtype=float)[example].reshape(self._image)
        answered = cursor.value(self._answered)
        if answered is None:
            return None
        made = np.asarray(answered, dtype=float)[example]
        if row is Row.DIFFERENCE:
            made = made - np.asarray(given, dtype=float)[example]
        return made.reshape(self._image)

    def reading(self, example: int, pixel: int) -> str:
        """What is to be read of a pixel."""
        say = self._appearance.say
        down, right = divmod(pixel, self._image[1])
        numbers = [self.numbers(one, example) for one in Row]
        x, y, apart = ("…" if one is None else number_text(float(one[down, right])) for one in numbers)
        return say(
            "example {number} “{kind}”, row {down}, column {right}: x = {x}, y = {y}, y − x = {apart}",
            number=example + 1, kind=self._kind_names[int(self._kinds[example])], down=down, right=right,
            x=x, y=y, apart=apart,
        )  # fmt: skip

    # --- geometry ------------------------------------------------------------------------------------------------

    @property
    def _side(self) -> float:
        px, height = self._appearance.px, self.viewport().height()
        room = (height - px(_TOP) - px(_GAP)) / 3 - px(_GAP)
        return min(max(room, px(_LEAST)), px(_MOST))

    def box(self, row: Row, example: int) -> QRectF:
        """Where an image is."""
        px, side = self._appearance.px, self._side
        x = px(_LEFT) + example * (side + px(_GAP)) - self.horizontalScrollBar().value()
        return QRectF(x, px(_TOP) + row * (side + px(_GAP)), side, side)

    def _update_extent(self) -> None:
        room = self.viewport().width() - self._appearance.px(_LEFT)
        bar, needed = self.horizontalScrollBar(), self.examples * (self._side + self._appearance.px(_GAP))
        bar.setRange(0, max(0, round(needed - room)))
        bar.setPageStep(round(room))
        bar.setSingleStep(round(self._side))
        self.viewport().update()

    def _pixel_at(self, point: QPointF) -> tuple[Row, int, int] | None:
        px, side, (height, width) = self._appearance.px, self._side, self._image
        if point.x() < px(_LEFT):
            return None
        example = int((point.x() - px(_LEFT) + self.horizontalScrollBar().value()) / (side + px(_GAP)))
        for row in Row:
            box = self.box(row, example)
            if 0 <= example < self.examples and box.contains(point):
                down = min(int((point.y() - box.top()) / side * height), height - 1)
                right = min(int((point.x() - box.left()) / side * width), width - 1)
                return row, example, down * width + right
        return None

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self.viewport()), self._appearance
        painter.fillRect(self.viewport().rect(), look.color("ground"))
        self._paint_names(painter)
        left = look.px(_LEFT)
        painter.setClipRect(QRectF(left, 0, self.viewport().width() - left, self.viewport().height()))
        for example in range(self.examples):
            box = self.box(Row.GIVEN, example)
            if box.right() < left or box.left() > self.viewport().width():
                continue
            painter.setFont(look.font(12, bold=True))
            painter.setPen(look.color("ink_quiet"))
            head = QRectF(box.left(), 0, box.width(), look.px(_TOP))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, self._kind_names[int(self._kinds[example])])
            for row in Row:
                self._paint_image(painter, row, example)
        if self._pixel is not None:
            self._paint_pixel(painter, *self._pixel)

    def _paint_names(self, painter: QPainter) -> None:
        look, labels = self._appearance, self._appearance.labels(self._bridge.tape)
        inks = Inks.of(look)
        x, y = (labels.letter(self._bridge.tape[one].symbol).latex for one in (self._given, self._answered))
        for row, latex in zip(Row, (x, y, f"{y} - {x}"), strict=True):
            name, box = typeset(latex, look.px(15)), self.box(row, 0)
            baseline = box.center().y() + (name.ascent - name.descent) / 2
            name.paint(painter, (look.px(_LEFT) - name.width) / 2, baseline, inks.ink, inks.colors)

    def _paint_image(self, painter: QPainter, row: Row, example: int) -> None:
        box, numbers = self.box(row, example), self.numbers(row, example)
        if numbers is None:
            paint_hatching(painter, box, self._appearance)
        else:
            picture = self._pictures.get((row, example))
            if picture is None:
                make = difference_image if row is Row.DIFFERENCE else grey_image
                picture = self._pictures[row, example] = make(numbers, self._appearance)
            paint_image(painter, box, picture)
        painter.setPen(QPen(self._appearance.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_pixel(self, painter: QPainter, row: Row, example: int, pixel: int) -> None:
        """A frame around the pixel in all three images."""
        height, width = self._image
        down, right = divmod(pixel, width)
        for one in Row:
            box = self.box(one, example)
            frame = QRectF(
                box.left() + right * box.width() / width, box.top() + down * box.height() / height,
                box.width() / width, box.height() / height,
            )  # fmt: skip
            painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.6 if one is row else 1.0)))
            painter.drawRect(frame)

    # --- Qt ------------------------------------------------------------------------------------------------------

    def _point_at(self, pixel: tuple[Row, int, int] | None) -> None:
        if pixel == self._pixel:
            return
        self._pixel = pixel
        self._bridge.hover_at(None if pixel is None else self.entry(pixel[0]), None if pixel is None else pixel[2])
        self.pointed.emit("" if pixel is None else self.reading(*pixel[1:]))
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._pixel_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._pixel_at(event.position()))
        if event.button() is Qt.MouseButton.LeftButton and self._pixel is not None:
            self._bridge.select(self.entry(self._pixel[0]))
            self._bridge.set_focus_unit(self._pixel[2])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._pixel is not None:
            self._bridge.run_to(self.entry(self._pixel[0]))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._point_at(None)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_extent()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(480), self._appearance.whole_px(200))
