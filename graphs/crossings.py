"""Edges between columns: out of one, between the columns, into another. Each shape is found once and repeated."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graphs import measures
from graphs.corridors import lanes_near
from graphs.drawing import EdgeKind, Ints, NodeKind
from graphs.elements import HOISTED
from graphs.kinds import EXTERNAL
from graphs.parts import Numbers, Parts
from graphs.routing import Point, beside_the_first, enter, leave
from graphs.scene import Scene
from graphs.tape_arrays import GIVEN
from graphs.tree_routes import tree_points
from graphs.view import BOX, View

_TOGETHER_ABOVE = 8  # a sum of more terms, such as that of all losses, is drawn shape by shape, not one by one


class Crossing(NamedTuple):
    """Edges of one shape between columns.

    Attributes:
        source_view, source: view and element that they leave.
        target_view, target: view and element that they enter.
        apart: 1 to the next column, -1 to the one before, 2 and -2 further; in a tree, a Relation.
        lane: lines of different sources run beside each other.
    """

    source_view: int
    source: int
    target_view: int
    target: int
    apart: int
    lane: int


def draw_crossings(scene: Scene, parts: Parts, number: int) -> None:
    """Add the edges that enter a view's columns from other columns."""
    drawn: set[tuple[bytes, int, int]] = set()
    pills: dict[int, tuple[int, int]] = {}
    for step, sources in enumerate(scene.views[number].template.kind.sources):
        arguments = [argument for argument, source in enumerate(sources) if source == EXTERNAL]
        if scene.folded >= 0:
            for argument in arguments:
                _draw_loop(scene, parts, number, step, argument, pills)
        elif len(arguments) > _TOGETHER_ABOVE and len(scene.columns[number]) == 1:
            _draw_classes(scene, parts, number, step, arguments, drawn)
        else:
            for argument in arguments:
                _draw_classes(scene, parts, number, step, [argument], drawn)


def _draw_classes(
    scene: Scene, parts: Parts, number: int, step: int, operands: list[int], drawn: set[tuple[bytes, int, int]]
) -> None:
    """Edges to a step of all columns of a view for these operands, shape by shape."""
    layout, view = scene.layout, scene.views[number]
    columns = np.repeat(scene.columns[number], len(operands))
    arguments = np.tile(np.array(operands), len(scene.columns[number]))
    entries = np.repeat(scene.entries(number)[:, step], len(operands))
    sources = layout.arrays.inputs[layout.arrays.input_start[entries] + arguments]
    source_columns = layout.columns.of_entry[sources]
    tree = layout.tree
    apart = np.clip(columns - source_columns, -2, 2) if tree is None else tree.relations(source_columns, columns)
    classes = np.stack([scene.view_of[source_columns], layout.local[sources], apart], axis=1)
    found, inverse = np.unique(classes, axis=0, return_inverse=True)
    target = view.template.kind.circle[step]
    for row, (source_view, local, distance) in enumerate(found.tolist()):
        if source_view < 0:
            continue
        chosen = np.flatnonzero(inverse.ravel() == row)
        other = scene.views[source_view]
        element = other.template.kind.shown[local]
        source_node, target_node = other.node_of[element], view.node_of[target]
        boxed = BOX in (other.elements[source_node], view.elements[target_node])
        key = (source_columns[chosen].tobytes(), source_node, target_node)
        repeated = key in drawn
        if boxed and repeated:
            continue
        drawn.add(key)
        crossing = Crossing(source_view, element, number, target, distance, _lane(other, local))
        if tree is not None:
            points = tree_points(scene, crossing, int(arguments[chosen[0]]), source_columns[chosen], columns[chosen])
        else:
            points = _points(scene, crossing, source_columns[chosen], columns[chosen])
        points = beside_the_first(points) if repeated else points
        forward = local < other.template.kind.forward_steps
        parts.add_edges(
            scene.first_node[source_columns[chosen]] + source_node, scene.first_node[columns[chosen]] + target_node,
            EdgeKind.FORWARD if forward else EdgeKind.BACKWARD, sources[chosen], -1 if boxed else entries[chosen],
            -1 if boxed else arguments[chosen], points,
        )  # fmt: skip


