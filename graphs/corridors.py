"""Corridors: free heights across all time steps, along which lines run that skip some of them."""

from __future__ import annotations

from graphs import measures
from graphs.scene import Scene

_FROM_RAIL = 6.0
_FROM_NODE = 12.0
Stretch = tuple[float, float]


def lanes_near(scene: Scene, y: float) -> list[float]:
    """Heights for lines side by side, in the larger of the corridors just above and just below a row; none if none.

    The first is the nearest to ``y``.
    """
    taken = _joined(sorted(_taken(scene)))
    row = next((k for k, (top, bottom) in enumerate(taken) if top <= y <= bottom), None)
    if row is None:
        return []
    top, bottom = taken[row]
    above = _lanes(top, taken[row - 1][1], -1.0) if row else []
    below = _lanes(bottom, taken[row + 1][0], 1.0) if row + 1 < len(taken) else []
    return below if len(below) > len(above) else above


def _lanes(start: float, end: float, way: float) -> list[float]:
    room = abs(end - start) - 2 * _FROM_NODE
    return [start + way * (_FROM_NODE + k * measures.LANE) for k in range(int(room / measures.LANE) + 1)] * (room >= 0)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches that overlap, as one."""
    made: list[Stretch] = []
    for top, bottom in stretches:
        if made and top <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], bottom)
        else:
            made.append((top, bottom))
    return made


def _taken(scene: Scene) -> set[Stretch]:
    """Stretches of y that nodes and rails of the time steps take."""
    last = len(scene.layout.columns) - 1
    made = {(y - _FROM_RAIL, y + _FROM_RAIL) for y in scene.rail_heights()}
    for view, columns in zip(scene.views, scene.columns, strict=True):
        if ((columns > 0) & (columns < last)).any():
            made |= {(top, bottom) for _, top, _, bottom in view.rects}
    return made
