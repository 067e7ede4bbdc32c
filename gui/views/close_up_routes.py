"""Where the wires of a cell's picture run: straight along rows and columns, and where they branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gui.views.close_up_tables import Point, Table

_NEAR = 1e-6
_TRUNK = 1.65
"""From the middle of a pill at the left to where its bus turns off."""


@dataclass(frozen=True)
class Way:
    """A wire's corners.

    Attributes:
        points: from the middle of a node to the middle of a node.
        own: the corner from which on it is this wire's alone, where others leave the same bus.
    """

    points: tuple[Point, ...]
    own: int = 0


def route(found: Table, source: str, start: Point, target: str, end: Point, *, is_box: bool) -> Way:
    """The way from ``source`` to ``target``, both a role or the name of a source or a result."""
    if is_box:
        return Way((start, end))
    vias = found.vias.get((source, target))
    if vias is not None:
        points = _without_doubles((start, *(found.at(seat) for seat in vias), end))
        shared = len(points) - 3 if source in found.sources or source == "add" else 0
        return Way(points, max(0, shared))
    row = found.buses.get(source)
    if row is not None and end[1] < found.rows[row] - _NEAR and not _same(start[1], end[1]):
        y = found.rows[row]
        turn = () if _same(start[1], y) else _turn(source, start, y, found)
        points = _without_doubles((start, *turn, (end[0], y), end))
        return Way(points, len(points) - 2)
    if _same(start[0], end[0]) or _same(start[1], end[1]) or _is_slanted(source, target):
        return Way((start, end))
    corner = (end[0], start[1]) if _same(start[1], found.rows.get("top", -1.0)) else (start[0], end[1])
    return Way((start, corner, end))


def _turn(source: str, start: Point, y: float, found: Table) -> tuple[Point, ...]:
    """From where it is to its bus: a source at the left turns off beside its pill."""
    x = start[0] + _TRUNK if source in found.sources else start[0]
    return (x, start[1]), (x, y)


def _is_slanted(source: str, target: str) -> bool:
    """Products go up into their sum on a slant."""
    return source.rpartition("/")[2] in ("W_x", "W_h") and target.rpartition("/")[2] == "sum"


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _NEAR


def _without_doubles(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(
        point for k, point in enumerate(points)
        if k == 0 or not (_same(point[0], points[k - 1][0]) and _same(point[1], points[k - 1][1]))
    )  # fmt: skip


def branches(ways: Sequence[tuple[int, Way]]) -> tuple[tuple[Point, int], ...]:
    """Where a wire turns off another one that carries the same entry, with the entry."""
    made: dict[Point, int] = {}
    for number, (entry, way) in enumerate(ways):
        for corner in way.points[1:-1]:
            for other, (carried, along) in enumerate(ways):
                if other != number and carried == entry and _passes(along.points, corner):
                    made[corner] = entry
    return tuple(made.items())


def _passes(points: Sequence[Point], at: Point) -> bool:
    """Whether a line goes straight through a point."""
    return any(_between(one, other, at) for one, other in zip(points[:-1], points[1:], strict=True))


def _between(one: Point, other: Point, at: Point) -> bool:
    if _same(one[1], other[1]) and _same(one[1], at[1]):
        return min(one[0], other[0]) + _NEAR < at[0] < max(one[0], other[0]) - _NEAR
    if _same(one[0], other[0]) and _same(one[0], at[0]):
        return min(one[1], other[1]) + _NEAR < at[1] < max(one[1], other[1]) - _NEAR
    return False