def _lane(view: View, local: int) -> int:
    kind = view.template.kind
    if local >= kind.forward_steps:
        return 2 + local % 2
    states = [step for step, element in enumerate(kind.shown) if kind.elements[element].role in HOISTED]
    return states.index(local) % 3 if local in states else 0


def _legs(scene: Scene, crossing: Crossing) -> tuple[list[Point], list[Point]]:
    """The way out of the source's column and the way into the target's, relative to them."""
    a, b = scene.views[crossing.source_view], scene.views[crossing.target_view]
    rails = scene.rail_heights()
    onward = crossing.apart > 0
    border_a, border_b = (a.template.width, 0.0) if onward else (0.0, b.template.width)
    key_a = ("leave", crossing.source, crossing.lane, onward)
    if key_a not in a.routes:
        start = a.port(crossing.source)
        a.routes[key_a] = leave(a.space(rails), a.node_of[crossing.source], start, border_a, crossing.lane)
    key_b = ("enter", crossing.target, crossing.lane, onward)
    if key_b not in b.routes:
        end = b.port(crossing.target)
        b.routes[key_b] = enter(b.space(rails), b.node_of[crossing.target], end, border_b, crossing.lane)
    return a.routes[key_a], b.routes[key_b]


def _points(scene: Scene, crossing: Crossing, from_columns: Ints, to_columns: Ints) -> Numbers:
    """(edges, corners, 2) of the polylines."""
    out, into = _legs(scene, crossing)
    shift_a = np.stack([scene.x[from_columns], scene.y[from_columns]], axis=1)
    shift_b = np.stack([scene.x[to_columns], scene.y[to_columns]], axis=1)
    begin = np.array(out)[None] + shift_a[:, None]
    end = np.array(into)[None] + shift_b[:, None]
    gutter = measures.COLUMN_GAP / 2 + (crossing.lane - 1) * measures.LANE
    onward = 1.0 if crossing.apart > 0 else -1.0
    far = abs(crossing.apart) > 1
    gutter += measures.LANE if far else 0.0
    before = end[:, 0, 0] - onward * (measures.COLUMN_GAP - gutter if onward > 0 else gutter)
    y0, y1 = begin[:, -1, 1], end[:, 0, 1]
    corners = list(np.moveaxis(begin[:, :-1], 1, 0))
    if far:
        aside = gutter - measures.LANE  # clear of what comes down in the same gap
        after = begin[:, -1, 0] + onward * (aside if onward > 0 else measures.COLUMN_GAP - aside)
        # What goes to or comes from one column shares its way; what skips some columns has a track of its own.
        many = len(np.unique(to_columns)) > 1 and len(np.unique(from_columns)) > 1
        turn = 3 * (from_columns % 3) if many else np.zeros(len(y0))
        high = scene.layout.top - (2 + crossing.lane + turn) * measures.LANE
        inside = (to_columns < len(scene.layout.columns) - 1).all()
        row = scene.views[crossing.source_view].port(crossing.source)[1] + float(shift_a[0, 1])
        lanes = lanes_near(scene, row) if inside else []
        if onward > 0 and lanes:
            high = np.array(lanes)[from_columns % len(lanes)]
        corners += [np.stack(pair, 1) for pair in ((after, y0), (after, high), (before, high), (before, y1))]
    elif not np.allclose(y0, y1):
        corners += [np.stack([before, y0], 1), np.stack([before, y1], 1)]
    corners += list(np.moveaxis(end[:, 1:], 1, 0))
    return np.stack(corners, axis=1)


