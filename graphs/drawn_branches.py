"""The parameters of a tree: a box beside the leaves, a trunk, a branch at every height, a tap at each use."""

from __future__ import annotations

import numpy as np

from graphs import measures
from graphs.drawing import EdgeKind, NodeKind, Rail
from graphs.parts import Parts
from graphs.scene import Scene
from graphs.taps import tap
from graphs.view import BOX


def draw_branches(scene: Scene, parts: Parts) -> None:
    """Add parameter boxes, rails with their branches, and taps."""
    heads: dict[int, int] = {}
    lines = {parameter: _lines(scene, parameter) for parameter in scene.layout.branches.ends}
    lines = {parameter: found for parameter, found in lines.items() if found}
    lowest = sorted(lines, key=lambda parameter: max(lines[parameter]))
    for place, parameter in enumerate(lowest):
        heads[parameter] = _draw_head(scene, parts, parameter, lines[parameter], (place, len(lowest)))
    for number, columns in enumerate(scene.columns):
        if len(columns):
            _draw_taps(scene, parts, number, heads)


def _lines(scene: Scene, parameter: int) -> dict[float, float]:
    """Heights of a parameter's lines and where each ends."""
    layout = scene.layout
    if scene.folded < 0:
        return {y: scene.rail_end(last) for y, last in layout.branches.ends[parameter].items()}
    y = layout.branches.local.get((int(layout.template_of[scene.folded]), parameter))
    return {} if y is None else {y: scene.rail_end(scene.folded)}


def _draw_head(
    scene: Scene, parts: Parts, parameter: int, lines: dict[float, float], place: tuple[int, int]
) -> int:
    """``place``: which of how many trunks; returns the node of the parameter's box."""
    number, count = place
    layout = scene.layout
    entry = int(layout.parameters[parameter])
    symbol = layout.arrays.names[int(layout.arrays.name[entry])][0]
    y = max(lines)
    trunk = scene.left - measures.MARGIN_GAP / 2 - number * measures.TRUNK_PITCH
    x = scene.left - measures.MARGIN_GAP - count * measures.TRUNK_PITCH - measures.PARAMETER_WIDTH / 2
    x -= _column(scene, parameter) * (measures.PARAMETER_WIDTH + measures.MARGIN_GAP / 2)
    node = parts.add_node(
        x, y, measures.PARAMETER_WIDTH, measures.PARAMETER_HEIGHT, NodeKind.PARAMETER, entry, symbol
    )
    branches = tuple((height, end) for height, end in sorted(lines.items()) if height != y)
    start = x + measures.PARAMETER_WIDTH / 2
    parts.rails.append(Rail(entry, node, y, start, lines[y], branches=branches, trunk=trunk))
    return node


def _column(scene: Scene, parameter: int) -> int:
    """How many boxes stand at the right of this one, because they are at nearly the same height."""
    taken: dict[int, tuple[float, int]] = {}
    ends = scene.layout.branches.ends
    heights = {other: max(_lines(scene, other), default=None) for other in ends}
    for other, y in sorted(((k, y) for k, y in heights.items() if y is not None), key=lambda pair: pair[1]):
        near = {column for at, column in taken.values() if abs(at - y) < measures.PARAMETER_HEIGHT + 4}
        taken[other] = y, next(column for column in range(len(ends)) if column not in near)
    return taken[parameter][1]


def _draw_taps(scene: Scene, parts: Parts, number: int, heads: dict[int, int]) -> None:
    layout, view, columns = scene.layout, scene.views[number], scene.columns[number]
    template = int(layout.template_of[columns[0]])
    drawn: set[tuple[int, int]] = set()
    for step, argument, parameter in view.template.taps:
        node = view.node_of[view.template.kind.circle[step]]
        boxed = view.elements[node] == BOX
        if boxed and (node, parameter) in drawn:
            continue
        drawn.add((node, parameter))
        points = np.array(tap(view, step, layout.branches.local[template, parameter], boxed=boxed))
        parts.add_edges(
            np.array(heads[parameter]), scene.first_node[columns] + node, EdgeKind.TAP,
            np.array(layout.parameters[parameter]), -1 if boxed else scene.entries(number)[:, step],
            -1 if boxed else argument, points[None] + scene.shifts(number)[:, None],
        )  # fmt: skip
