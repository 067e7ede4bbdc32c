"""Where the small multiples of all heads are: pure geometry, px."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

_MOST_CELL = 34.0


@dataclass(frozen=True)
class HeadsGeometry:
    """A grid of panels of the same size.

    Attributes:
        maps: where the cells of each panel are.
        titles: the line above each.
        cell: width and height of a cell.
        across: panels side by side.
    """

    maps: tuple[QRectF, ...]
    titles: tuple[QRectF, ...]
    cell: tuple[float, float]
    across: int


def heads_in(
    room: QRectF, panels: int, cells: tuple[int, int], title: float, gap: float, unit: float
) -> HeadsGeometry:
    """The arrangement in which the cells are largest.

    Args:
        room: where the panels may be.
        panels: how many there are.
        cells: rows and columns of each.
        title: height of a title.
        gap: between panels.
        unit: one px of the appearance's scale.
    """
    rows, columns = cells
    best, chosen = -1.0, (1, (1.0, 1.0))
    for across in range(1, panels + 1):
        down = -(-panels // across)
        wide = (room.width() - gap * (across - 1)) / across / columns
        high = (room.height() - (gap + title) * down + gap) / down / rows
        size = min(wide, high) + 0.05 * max(wide, high)
        if size > best:
            best, chosen = size, (across, (wide, high))
    across, (wide, high) = chosen
    # No cell is much longer than it is wide; a pixel is the least there can be seen.
    wide, high = max(0.5, min(wide, _MOST_CELL * unit)), max(0.5, min(high, _MOST_CELL * unit))
    wide, high = min(wide, 2.2 * high), min(high, 2.2 * wide)
    maps, titles = [], []
    for panel in range(panels):
        down, along = divmod(panel, across)
        left = room.left() + along * (wide * columns + gap)
        top = room.top() + down * (high * rows + title + gap)
        titles.append(QRectF(left, top, wide * columns, title))
        maps.append(QRectF(left, top + title, wide * columns, high * rows))
    return HeadsGeometry(tuple(maps), tuple(titles), (wide, high), across)
