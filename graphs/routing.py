"""Routes inside a column: polylines of horizontal and vertical legs that pass no foreign node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphs.grid_route import Grid, Terminal, trimmed
from graphs.measures import CLEARANCE, LANE

Numbers = NDArray[np.float64]
Point = tuple[float, float]
Rect = tuple[float, float, float, float]
WIDE = 60.0  # a node this wide has room for lines beside the one through its middle
AROUND = 80.0  # how far beside its ends a detour may run along rows
NEAREST = 10  # how many tracks and lanes are tried where a route needs two or three


@dataclass(slots=True)
class Field:
    """The nodes of a column as obstacles.

    Attributes:
        rects: (x0, y0, x1, y1) of each node.
        rails: heights at which no other line should run.
        under: nodes that lines from outside enter from below → what stands on that line.
    """

    rects: Sequence[Rect]
    rails: Sequence[float] = field(default_factory=tuple)
    under: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    _edges: Numbers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._edges = np.array(self.rects, dtype=np.float64).reshape(-1, 4)
        self._edges += (-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE)

    @property
    def around(self) -> Numbers:
        """(n, 4) the nodes with the room that lines leave around them."""
        return self._edges

    def is_free(self, a: Point, b: Point, own: tuple[int, ...]) -> bool:
        """Whether a leg passes no node but its own."""
        x0, x1 = sorted((a[0], b[0]))
        y0, y1 = sorted((a[1], b[1]))
        left, top, right, bottom = self._edges.T
        hit = (x0 < right) & (x1 > left) & (y0 < bottom) & (y1 > top)
        return not hit.any() or all(number in own for number in np.flatnonzero(hit).tolist())

    def is_clear(self, points: Sequence[Point], source: int | None, target: int | None) -> bool:
        """Whether a whole route passes no node; only its first leg may touch its source, its last its target."""
        legs = list(zip(points, points[1:], strict=False))
        for number, (a, b) in enumerate(legs):
            own = [source] if number == 0 else []
            if number == len(legs) - 1 and target is not None:
                own += [target, *(self.under.get(target, ()) if b[1] > self.rects[target][1] else ())]
            if not self.is_free(a, b, tuple(node for node in own if node is not None)):
                return False
        return True

    def tracks(self, near: float, shift: float = 0.0, between: tuple[float, float] | None = None) -> list[float]:
        """Heights between rows that horizontal legs may take, nearest first; only beside nodes in a stretch of x."""
        rects = self.rects
        if between is not None:
            low, high = min(between) - AROUND, max(between) + AROUND
            rects = [rect for rect in rects if rect[0] < high and rect[2] > low]
        edges = {top - 2 * LANE - shift for _, top, _, _ in rects}
        edges |= {bottom + 2 * LANE + shift for *_, bottom in rects}
        free = [y for y in edges if all(abs(y - rail) > LANE - 2 for rail in self.rails)]
        return sorted(free, key=lambda y: (abs(y - near), y))

    def lanes(self, near: float) -> list[float]:
        """x between nodes that vertical legs may take, nearest first."""
        edges = {left - 2 * LANE for left, *_ in self.rects} | {right + 2 * LANE for _, _, right, _ in self.rects}
        return sorted(edges, key=lambda x: (abs(x - near), x))


def port(rect: Rect, wanted: Point) -> Point:
    """Where lines of a node aim at: where what is hidden in a box would stand, so that closing it moves no line."""
    (left, top, right, bottom), (x, y) = rect, wanted
    inset = min(8.0, (right - left) / 2, (bottom - top) / 2)
    return min(max(x, left + inset), right - inset), min(max(y, top + inset), bottom - inset)


def beside(rect: Rect, wanted: Point, right: bool) -> Point:
    """A second port of a wide node, beside the line through its middle; of a narrow one, the port itself."""
    if rect[2] - rect[0] < WIDE:
        return wanted
    return (rect[2] - 2 * LANE if right else rect[0] + 2 * LANE), wanted[1]


def beside_the_first(points: Numbers) -> Numbers:
    """The way of a repeated operand, as in x·x: (..., corners, 2) moved aside from that of the first."""
    last = points[..., -1, :] - points[..., -2, :]
    sideways = bool(np.all(np.abs(last[..., 0]) > np.abs(last[..., 1])))
    moved: Numbers = points + (np.array([0.0, LANE]) if sideways else np.array([LANE, 0.0]))
    return moved


def route(space: Field, source: int, target: int, start: Point, end: Point) -> list[Point]:
    """From one node to another in the same column: straight, else with one corner, else with more.

    Args:
        space: all nodes.
        source, target: two of them.
        start, end: their ports.
    """
    a, b = space.rects[source], space.rects[target]
    rising = start[1] > end[1]
    ways = _between(space, a, b, start, end)
    if target in space.under and a[1] > b[3]:
        ways = chain(_by_bus(space, a, b, start, end), ways)
    elif target in space.under and a[3] < b[1]:
        low = [y for y in space.tracks(_foot(space, target)) if y > b[3]][:NEAREST]
        ways = chain(([(start[0], a[3]), (start[0], y), (end[0], y), (end[0], b[3])] for y in low), ways)
    ends = (start[0], a[1] if rising else a[3]), (end[0], b[3] if rising else b[1])
    ways = chain(ways, _detours(space, source, target, *ends))
    for points in ways:
        if space.is_clear(points, source, target):
            return points
    found = _searched(space, source, start, target, end)
    if found is not None and space.is_clear(found, source, target):
        return found
    (ax, ay), (bx, by) = start, end
    middle = (a[1] + b[3]) / 2 if ay > by else (a[3] + b[1]) / 2
    return [(ax, a[1] if ay > by else a[3]), (ax, middle), (bx, middle), (bx, b[3] if ay > by else b[1])]


def _searched(space: Field, source: int, start: Point, target: int, end: Point) -> list[Point] | None:
    """The way with the fewest corners; None if there is none."""
    own = (target, *space.under.get(target, ()))
    around = space.around
    below = [_rect(around[node]) for node in own[1:]]
    ends = [Terminal(start, _rect(around[source])), Terminal(end, _rect(around[target]), below)]
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    others = np.delete(around, [source, *own], axis=0)
    grid = Grid(space.lanes(middle[0]), space.tracks(middle[1]), ends, others)
    goals = np.zeros((len(grid.ys), len(grid.xs)), bool)
    goals[grid.cell(end)] = True
    points = grid.way(start, goals)
    return None if points is None else trimmed(points, space.rects[source], space.rects[target])


def _searched_out(space: Field, source: int, start: Point, border: float) -> list[Point] | None:
    """The same to a border of the column, at any height."""
    others = np.delete(space.around, source, axis=0)
    grid = Grid([*space.lanes(start[0]), border], space.tracks(start[1]),
                [Terminal(start, _rect(space.around[source]))], others)  # fmt: skip
    goals = np.zeros((len(grid.ys), len(grid.xs)), bool)
    goals[:, grid.xs == border] = True
    points = grid.way(start, goals)
    return None if points is None else trimmed(points, space.rects[source], None)


def _rect(row: Numbers) -> Rect:
    x0, y0, x1, y1 = row.tolist()
    return x0, y0, x1, y1


def _by_bus(space: Field, a: Rect, b: Rect, start: Point, end: Point) -> Iterator[list[Point]]:
    """Ways on which lines to several nodes from one share a stretch just above it."""
    (ax, _), (bx, _) = start, end
    if _within(bx, a, ax):
        yield [(bx, a[1]), (bx, b[3])]
    just_above = [a[1] - (2 + k) * LANE for k in range(4)]
    free = [y for y in just_above if all(abs(y - rail) > LANE - 2 for rail in space.rails)]
    for y in (*free, *space.tracks(a[1])):
        if b[3] < y < a[1]:
            yield [(ax, a[1]), (ax, y), (bx, y), (bx, b[3])]


def _between(space: Field, a: Rect, b: Rect, from_port: Point, to_port: Point) -> Iterator[list[Point]]:
    (ax, ay), (bx, by) = from_port, to_port
    rising = ay > by
    start, end = (a[1], b[3]) if rising else (a[3], b[1])
    side_a, side_b = (a[2], b[0]) if bx > ax else (a[0], b[2])
    for x in (ax, bx):
        if _within(x, a, ax) and _within(x, b, bx):
            yield [(x, start), (x, end)]
    if abs(ay - by) < 1:
        yield [(side_a, ay), (side_b, ay)]
    if not rising and (b[0] > a[2] or b[2] < a[0]):  # along the line of a state and down from it
        yield [(side_a, ay), (bx, ay), (bx, end)]
    if b[0] > ax + 2 * LANE or b[2] < ax - 2 * LANE:
        yield [(ax, start), (ax, by), (side_b, by)]
    aside = (a[2] < bx - 2 * LANE or a[0] > bx + 2 * LANE) and (by < a[1] or by > a[3])
    wide = a[2] - a[0] >= WIDE  # the sides of a circle are where operands come in
    if aside and wide:
        yield [(side_a, ay), (bx, ay), (bx, end)]
    tracks = space.tracks(end)
    for y in tracks:
        if min(start, end) < y < max(start, end):
            yield [(ax, start), (ax, y), (bx, y), (bx, end)]
    if aside and not wide:
        yield [(side_a, ay), (bx, ay), (bx, end)]
    for x in space.lanes(side_b)[: 2 * NEAREST]:
        yield [(a[2] if x > ax else a[0], ay), (x, ay), (x, by), (b[0] if x < bx else b[2], by)]


def _within(x: float, rect: Rect, own: float) -> bool:
    """Whether a vertical line may end at x: at the node's port, or anywhere along a wide node."""
    wide = rect[2] - rect[0] >= WIDE
    return abs(x - own) < 1 or (wide and rect[0] + LANE < x < rect[2] - LANE)


