"""Where the names of words that stand out go on the map: beside their points, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF


def mark_boxes(
    frame: QRectF, points: Sequence[QPointF], sizes: Sequence[QSizeF], names: Sequence[QRectF | None], gap: float
) -> list[QRectF | None]:
    """A box for each point, the first points first; None where there is no room, or the point is out of the picture.

    Args:
        frame: the picture.
        points, sizes: of the boxes.
        names: the words' names as they stand on the map already, best covered by the box.
        gap: between a point and its box.
    """
    taken: list[QRectF] = []
    found: list[QRectF | None] = []
    for at, size, name in zip(points, sizes, names, strict=True):
        free = (
            box for box in _candidates(at, size, name, gap)
            if frame.contains(box) and not any(box.intersects(other) for other in taken)
        )  # fmt: skip
        box = next(free, None) if frame.contains(at) else None
        found.append(box)
        if box is not None:
            taken.append(box)
    return found


def _candidates(at: QPointF, size: QSizeF, name: QRectF | None, gap: float) -> Iterator[QRectF]:
    width, height = size.width(), size.height()
    if name is not None:
        # Growing away from the point, so that it stays to be seen.
        left = name.center().x() - width / 2
        if name.left() > at.x():
            left = name.left()
        elif name.right() < at.x():
            left = name.right() - width
        yield QRectF(left, name.center().y() - height / 2, width, height)
    lefts, tops = (at.x() + gap, at.x() - gap - width), (at.y() - height / 2, at.y() + gap, at.y() - gap - height)
    middle = at.x() - width / 2
    places = [*((left, tops[0]) for left in lefts), (middle, tops[2]), (middle, tops[1])]
    places += [(left, top) for left in lefts for top in tops[1:]]
    for left, top in places:
        yield QRectF(left, top, width, height)
