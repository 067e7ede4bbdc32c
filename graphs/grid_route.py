"""Ways with as few corners as can be, for routes that no simple way serves: found on a grid of tracks and lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Point = tuple[float, float]
Rect = tuple[float, float, float, float]
_FAR = 1_000_000
_MOST_CORNERS = 12


@dataclass(slots=True)
class Terminal:
    """An end of a way: a port, and rectangles through which only lines straight to the port lead.

    Attributes:
        port: where lines aim at.
        rect: of the node, with the room around it.
        below: of what stands on the line that comes in from below.
    """

    port: Point
    rect: Rect
    below: Sequence[Rect] = ()


class Grid:
    """Legs along lanes and tracks that pass no obstacle."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], ends: Sequence[Terminal], others: Numbers) -> None:
        """``others``: (n, 4) x0, y0, x1, y1 of all obstacles that are no ends."""
        self.xs = np.unique(np.array([*xs, *(end.port[0] for end in ends)]))
        self.ys = np.unique(np.array([*ys, *(end.port[1] for end in ends)]))
        self._across: Flags = np.zeros((len(self.ys), len(self.xs) - 1), bool)
        self._down: Flags = np.zeros((len(self.ys) - 1, len(self.xs)), bool)
        for end in ends:
            self._block(end.rect)
            for rect in end.below:
                self._block(rect)
        for end in ends:
            self._open(end)
        for rect in others.tolist():
            self._block(rect)
        count = len(self.xs)
        self.rows: Ints = _runs(self._across) + np.arange(len(self.ys))[:, None] * count
        self.columns: Ints = (_runs(self._down.T) + np.arange(count)[:, None] * len(self.ys)).T

    def cell(self, point: Point) -> tuple[int, int]:
        """Track and lane of a point on both."""
        return int(np.searchsorted(self.ys, point[1])), int(np.searchsorted(self.xs, point[0]))

    def _spans(self, rect: Sequence[float]) -> tuple[slice, slice, slice, slice]:
        """Tracks inside a rectangle, legs across it, lanes inside it, legs down through it."""
        x0, y0, x1, y1 = rect
        tracks = slice(int(np.searchsorted(self.ys, y0, "right")), int(np.searchsorted(self.ys, y1)))
        lanes = slice(int(np.searchsorted(self.xs, x0, "right")), int(np.searchsorted(self.xs, x1)))
        across = slice(max(0, lanes.start - 1), lanes.stop)
        down = slice(max(0, tracks.start - 1), tracks.stop)
        return tracks, across, lanes, down

    def _block(self, rect: Sequence[float]) -> None:
        tracks, across, lanes, down = self._spans(rect)
        self._across[tracks, across] = True
        self._down[down, lanes] = True

    def _open(self, end: Terminal) -> None:
        track, lane = self.cell(end.port)
        _, across, _, down = self._spans(end.rect)
        self._across[track, across] = False
        self._down[down, lane] = False
        for rect in end.below:
            self._down[self._spans(rect)[3], lane] = False

    def way(self, start: Point, goals: Flags) -> list[Point] | None:
        """From a point to the goal (tracks, lanes) that is reached with the fewest corners; None for no way."""
        at = self.cell(start)
        rows = np.full(self.rows.max() + 1, _FAR)
        columns = np.full(self.columns.max() + 1, _FAR)
        rows[self.rows[at]] = columns[self.columns[at]] = 0
        for corners in range(_MOST_CORNERS):
            levels = np.minimum(rows[self.rows], columns[self.columns])
            if (levels[goals] <= corners).any():
                break
            by_row, by_column = rows[self.rows] == corners, columns[self.columns] == corners
            columns[self.columns[by_row]] = np.minimum(columns[self.columns[by_row]], corners + 1)
            rows[self.rows[by_column]] = np.minimum(rows[self.rows[by_column]], corners + 1)
        else:
            return None
        reached = np.argwhere(goals & (levels <= corners))
        away = np.abs(self.ys[reached[:, 0]] - start[1]) + np.abs(self.xs[reached[:, 1]] - start[0])
        track, lane = reached[int(np.argmin(away))].tolist()
        return self._back((track, lane), at, rows, columns)

    def _back(self, cell: tuple[int, int], start: tuple[int, int], rows: Ints, columns: Ints) -> list[Point]:
        """The corners from the start to a cell, found from its end on."""
        track, lane = cell
        along = bool(rows[self.rows[cell]] <= columns[self.columns[cell]])
        level = int(min(rows[self.rows[cell]], columns[self.columns[cell]]))
        cells = [cell]
        while level:
            level -= 1
            if along:
                same = np.flatnonzero(self.rows[track] == self.rows[track, lane])
                same = same[columns[self.columns[track, same]] == level]
                lane = _nearest(self.xs, same, lane, start[1])
            else:
                same = np.flatnonzero(self.columns[:, lane] == self.columns[track, lane])
                same = same[rows[self.rows[same, lane]] == level]
                track = _nearest(self.ys, same, track, start[0])
            cells.append((track, lane))
            along = not along
        cells.append(start)
        return [(float(self.xs[lane]), float(self.ys[track])) for track, lane in reversed(cells)]


def _runs(blocked: Flags) -> Ints:
    """(lines, places) number of the free stretch of its line that each place lies in."""
    made = np.zeros((blocked.shape[0], blocked.shape[1] + 1), np.int64)
    np.cumsum(blocked, axis=1, out=made[:, 1:])
    return made


def _nearest(places: Numbers, among: Ints, one: int, other: int) -> int:
    """Where a leg from one place turns on its way to another, so that it is as short as can be."""
    away = np.abs(places[among] - places[one]) + np.abs(places[among] - places[other])
    return int(among[int(np.argmin(away))])


def trimmed(points: Sequence[Point], source: Rect, target: Rect | None) -> list[Point]:
    """The way without corners that are none, from the border of its source to that of its target."""
    made: list[Point] = []
    for point in points:
        if made and made[-1] == point:
            continue
        if len(made) > 1 and (made[-2][0] == made[-1][0] == point[0] or made[-2][1] == made[-1][1] == point[1]):
            made.pop()
        made.append(point)
    if len(made) > 1:
        made[0] = _border(source, made[0], made[1])
    if len(made) > 1 and target is not None:
        made[-1] = _border(target, made[-1], made[-2])
    return made


def _border(rect: Rect, port: Point, other: Point) -> Point:
    """Where the straight leg from a port to another point leaves a rectangle."""
    if other[0] == port[0]:
        return port[0], rect[1] if other[1] < port[1] else rect[3]
    return rect[0] if other[0] < port[0] else rect[2], port[1]