def _detours(space: Field, source: int, target: int, start: Point, end: Point) -> Iterator[list[Point]]:
    """Ways with five legs: along a row, up or down between nodes, along another row."""
    between, rising = (start[0], end[0]), start[1] > end[1]
    out = [y for y in space.tracks(start[1], between=between) if (y < start[1]) == rising][:NEAREST]
    back = [y for y in space.tracks(end[1], between=between) if (y > end[1]) == rising][:NEAREST]
    own = (target, *space.under.get(target, ()))
    back = [y for y in back if space.is_free((end[0], y), end, own)]
    near = (end[0], start[0], (start[0] + end[0]) / 2)
    lanes = list(dict.fromkeys(x for place in near for x in space.lanes(place)[:NEAREST]))
    ways_in = [(y, {x for x in lanes if space.is_free((x, y), (end[0], y), ())}) for y in back]
    for first in out:
        if not space.is_free(start, (start[0], first), (source,)):
            continue
        for x in lanes:
            if not space.is_free((start[0], first), (x, first), ()):
                continue
            for second, reached in ways_in:
                if x in reached and space.is_free((x, first), (x, second), ()):
                    yield [start, (start[0], first), (x, first), (x, second), (end[0], second), end]


def leave(space: Field, source: int, start: Point, border: float, lane: int) -> list[Point]:
    """From a node to a border of the column, right or left of it.

    Args:
        space: all nodes.
        source: one of them.
        start: its port.
        border: x of the border.
        lane: lines of different lanes run beside each other.
    """
    rect = space.rects[source]
    ways = [[(rect[2] if border > start[0] else rect[0], start[1]), (border, start[1])]]
    x, _ = beside(rect, start, border > start[0])
    for track in space.tracks(rect[1], lane * LANE):
        if rect[1] <= track <= rect[3]:
            continue
        ways.append([(x, rect[1] if track < rect[1] else rect[3]), (x, track), (border, track)])
    clear = next((way for way in ways if space.is_clear(way, source, None)), None)
    return clear or _searched_out(space, source, start, border) or ways[0]


