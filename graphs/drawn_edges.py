"""Edges of a drawing: inside columns by template, between columns by pairs of templates; each route is found once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphs import measures
from graphs.drawing import EdgeKind, Ints
from graphs.kinds import EXTERNAL
from graphs.parts import Numbers, Parts
from graphs.routing import Point, enter, leave, route
from graphs.scene import Scene
from graphs.view import BOX, View


def draw_edges(scene: Scene, parts: Parts) -> None:
    """Add all edges along which values flow."""
    for number, view in enumerate(scene.views):
        if len(scene.columns[number]):
            _inner_edges(scene, parts, number, view)
            _outer_edges(scene, parts, number, view)


def _inner_edges(scene: Scene, parts: Parts, number: int, view: View) -> None:
    kind = view.template.kind
    drawn: set[tuple[int, int]] = set()
    for step, sources in enumerate(kind.sources):
        circle, shown = kind.circle[step], kind.shown[step]
        for argument, source in enumerate(sources):
            if source >= 0:
                _inner(scene, parts, number, (kind.source_element(source, step), circle, source, step, argument), drawn)
        if circle != shown:
            _inner(scene, parts, number, (circle, shown, step, -1, -1), drawn)


def _inner(
    scene: Scene, parts: Parts, number: int, flow: tuple[int, int, int, int, int], drawn: set[tuple[int, int]]
) -> None:
    """``flow``: source and target element, the step whose value flows, the step it flows into, the argument."""
    layout, view, columns = scene.layout, scene.views[number], scene.columns[number]
    source, target = view.node_of[flow[0]], view.node_of[flow[1]]
    boxed = BOX in (view.elements[source], view.elements[target])
    if source == target or (boxed and (source, target) in drawn):
        return
    repeated = (source, target) in drawn
    drawn.add((source, target))
    key = (source, target)
    if key not in view.routes:
        view.routes[key] = route(view.space(scene.rail_heights()), source, target)
    points = np.array(view.routes[key])
    if repeated:
        points = points + np.array([measures.LANE, 0.0])
    shift = np.stack([layout.x[columns], layout.y[columns]], axis=1)
    entries = scene.entries(number)
    first = scene.first_node[columns]
    steps: Numbers | int = -1 if boxed or flow[3] < 0 else entries[:, flow[3]]
    parts.add_edges(
        first + source, first + target, EdgeKind.FORWARD, entries[:, flow[2]], steps, -1 if boxed else flow[4],
        points[None] + shift[:, None],
    )  # fmt: skip


@dataclass(slots=True)
class _Crossing:
    """Edges of one shape between columns: which node of which view to which, next to each other or not."""

    source_view: int
    source: int
    target_view: int
    target: int
    near: bool
    lane: int


def _outer_edges(scene: Scene, parts: Parts, number: int, view: View) -> None:
    kind = view.template.kind
    drawn: set[tuple[int, int, int]] = set()
    for step, sources in enumerate(kind.sources):
        for argument, source in enumerate(sources):
            if source == EXTERNAL:
                _crossings(scene, parts, number, step, argument, drawn)


def _crossings(
    scene: Scene, parts: Parts, number: int, step: int, argument: int, drawn: set[tuple[int, int, int]]
) -> None:
    layout, view, columns = scene.layout, scene.views[number], scene.columns[number]
    arrays = layout.arrays
    entries = scene.entries(number)[:, step]
    sources = arrays.inputs[arrays.input_start[entries] + argument]
    source_columns = layout.columns.of_entry[sources]
    near = np.abs(columns - source_columns) == 1
    classes = np.stack([scene.view_of[source_columns], layout.local[sources], near], axis=1)
    found, inverse = np.unique(classes, axis=0, return_inverse=True)
    target = view.node_of[view.template.kind.circle[step]]
    for row, (source_view, local, is_near) in enumerate(found.tolist()):
        chosen = np.flatnonzero(inverse.ravel() == row)
        other = scene.views[source_view]
        source = other.node_of[other.template.kind.shown[local]]
        boxed = BOX in (other.elements[source], view.elements[target])
        if boxed and (source_view, source, target) in drawn:
            continue
        if boxed:
            drawn.add((source_view, source, target))
        lane = _lane(other, local)
        points = _points(scene, _Crossing(source_view, source, number, target, bool(is_near), lane),
                         source_columns[chosen], columns[chosen])  # fmt: skip
        parts.add_edges(
            scene.first_node[source_columns[chosen]] + source, scene.first_node[columns[chosen]] + target,
            EdgeKind.FORWARD, sources[chosen], -1 if boxed else entries[chosen], -1 if boxed else argument, points,
        )  # fmt: skip


def _lane(view: View, local: int) -> int:
    """Lines of different sources run beside each other."""
    kind = view.template.kind
    states = [k for k, element in enumerate(kind.shown) if kind.elements[element].is_pill]
    return states.index(local) % 4 if local in states else 0


def _points(scene: Scene, crossing: _Crossing, from_columns: Ints, to_columns: Ints) -> Numbers:
    """(edges, corners, 2) of edges between columns."""
    layout = scene.layout
    a, b = scene.views[crossing.source_view], scene.views[crossing.target_view]
    rails = scene.rail_heights()
    out = _kept(a, ("leave", crossing.source, crossing.lane), lambda: leave(
        a.space(rails), crossing.source, a.template.width, crossing.lane))  # fmt: skip
    into = _kept(b, ("enter", crossing.target, crossing.lane), lambda: enter(
        b.space(rails), crossing.target, 0.0, crossing.lane))  # fmt: skip
    shift_a = np.stack([layout.x[from_columns], layout.y[from_columns]], axis=1)
    shift_b = np.stack([layout.x[to_columns], layout.y[to_columns]], axis=1)
    out_points = np.array(out)[None] + shift_a[:, None]
    in_points = np.array(into)[None] + shift_b[:, None]
    gutter = measures.COLUMN_GAP / 2 + (crossing.lane - 0.5) * measures.LANE
    before_target = shift_b[:, 0] - measures.COLUMN_GAP + gutter
    after_source = shift_a[:, 0] + a.template.width + gutter
    corners: list[Numbers] = list(np.moveaxis(out_points[:, :-1], 1, 0))
    if crossing.near:
        if np.ptp(np.abs(out_points[:, -1, 1] - in_points[:, 0, 1])) == 0 and np.allclose(
            out_points[:, -1, 1], in_points[:, 0, 1]
        ):
            corners += list(np.moveaxis(in_points[:, 1:], 1, 0))
        else:
            corners += [np.stack([before_target, out_points[:, -1, 1]], 1)]
            corners += [np.stack([before_target, in_points[:, 0, 1]], 1)]
            corners += list(np.moveaxis(in_points[:, 1:], 1, 0))
    else:
        high = np.full(len(from_columns), layout.top - 2 * measures.LANE - crossing.lane * measures.LANE)
        corners += [
            np.stack([after_source, out_points[:, -1, 1]], 1), np.stack([after_source, high], 1),
            np.stack([before_target, high], 1), np.stack([before_target, in_points[:, 0, 1]], 1),
        ]  # fmt: skip
        corners += list(np.moveaxis(in_points[:, 1:], 1, 0))
    return np.stack(corners, axis=1)


def _kept(view: View, key: object, find: object) -> list[Point]:
    if key not in view.routes:
        assert callable(find)
        view.routes[key] = find()
    return view.routes[key]
