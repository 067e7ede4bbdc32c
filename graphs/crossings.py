"""Edges between columns: out of one, between the columns, into another. Each shape is found once and repeated."""

from __future__ import annotations

import numpy as np

from graphs import measures
from graphs.corridors import lanes_near
from graphs.crossing import Crossing, lane_of, legs
from graphs.drawing import EdgeKind, Ints, NodeKind
from graphs.elements import Element
from graphs.kinds import EXTERNAL
from graphs.loops import Loops, draw_loop
from graphs.parts import Numbers, Parts
from graphs.routing import beside_the_first
from graphs.scene import Scene
from graphs.tree_routes import tree_points
from graphs.view import BOX

_ABOVE = 3  # lanes from what an image passes on to all time steps up to the line of their losses
_BEFORE_HEADS = measures.MARGIN_GAP - measures.LANE  # from a lattice to lines left of it, clear of parameters' boxes
_TOGETHER_ABOVE = 8  # a sum of more terms, such as that of all losses, is drawn shape by shape, not one by one


def draw_crossings(scene: Scene, parts: Parts, number: int) -> None:
    """Add the edges that enter a view's columns from other columns."""
    drawn: set[tuple[bytes, int, int]] = set()
    loops = Loops()
    for step, sources in enumerate(scene.views[number].template.kind.sources):
        arguments = [argument for argument, source in enumerate(sources) if source == EXTERNAL]
        if scene.folded >= 0:
            for argument in arguments:
                draw_loop(scene, parts, number, step, argument, loops)
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
        crossing = Crossing(source_view, element, number, target, distance, lane_of(other, local))
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


def _points(scene: Scene, crossing: Crossing, from_columns: Ints, to_columns: Ints) -> Numbers:
    """(edges, corners, 2) of the polylines."""
    out, into = legs(scene, crossing)
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
        high = _top(scene, from_columns, to_columns) - (2 + crossing.lane + turn) * measures.LANE
        inside = bool((to_columns < len(scene.layout.columns) - 1).all())
        if inside and _element(scene, crossing).kind == NodeKind.LOSS:  # above all, as to a sum after all
            inside, high = False, high - _ABOVE * measures.LANE
        row = scene.views[crossing.source_view].port(crossing.source)[1] + float(shift_a[0, 1])
        lanes = lanes_near(scene, row) if inside else []
        if inside and (from_columns == 0).all() and _is_computed(scene, crossing):
            lanes = [scene.layout.bottom - measures.COLUMN_PADDING / 2]  # as what an embedding of all words passes on
        if onward > 0 and lanes:
            high = np.array(lanes)[from_columns % len(lanes)]
        corners += [np.stack(pair, 1) for pair in ((after, y0), (after, high), (before, high), (before, y1))]
    elif not np.allclose(y0, y1):
        blocked = _heads_between(scene, from_columns, to_columns, float(y0[0]))
        away = gutter if onward > 0 else -min(gutter, _BEFORE_HEADS)
        turn = begin[:, -1, 0] + away if blocked else before
        corners += [np.stack([turn, y0], 1), np.stack([turn, y1], 1)]
    corners += list(np.moveaxis(end[:, 1:], 1, 0))
    return np.stack(corners, axis=1)


def _top(scene: Scene, from_columns: Ints, to_columns: Ints) -> float:
    """Upper end of all columns; of those outside of time alone for lines that pass no time step."""
    layout = scene.layout
    low, high = int(min(from_columns.min(), to_columns.min())), int(max(from_columns.max(), to_columns.max()))
    if not all(column in layout.columns.static for column in range(low, high + 1)):
        return layout.top
    return layout.templates[int(layout.template_of[low])].top


def _heads_between(scene: Scene, from_columns: Ints, to_columns: Ints, y: float) -> bool:
    """Whether a line at a height would run through parameters' boxes that stand between two lattices."""
    layout = scene.layout
    first, last = int(min(from_columns.min(), to_columns.min())), int(max(from_columns.max(), to_columns.max()))
    between = [lattice for lattice in layout.lattices[1:] if first < lattice.first <= last]
    rails = [*layout.rails.values(), *layout.bundles.values()] if between else []
    room = measures.PARAMETER_HEIGHT / 2 + measures.CLEARANCE
    return any(abs(rail.y - y) < room for rail in rails for one in between if one.holds(rail.first, rail.last))


def _is_computed(scene: Scene, crossing: Crossing) -> bool:
    return _element(scene, crossing).kind == NodeKind.OPERATION


def _element(scene: Scene, crossing: Crossing) -> Element:
    """What the edges leave."""
    return scene.views[crossing.source_view].template.kind.elements[crossing.source]