def _foot(space: Field, target: int) -> float:
    """Lower edge of a node and of what stands under it."""
    return max(space.rects[node][3] for node in (target, *space.under.get(target, ())))


def enter(space: Field, target: int, end: Point, border: float, lane: int) -> list[Point]:
    """From a border of the column to a node; arguments as of ``leave``."""
    rect = space.rects[target]
    x, y = end
    ways = [[(border, y), (rect[0] if border < x else rect[2], y)]]
    bus = [track for track in space.tracks(_foot(space, target), lane * LANE) if track > rect[3]]
    if target in space.under:
        ways = [[(border, track), (x, track), (x, rect[3])] for track in bus] + ways
    tracks = [track for track in space.tracks(rect[3], lane * LANE) if not rect[1] <= track <= rect[3]]
    ways += [[(border, track), (x, track), (x, rect[3])] for track in tracks if track > rect[3]]
    ways += [[(border, track), (x, track), (x, rect[1])] for track in tracks if track < rect[1]]
    for track in tracks[: 2 * NEAREST]:
        for x_lane in space.lanes(rect[0])[:NEAREST]:
            side = rect[0] if x_lane < x else rect[2]
            ways.append([(border, track), (x_lane, track), (x_lane, y), (side, y)])
    clear = next((way for way in ways if space.is_clear(way, None, target)), None)
    if clear is not None:
        return clear
    found = _searched_out(space, target, end, border)
    return ways[0] if found is None else found[::-1]