def _draw_loop(
    scene: Scene, parts: Parts, number: int, step: int, argument: int, pills: dict[int, tuple[int, int]]
) -> None:
    """The folded view: the state of the step before comes round in a loop, with its name on it.

    ``pills``: the loops drawn so far: step whose value comes round → how far outside the loop is, and its pill.
    """
    layout, view = scene.layout, scene.views[number]
    entry = int(scene.entries(number)[0, step])
    source = layout.arrays.inputs_of(entry)[argument]
    local = _same_step(scene, number, source) if source < layout.arrays.forward_end else None
    if local is None:
        return
    if local not in pills:
        rank = _lane(view, local)
        while any(rank == used for used, _ in pills.values()):
            rank += 1
        pills[local] = rank, _draw_way_back(scene, parts, number, local, source, rank)
    rank, pill = pills[local]
    low = _loop_height(scene, rank)
    kind = view.template.kind
    crossing = Crossing(number, kind.shown[local], number, kind.circle[step], 1, _lane(view, local))
    _, into = _legs(scene, crossing)
    lines = 0 if layout.tree is None else argument  # both parts of a tree's node come round
    left = -(rank + 1 + lines) * measures.LANE
    points = np.array([(_pill_x(view) - measures.PILL_WIDTH / 2, low), (left, low), (left, into[0][1]), *into[1:]])
    points = beside_the_first(points) if lines else points
    target = scene.first_node[scene.columns[number]] + view.node_of[kind.circle[step]]
    boxed = view.elements[view.node_of[kind.circle[step]]] == BOX
    parts.add_edges(
        np.array(pill), target, EdgeKind.FORWARD, np.array(source), -1 if boxed else entry, -1 if boxed else argument,
        (points + scene.shifts(number)[0])[None],
    )  # fmt: skip


def _pill_x(view: View) -> float:
    return view.template.width / 2


def _loop_height(scene: Scene, rank: int) -> float:
    return scene.layout.bottom + measures.PILL_HEIGHT + rank * (measures.PILL_HEIGHT + measures.LANE)


def _draw_way_back(scene: Scene, parts: Parts, number: int, local: int, source: int, rank: int) -> int:
    """A loop's pill below the column and the edge to it; returns the pill's node."""
    layout, view = scene.layout, scene.views[number]
    kind = view.template.kind
    lane = _lane(view, local)
    out, _ = _legs(scene, Crossing(number, kind.shown[local], number, kind.shown[local], 1, lane))
    low = _loop_height(scene, rank)
    right, x = view.template.width + (rank + 1) * measures.LANE, _pill_x(view)
    dx, dy = (float(value) for value in scene.shifts(number)[0])
    symbol = layout.arrays.names[int(layout.arrays.name[source])][0]
    pill = parts.add_node(
        x + dx, low + dy, measures.PILL_WIDTH, measures.PILL_HEIGHT, NodeKind.VARIABLE, source, symbol,
        "t−1" if layout.tree is None else "l,r",
    )
    points = [*out[:-1], (right, out[-1][1]), (right, low), (x + measures.PILL_WIDTH / 2, low)]
    node = scene.first_node[scene.columns[number]] + view.node_of[kind.shown[local]]
    own = scene.entries(number)[0, local]
    parts.add_edges(node, np.array(pill), EdgeKind.FORWARD, own, -1, -1, (np.array(points) + (dx, dy))[None])
    return pill


def _same_step(scene: Scene, number: int, entry: int) -> int | None:
    """The step of the one drawn column that does what ``entry`` does in another; by name if ``entry`` was given."""
    arrays, columns = scene.layout.arrays, scene.layout.columns
    given = arrays.operation[entry] == GIVEN
    for local, other in enumerate(scene.entries(number)[0].tolist()):
        same_place = columns.place[arrays.scope[other]] == columns.place[arrays.scope[entry]]
        if arrays.name[other] != arrays.name[entry] or arrays.operation[other] == GIVEN:
            continue
        # In a tree words have their states from elsewhere.
        alike = arrays.operation[other] == arrays.operation[entry] or scene.layout.tree is not None
        if given or (alike and same_place):
            return local
    return None
