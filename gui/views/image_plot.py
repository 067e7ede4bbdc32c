"""An image and what a convolutional network makes of it: the image large, filters, maps and maxima small beside it."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_hatching
from gui.views.image_grid import ImageGrid, Spot
from gui.views.image_pictures import ImagePictures, PictureRow, RowKind, filter_colors
from gui.views.number_text import number_text

_TITLES = {
    RowKind.FILTERS: translatable("filters"),
    RowKind.MAPS: translatable("maps {layer}"),
    RowKind.MAXIMA: translatable("maxima {layer}"),
}
_TITLE = 11.0


class ImagePlot(QWidget):
    """One image of the batch. Maps that the cursor has not reached are hatched.

    A click selects the entry that a picture belongs to, a double click runs to it; the mouse tells numbers.
    """

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._pictures = ImagePictures(bridge.tape)
        self._sequence = 0
        self._images: dict[Hashable, list[QImage]] = {}
        self._shown: Hashable = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        bridge.tape_changed.connect(self._update_tape)
        for signal in (bridge.cursor_moved, bridge.selection_changed, bridge.hover_changed):
            signal.connect(self._update_state)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()

    @property
    def pictures(self) -> ImagePictures:
        """What is shown."""
        return self._pictures

    @property
    def sequence(self) -> int:
        """Which image of the batch is shown, from 0."""
        return min(self._sequence, max(0, self._pictures.batch - 1))

    def show_sequence(self, sequence: int) -> None:
        """Show another image of the batch."""
        self._sequence = sequence
        self._forget()

    @property
    def grid(self) -> ImageGrid:
        """Where everything is."""
        look = self._appearance
        return ImageGrid(
            QRectF(self.rect()), [self._count(row) for row in self._pictures.rows], look.scale, self._title_width()
        )

    def wanted_width(self, height: float) -> float:
        """The width at which nothing is cut off."""
        look = self._appearance
        rows = max(1, len(self._pictures.rows))
        most = max((self._count(row) for row in self._pictures.rows), default=0)
        return height + self._title_width() + most * height / rows + look.px(24)

    def told(self, spot: Spot) -> str:
        """What is to be read of a place."""
        say = self._appearance.say
        if spot.row is None:
            parts = self._pictures.picture(self.sequence)
            y, x = self._pixel(spot, parts.shape[0], parts.shape[1])
            red, green, blue = (number_text(float(part)) for part in parts[y, x])
            return say(
                "image, row {y}, column {x}: red {red}, green {green}, blue {blue}",
                y=y, x=x, red=red, green=green, blue=blue,
            )  # fmt: skip
        row = self._pictures.rows[spot.row]
        what = f"{self._title(row)}, {spot.number + 1}"
        if not self._bridge.cursor.revealed(row.entry):
            return say("{what}: not yet computed", what=what)
        numbers = self._pictures.numbers(row, self.sequence)[spot.number]
        y, x = self._pixel(spot, *numbers.shape[-2:])
        value = ", ".join(number_text(float(one)) for one in np.atleast_1d(numbers[..., y, x]))
        return say("{what}, row {y}, column {x}: {value}", what=what, y=y, x=x, value=value)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        self._pictures = ImagePictures(self._bridge.tape)
        self._forget()

    def _update_appearance(self) -> None:
        look = self._appearance
        self.setMinimumSize(look.whole_px(40), look.whole_px(40))
        self.setAccessibleName(look.say("The image and its feature maps"))
        self._forget()

    def _forget(self) -> None:
        self._images.clear()
        self._shown = None
        self._update_state()

    def _update_state(self) -> None:
        if not self.isVisible():
            self._shown = None
            return
        state = self._state()
        if state != self._shown:
            self._shown = state
            self.update()

    def _state(self) -> Hashable:
        cursor, rows = self._bridge.cursor, self._pictures.rows
        marks = tuple(self._mark(row.entry) for row in rows)
        return self.sequence, tuple(cursor.revealed(row.entry) for row in rows), marks

    def _mark(self, entry: int) -> str:
        bridge = self._bridge
        if entry == bridge.cursor.current:
            return "cursor"
        return "focus" if entry in (bridge.selection, bridge.hover[0] if bridge.hover else None) else ""

    # --- what is in the pictures --------------------------------------------------------------------------------

    def _count(self, row: PictureRow) -> int:
        return self._bridge.tape[row.entry].shape[0 if row.kind is RowKind.FILTERS else 1]

    def _title(self, row: PictureRow) -> str:
        return self._appearance.say(_TITLES[row.kind], layer=row.layer)

    def _title_width(self) -> float:
        metrics = QFontMetricsF(self._appearance.font(_TITLE))
        widest = max((metrics.horizontalAdvance(self._title(row)) for row in self._pictures.rows), default=0.0)
        return widest + self._appearance.px(8)

    @staticmethod
    def _pixel(spot: Spot, height: int, width: int) -> tuple[int, int]:
        return min(int(spot.down * height), height - 1), min(int(spot.across * width), width - 1)

    def _image(self) -> QImage:
        if None not in self._images:
            self._images[None] = [_colored(self._pictures.picture(self.sequence))]
        return self._images[None][0]

    def _small(self, row: PictureRow) -> list[QImage]:
        """The pictures of a row, which share one scale."""
        if row not in self._images:
            numbers = self._pictures.numbers(row, self.sequence)
            if row.kind is RowKind.FILTERS:
                made = [_colored(one) for one in filter_colors(numbers)]
            else:
                finite = numbers[np.isfinite(numbers)]
                scale = ColorScale(0.0, float(finite.max(initial=0.0)) or 1.0, "sequential_map")
                made = [_mapped(one) for one in scale.colors(numbers, self._appearance)]
            self._images[row] = made
        return self._images[row]

    # --- painting -----------------------------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, grid: ImageGrid, number: int, row: PictureRow) -> None:
        look, revealed = self._appearance, self._bridge.cursor.revealed(row.entry)
        painter.setFont(look.font(_TITLE))
        painter.setPen(look.color("ink_quiet"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(grid.title(number), right, self._title(row))
        images = self._small(row) if revealed else []
        for place in range(grid.shown(number)):
            box = grid.box(number, place)
            if images:
                painter.drawImage(box, images[place])
            else:
                paint_hatching(painter, box, look)
            painter.setPen(QPen(look.color("line_strong"), 1))
            painter.drawRect(box)
        mark = self._mark(row.entry)
        if mark and grid.shown(number):
            painter.setPen(QPen(look.color(mark), look.px(1.75)))
            around = look.px(2.5)
            whole = grid.whole(number)
            painter.drawRect(whole.adjusted(-around, -around, around, around))
        if grid.shown(number) < self._count(row):
            painter.setPen(look.color("ink_quiet"))
            end = grid.box(number, grid.shown(number) - 1) if grid.shown(number) else grid.title(number)
            painter.drawText(QPointF(end.right() + look.px(3), end.center().y() + look.px(4)), "…")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        if self._pictures.image is None:
            painter.end()
            return
        grid = self.grid
        painter.drawImage(grid.image, self._image())
        painter.setPen(QPen(self._appearance.color(self._mark(self._pictures.image) or "line_strong"), 1))
        painter.drawRect(grid.image)
        for number in range(grid.rows):
            self._paint_row(painter, grid, number, self._pictures.rows[number])
        painter.end()

    # --- Qt -----------------------------------------------------------------------------------------------------

    def _entry_at(self, point: QPointF) -> int | None:
        spot = None if self._pictures.image is None else self.grid.spot(point)
        if spot is None:
            return None
        return self._pictures.image if spot.row is None else self._pictures.rows[spot.row].entry

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry is not None and event.button() is Qt.MouseButton.LeftButton:
            self._bridge.select(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry is not None and event.button() is Qt.MouseButton.LeftButton:
            self._bridge.run_to(entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = None if self._pictures.image is None else self.grid.spot(event.position())
        self.setToolTip("" if spot is None else self.told(spot))
        self._bridge.hover_at(self._entry_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._bridge.hover_at(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_state()

    def sizeHint(self) -> QSize:
        look = self._appearance
        return QSize(look.whole_px(420), look.whole_px(200))


def _colored(picture: np.ndarray) -> QImage:
    """(H, W, 3), 0 … 1."""
    pixels = np.full((*picture.shape[:2], 4), 255, np.uint8)
    pixels[..., :3] = np.rint(np.clip(picture, 0.0, 1.0) * 255)
    return _mapped(pixels)


def _mapped(pixels: np.ndarray) -> QImage:
    """(H, W, 4) as colour maps give them; the copy lives on without the array."""
    height, width = pixels.shape[:2]
    kept = np.ascontiguousarray(pixels)
    return QImage(kept.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
