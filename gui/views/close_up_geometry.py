"""Where the lines of a cell's picture run on the screen; kept while the picture keeps its size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from gui.canvas.polylines import Array, arrow_heads
from gui.views.close_up_diagram import PILL, Diagram, NodeKind, Plate, Wire
from gui.views.close_up_routes import Way
from gui.views.close_up_tables import Point

RADIUS = 0.38
BOX_HIGH, PILL_HIGH = 0.72, 0.72
_CORNER = 0.22
_TRUNK = 0.75
"""Length of the arrow beside what comes in, in units."""


@dataclass(frozen=True, eq=False)
class Line:
    """A wire on the screen.

    Attributes:
        entry: revealed with this one, the wire is.
        is_weight: whether a parameter comes along it.
    """

    entry: int
    is_weight: bool
    path: QPainterPath


@dataclass(frozen=True, eq=False)
class Arrow:
    """Where the arrow of a gradient runs, before it is moved beside its wire.

    Attributes:
        wire: (step, argument) of the wire it goes back along; None where it is of all that comes to an entry.
        entry: the one that it is a gradient by.
        points: (n, 2) px, in the direction of the gradient.
    """

    wire: tuple[int, int] | None
    entry: int
    points: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Geometry:
    """See the module.

    Attributes:
        diagram, unit, origin: of what and how large.
        heads: (lines that are no weights, 3, 2) px, in the order of ``lines``.
        boxes: (wire of a parameter, middle of its box).
    """

    diagram: Diagram
    unit: float
    origin: QPointF
    lines: tuple[Line, ...]
    heads: Array
    arrows: tuple[Arrow, ...]
    boxes: tuple[tuple[Wire, QPointF], ...]


def geometry(diagram: Diagram, unit: float, origin: QPointF) -> Geometry:
    """The lines of a diagram at a size and a place."""
    weights = {node.entries[0] for node in diagram.nodes if node.kind is NodeKind.PARAMETER}
    shift = np.array([origin.x(), origin.y()])
    ways = [(wire.step, wire.way, wire.source in weights, RADIUS) for wire in diagram.wires]
    ways += [(plate.entry, plate.way, False, PILL / 2) for plate in diagram.plates if plate.way is not None]
    lines = tuple(Line(entry, weight, _path(_px(way.points, unit, shift), unit)) for entry, way, weight, _ in ways)
    arrows = tuple(
        Arrow(wire, entry, _px(points, unit, shift)) for wire, entry, points in _arrows(diagram, weights)
    )
    boxes = tuple(
        (wire, QPointF(*_px(wire.way.points[:1], unit, shift)[0])) for wire in diagram.wires if wire.source in weights
    )
    heads = _heads([(way, room) for _, way, weight, room in ways if not weight], unit, shift)
    return Geometry(diagram, unit, origin, lines, heads, arrows, boxes)


def _px(points: tuple[Point, ...] | list[Point], unit: float, shift: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array(points, dtype=np.float64) * unit + shift


def _path(points: NDArray[np.float64], unit: float) -> QPainterPath:
    """A line with round corners."""
    corners = [QPointF(x, y) for x, y in points.tolist()]
    path = QPainterPath(corners[0])
    for before, corner, after in zip(corners[:-2], corners[1:-1], corners[2:], strict=True):
        path.lineTo(_toward(corner, before, _CORNER * unit))
        path.quadTo(corner, _toward(corner, after, _CORNER * unit))
    path.lineTo(corners[-1])
    return path


def _toward(start: QPointF, end: QPointF, distance: float) -> QPointF:
    way = end - start
    length = max(1e-9, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    return start + way * (min(distance, length / 2) / length)


def _heads(ways: list[tuple[Way, float]], unit: float, shift: NDArray[np.float64]) -> Array:
    ends = np.array([[*way.points[-2], *way.points[-1], room] for way, room in ways])
    legs = ends[:, 2:4] - ends[:, :2]
    legs /= np.maximum(np.hypot(legs[:, 0], legs[:, 1]), 1e-9)[:, None]
    tips = (ends[:, 2:4] - legs * (ends[:, 4:5] + 0.02)) * unit + shift
    return arrow_heads(tips, legs, 0.24 * unit, 0.2 * unit)


# --- gradients ------------------------------------------------------------------------------------------------------


def _arrows(diagram: Diagram, weights: set[int]) -> list[tuple[tuple[int, int] | None, int, list[Point]]]:
    pills = {plate.entry: plate for plate in diagram.plates if plate.way is None}
    sources = {entry for node in diagram.nodes if node.kind is NodeKind.SOURCE for entry in node.entries}
    made: list[tuple[tuple[int, int] | None, int, list[Point]]] = []
    for wire in diagram.wires:
        if wire.source not in weights:
            room = _room(wire, sources, pills.get(wire.source))
            made.append(((wire.step, wire.argument), wire.source, _cut(wire.way.points[wire.way.own :], RADIUS, room)))
    for plate in diagram.plates:
        points = plate.way.points if plate.way is not None else ()
        if len(points) > 2:
            made.append((None, plate.entry, _cut(points[:-1], 0.2, RADIUS)))
        if points:
            made.append((None, plate.entry, _cut(points[-2:], PILL / 2, RADIUS if len(points) == 2 else 0.0)))
    for node in diagram.nodes:
        if node.kind is NodeKind.SOURCE and node.role != "x":
            x, y = node.at
            ends = [(x + PILL / 2 + _TRUNK, y), (x + PILL / 2 + 0.06, y)]
            made += [(None, entry, ends) for entry in node.entries]
    return made


def _room(wire: Wire, sources: set[int], pill: Plate | None) -> float:
    """How far an arrow stays away from the middle of what it goes back to."""
    if wire.way.own:
        return 0.12
    if wire.source in sources:
        # Beside the pill is the arrow of all that comes back to it.
        return PILL / 2 + (_TRUNK + 0.1 if len(wire.way.points) == 2 else 0.0)
    if pill is not None:
        (x, y), (next_x, next_y) = wire.way.points[:2]
        if pill.at[0] == x and next_y < pill.at[1]:
            return y - pill.at[1] + PILL_HIGH / 2
        if pill.at[1] == y and next_x > pill.at[0]:
            return pill.at[0] + pill.width / 2 - x
    return RADIUS


def _cut(points: tuple[Point, ...], at_end: float, at_start: float) -> list[Point]:
    """A way from its end back to its start, cut at both."""
    made = [np.array(point) for point in reversed(points)]
    for end, inner, room in ((0, 1, at_end), (-1, -2, at_start)):
        leg = made[inner] - made[end]
        length = max(1e-9, float(np.hypot(*leg)))
        made[end] = made[end] + leg * min(room + 0.04, 0.8 * length) / length
    return [(float(x), float(y)) for x, y in made]
