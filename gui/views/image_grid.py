"""Where an image and rows of small pictures are in a room: geometry alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

_MARGIN, _GAP, _LEAST_ROW, _LEAST_PICTURE, _LEAST_REST = 6.0, 3.0, 12.0, 10.0, 60.0
_IMAGE_SHARE = 0.42
"""Share of the width that the image may take where there are small pictures beside it."""
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a picture.

    Attributes:
        row, number: of a small picture; None and 0 in the image itself.
        across, down: how far from its left and its top, 0 … 1.
    """

    row: int | None
    number: int
    across: float
    down: float


class ImageGrid:
    """The image at the left, a row for each count of small pictures at the right.

    Attributes:
        image: where the image is.
        rows: how many rows there is room for.
    """

    def __init__(self, room: QRectF, counts: list[int], scale: float, titles: float) -> None:
        """Lay it out; ``titles`` is the width of what is written before the rows."""
        self._counts, self._titles = counts, titles
        self._gap, margin = _GAP * scale, _MARGIN * scale
        inner = room.adjusted(margin, margin, -margin, -margin)
        side = max(1.0, min(inner.height(), inner.width() * (_IMAGE_SHARE if counts else 1.0)))
        if inner.width() - side - titles < _LEAST_REST * scale:
            counts, side = [], max(1.0, min(inner.height(), inner.width()))
        self.image = QRectF(inner.left(), inner.top(), side, side)
        self.rows = min(len(counts), int(inner.height() // (_LEAST_ROW * scale)))
        self._left = self.image.right() + 2 * self._gap
        self._top, self._room = inner.top(), max(1.0, inner.right() - self._left - titles)
        self._height = inner.height() / max(1, self.rows)
        self._least = _LEAST_PICTURE * scale

    def title(self, row: int) -> QRectF:
        """Where a row's name is written: before its first line."""
        return QRectF(self._left, self._top + row * self._height, self._titles - 2 * self._gap, self._side(row)[0])

    def shown(self, row: int) -> int:
        """How many pictures of a row there is room for."""
        side, lines = self._side(row)
        return min(self._counts[row], lines * self._per_line(side))

    def box(self, row: int, number: int) -> QRectF:
        """Where a small picture is."""
        side, _ = self._side(row)
        line, place = divmod(number, max(1, self._per_line(side)))
        left = self._left + self._titles + place * (side + self._gap)
        return QRectF(left, self._top + row * self._height + line * (side + self._gap), side, side)

    def whole(self, row: int) -> QRectF:
        """Around all pictures of a row."""
        boxes = [self.box(row, number) for number in range(self.shown(row))]
        return QRectF(boxes[0].topLeft(), boxes[-1].bottomRight()) | max(boxes, key=QRectF.right)

    def spot(self, point: QPointF) -> Spot | None:
        """What is at a point; None for nothing."""
        if self.image.contains(point):
            return _spot(None, 0, self.image, point)
        for row in range(self.rows):
            for number in range(self.shown(row)):
                if self.box(row, number).contains(point):
                    return _spot(row, number, self.box(row, number), point)
        return None

    def _per_line(self, side: float) -> int:
        return int((self._room + self._gap + _ROUNDING) // (side + self._gap))

    def _side(self, row: int) -> tuple[float, int]:
        """Side of a row's pictures, and in how many lines they stand: as large as they can be."""
        count = self._counts[row]
        most = max(1, int(self._height // (self._least + self._gap)))
        sides = []
        for lines in range(1, min(most, count) + 1):
            wide = (self._room + self._gap) / -(-count // lines) - self._gap
            high = (self._height - 2 * self._gap) / lines - self._gap
            sides.append((min(high, max(wide, self._least)), lines))
        side, lines = max(sides, key=lambda one: (one[0], one[1]))
        return max(1.0, side), lines


def _spot(row: int | None, number: int, box: QRectF, point: QPointF) -> Spot:
    return Spot(row, number, (point.x() - box.left()) / box.width(), (point.y() - box.top()) / box.height())
