"""Parameters: a box at the left margin, a rail through the columns that use it, a tap at each use.

A cell with many parameters has one rail while it is closed, and tags at its operations while it is open.
"""

from __future__ import annotations

import numpy as np

from graphs import measures
from graphs.drawing import EdgeKind, NodeKind, Rail
from graphs.drawn_branches import draw_branches
from graphs.layout import Layout, RailPlace
from graphs.parts import Parts
from graphs.routing import Point
from graphs.scene import Scene
from graphs.taps import tap
from graphs.template import cell_of
from graphs.view import BOX, View


def draw_rails(scene: Scene, parts: Parts) -> None:
    """Add parameter boxes, rails and taps."""
    layout = scene.layout
    if layout.tree is not None:
        draw_branches(scene, parts)
        return
    shown = [(rail, _name(layout, rail)) for rail in layout.rails.values()]
    shown += [(rail, cell[-1][1] if cell else "W") for cell, rail in layout.bundles.items() if _is_closed(scene, cell)]
    taken: list[tuple[float, float]] = []
    for rail, label in sorted(shown, key=lambda pair: pair[0].y):
        _draw_rail(scene, parts, rail, label, taken)
    for number in range(len(scene.views)):
        if len(scene.columns[number]):
            _draw_taps(scene, parts, number)


def _name(layout: Layout, rail: RailPlace) -> str:
    code = int(layout.arrays.name[layout.parameters[rail.parameters[0]]])
    return layout.arrays.names[code][0]


def _is_closed(scene: Scene, cell: tuple[tuple[str, str], ...]) -> bool:
    """Whether the cell is inside a box in any column."""
    return any(
        cell_of(view.template.kind.places[step]) == cell and _is_boxed(view, step)
        for view, columns in zip(scene.views, scene.columns, strict=True)
        if len(columns)
        for step, _, _ in view.template.taps
        if not view.template.kind.static
    )


def _is_boxed(view: View, step: int) -> bool:
    return view.elements[view.node_of[view.template.kind.circle[step]]] == BOX


def _draw_rail(scene: Scene, parts: Parts, rail: RailPlace, label: str, taken: list[tuple[float, float]]) -> None:
    layout = scene.layout
    entries = [int(layout.parameters[parameter]) for parameter in rail.parameters]
    x = _margin(scene, rail) - measures.MARGIN_GAP - measures.PARAMETER_WIDTH / 2
    while any(abs(x - a) < 1 and abs(rail.y - b) < measures.PARAMETER_HEIGHT + 4 for a, b in taken):
        x -= measures.PARAMETER_WIDTH + measures.MARGIN_GAP / 2
    taken.append((x, rail.y))
    node = parts.add_node(
        x, rail.y, measures.PARAMETER_WIDTH, measures.PARAMETER_HEIGHT, NodeKind.PARAMETER, entries[0], label
    )
    scene.rail_nodes.update({(parameter, rail.y): node for parameter in rail.parameters})
    bundle = tuple(entries) if len(entries) > 1 else ()
    end = scene.rail_end(rail.last)
    parts.rails.append(Rail(entries[0], node, rail.y, x + measures.PARAMETER_WIDTH / 2, end, bundle))


def _margin(scene: Scene, rail: RailPlace) -> float:
    """Left of what its box stands: of all time steps, or of the lattice that the parameter belongs to."""
    own = (lattice for lattice in scene.layout.lattices[1:] if lattice.holds(rail.first, rail.last))
    lattice = next(own, None) if scene.folded < 0 else None
    return scene.left if lattice is None else float(scene.x[lattice.first])


def _draw_taps(scene: Scene, parts: Parts, number: int) -> None:
    layout, view = scene.layout, scene.views[number]
    drawn: set[tuple[int, int]] = set()
    for step, argument, parameter in view.template.taps:
        node = view.node_of[view.template.kind.circle[step]]
        boxed = view.elements[node] == BOX
        tag = view.tags.get((step, parameter))
        if (node, parameter) in drawn:
            continue
        if boxed:
            drawn.add((node, parameter))
        if tag is not None:
            _draw_tap(scene, parts, number, (tag, node, step, argument, parameter), _from_tag(view, tag, node), None)
            continue
        if view.template.kind.static:
            continue
        bundled = view.template.is_bundled(step)
        rail = layout.bundles[cell_of(view.template.kind.places[step])] if bundled else layout.rails[parameter]
        points = tap(view, step, rail.y, boxed=boxed)
        if bundled and (node, -1) in drawn:
            continue
        if bundled:
            drawn.add((node, -1))
        _draw_tap(scene, parts, number, (-1, node, -1 if boxed else step, argument, parameter), points, rail.y)


def _draw_tap(
    scene: Scene, parts: Parts, number: int, flow: tuple[int, int, int, int, int], points: list[Point], y: float | None
) -> None:
    """``flow``: tag (or -1 for the rail), node, step, argument, parameter."""
    tag, node, step, argument, parameter = flow
    first = scene.first_node[scene.columns[number]]
    made = np.array(points)[None] + scene.shifts(number)[:, None]
    if y is not None:
        made[:, 0, 1] = y
    source = first + tag if y is None else np.array(scene.rail_nodes[parameter, y])
    parts.add_edges(
        source, first + node, EdgeKind.TAP, np.array(scene.layout.parameters[parameter]),
        -1 if step < 0 else scene.entries(number)[:, step], -1 if step < 0 else argument, made,
    )  # fmt: skip


def _from_tag(view: View, tag: int, node: int) -> list[Point]:
    left, top, right, bottom = view.rects[node]
    x, y, radius = (left + right) / 2, (top + bottom) / 2, (bottom - top) / 2
    below = abs(view.rects[tag][0] + view.rects[tag][2] - left - right) < 1
    corner = view.rects[tag][2] - 3 if below else view.rects[tag][0] + 3, view.rects[tag][1] + 3
    length = float(np.hypot(corner[0] - x, corner[1] - y))
    return [corner, (x + radius * (corner[0] - x) / length, y + radius * (corner[1] - y) / length)]
