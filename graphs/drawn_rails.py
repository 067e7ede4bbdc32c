"""Parameters: a box at the left margin, a rail through the columns that use it, a tap at each use."""

from __future__ import annotations

import numpy as np

from graphs import measures
from graphs.drawing import EdgeKind, NodeKind, Rail
from graphs.layout import RailPlace
from graphs.parts import Parts
from graphs.routing import Rect
from graphs.scene import Scene
from graphs.view import BOX, View


def draw_rails(scene: Scene, parts: Parts) -> None:
    """Add parameter boxes, rails and taps."""
    layout = scene.layout
    taken: list[tuple[float, float]] = []
    for rail in sorted(layout.rails.values(), key=lambda rail: rail.y):
        _draw_rail(scene, parts, rail, taken)
    for number in range(len(scene.views)):
        _draw_taps(scene, parts, number)


def _draw_rail(scene: Scene, parts: Parts, rail: RailPlace, taken: list[tuple[float, float]]) -> None:
    layout = scene.layout
    entry = int(layout.parameters[rail.parameter])
    label = layout.arrays.names[layout.arrays.name[entry]][0]
    x = float(layout.x[0]) - measures.MARGIN_GAP - measures.PARAMETER_WIDTH / 2
    while any(abs(x - a) < 1 and abs(rail.y - b) < measures.PARAMETER_HEIGHT + 4 for a, b in taken):
        x -= measures.PARAMETER_WIDTH + measures.MARGIN_GAP / 2
    taken.append((x, rail.y))
    node = parts.add_node(
        x, rail.y, measures.PARAMETER_WIDTH, measures.PARAMETER_HEIGHT, NodeKind.PARAMETER, entry, label
    )
    scene.rail_nodes[rail.parameter] = node
    width = layout.templates[layout.template_of[rail.last]].width
    end = float(layout.x[rail.last]) + width + measures.COLUMN_GAP / 2
    parts.rails.append(Rail(entry, node, rail.y, x + measures.PARAMETER_WIDTH / 2, end))


def _draw_taps(scene: Scene, parts: Parts, number: int) -> None:
    layout, view, columns = scene.layout, scene.views[number], scene.columns[number]
    template = view.template
    drawn: set[tuple[int, int]] = set()
    for step, argument, parameter in template.taps:
        rail = layout.rails.get(parameter)
        node = view.node_of[template.kind.circle[step]]
        boxed = view.elements[node] == BOX
        if rail is None or (node, parameter) in drawn or not len(columns):
            continue
        if boxed:
            drawn.add((node, parameter))
        points = np.array(_tap(view, node, rail.y, entered_below=_entered_below(view, step), boxed=boxed))
        shift = np.stack([layout.x[columns], layout.y[columns]], axis=1)
        made = points[None] + shift[:, None]
        made[:, 0, 1] = rail.y
        steps = scene.entries(number)[:, step]
        parts.add_edges(
            np.array(scene.rail_nodes[parameter]), scene.first_node[columns] + node, EdgeKind.TAP,
            layout.parameters[parameter], -1 if boxed else steps, -1 if boxed else argument, made,
        )  # fmt: skip


def _entered_below(view: View, step: int) -> bool:
    """Whether some operand of the step comes from a lower row of its column."""
    kind, y = view.template.kind, view.template.y
    own = y[kind.circle[step]]
    return any(source >= 0 and y[kind.shown[source]] > own + 1 for source in kind.sources[step])


def _tap(view: View, node: int, y: float, *, entered_below: bool, boxed: bool) -> list[tuple[float, float]]:
    rect: Rect = view.rects[node]
    if boxed:
        return [(rect[0] - 2 * measures.LANE, y), (rect[0], min(max(y, rect[1] + 8), rect[3] - 8))]
    x, middle = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    if not entered_below:
        return [(x, y), (x, rect[3])]
    start = (x + measures.TAP_SHIFT, y)
    radius = (rect[3] - rect[1]) / 2
    length = float(np.hypot(measures.TAP_SHIFT, y - middle))
    return [start, (x + radius * measures.TAP_SHIFT / length, middle + radius * (y - middle) / length)]
