"""Lines between the nodes of a tree: up from a part to the node above it, down again with the gradient.

They run in the free stretches between the heights; what goes to the total loss has tracks there too, and comes
together at the right of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from graphs import measures
from graphs.drawing import Ints
from graphs.kinds import EXTERNAL
from graphs.parts import Numbers
from graphs.routing import NEAREST, WIDE, Field, Point, enter, leave
from graphs.scene import Scene
from graphs.tree import Relation
from graphs.view import View

if TYPE_CHECKING:
    from graphs.crossing import Crossing


def tree_points(scene: Scene, crossing: Crossing, argument: int, from_columns: Ints, to_columns: Ints) -> Numbers:
    """(edges, corners, 2) of the polylines of one shape of edge.

    Args:
        argument: which operand of its step the value is.
        from_columns, to_columns: where each edge leaves and enters.
    """
    relation = Relation(crossing.apart)
    if relation in (Relation.UP, Relation.DOWN):
        return _along_the_tree(scene, crossing, argument, from_columns, to_columns)
    shift_a, shift_b = _shifts(scene, from_columns), _shifts(scene, to_columns)
    lane = measures.TREE_TRACK + crossing.lane * measures.LANE
    out = _outer_way(scene, crossing, leaving=True, at_side=relation is Relation.IN) + shift_a
    into = _outer_way(scene, crossing, leaving=False, at_side=relation is Relation.OUT) + shift_b
    track_a, track_b = _tracks(scene, from_columns) - lane, _tracks(scene, to_columns) - lane
    bus = np.full(len(track_a), scene.x[-1] - lane)
    begin, end = (out[:, -1, 0], track_a), (into[:, 0, 0], track_b)
    if relation is Relation.BESIDE:
        return _joined(out, [begin, end], into)
    if relation is Relation.ACROSS:
        return _joined(out, [begin, (bus, track_a), (bus, track_b), end], into)
    if relation is Relation.OUT:
        return _joined(out, [begin, (bus, track_a), (bus, into[:, 0, 1])], into)
    bus = out[:, -1, 0] - lane
    return _joined(out, [(bus, out[:, -1, 1]), (bus, track_b), end], into)


def _along_the_tree(
    scene: Scene, crossing: Crossing, argument: int, from_columns: Ints, to_columns: Ints
) -> Numbers:
    """Between a node and its parts; the level stretch lies just below the node."""
    a, b = scene.views[crossing.source_view], scene.views[crossing.target_view]
    up = crossing.apart == Relation.UP
    share = _share(b, crossing, argument) if up else 0.0
    shift_a, shift_b = _shifts(scene, from_columns), _shifts(scene, to_columns)
    out = np.array(_way(scene, a, crossing.source, 0.0, up=up, leaving=True))[None] + shift_a
    into = np.array(_way(scene, b, crossing.target, share, up=not up, leaving=False))[None] + shift_b
    upper, shift = (b, shift_b) if up else (a, shift_a)
    track = shift[:, 0, 1] + upper.template.bottom + measures.TREE_TRACK + crossing.lane * measures.LANE
    return _joined(out, [(out[:, -1, 0], track), (into[:, 0, 0], track)], into)


def _shifts(scene: Scene, columns: Ints) -> Numbers:
    return np.stack([scene.x[columns], scene.y[columns]], axis=1)[:, None]


def _tracks(scene: Scene, columns: Ints) -> Numbers:
    """y of the upper edge of the heights that columns stand at; of the tree for what is no node."""
    tree = scene.layout.tree
    if tree is None:
        return np.zeros(len(columns))
    return np.where(tree.is_node[columns], np.array(tree.tops)[tree.height[columns]], tree.tops[-1])


def _outer_way(scene: Scene, crossing: Crossing, *, leaving: bool, at_side: bool) -> Numbers:
    """Out of a column or into it, (1, corners, 2): at its left side or at its upper border."""
    view = scene.views[crossing.source_view if leaving else crossing.target_view]
    element = crossing.source if leaving else crossing.target
    if not at_side:
        return np.array(_way(scene, view, element, 0.0, up=True, leaving=leaving))[None]
    key = ("side", element, crossing.lane, leaving)
    if key not in view.routes:
        way = leave if leaving else enter
        space = view.space(scene.rail_heights())
        view.routes[key] = way(space, view.node_of[element], view.port(element), 0.0, crossing.lane)
    return np.array(view.routes[key])[None]


def _joined(out: Numbers, corners: list[tuple[Numbers, Numbers]], into: Numbers) -> Numbers:
    """The way out without the border of the node, the corners between, the way in without the border."""
    middle = [np.stack(corner, axis=1)[:, None] for corner in corners]
    return np.concatenate([out[:, :-1], *middle, into[:, 1:]], axis=1)


def _share(view: View, crossing: Crossing, argument: int) -> float:
    """How far from the middle of its step an operand comes in: those of a part further left further left."""
    kind = view.template.kind
    sources = next(kind.sources[step] for step in range(len(kind.sources)) if kind.circle[step] == crossing.target)
    outer = [place for place, source in enumerate(sources) if source == EXTERNAL]
    if argument not in outer or len(outer) < 2:
        return 0.0
    return measures.TREE_ENTRY * (2 * outer.index(argument) / (len(outer) - 1) - 1)


def _way(scene: Scene, view: View, element: int, share: float, *, up: bool, leaving: bool) -> list[Point]:
    """From a node's border, above or below, to an element, or the other way round.

    Args:
        share: how far from the element's middle the line ends.
        up: whether it is the upper border.
        leaving: whether the line leads away from the element.
    """
    key = ("way", element, share, up, leaving)
    if key not in view.routes:
        node = view.node_of[element]
        border = view.template.top if up else view.template.bottom
        way = _to_border(view.space(scene.rail_heights()), node, view.port(element), border, share)
        view.routes[key] = way if leaving else way[::-1]
    return view.routes[key]


def _to_border(space: Field, node: int, port: Point, border: float, share: float) -> list[Point]:
    """Straight if nothing is in the way, else along the side."""
    left, top, right, bottom = space.rects[node]
    x, y = port[0] + share, port[1]
    edge = top if border < y else bottom
    if share and right - left == bottom - top:  # a circle is met above its lowest point
        radius = (bottom - top) / 2
        edge = y + np.sign(edge - y) * float(np.sqrt(radius**2 - share**2))
    straight = [(x, edge), (x, border)]
    return next((way for way in _ways(space, node, port, straight) if space.is_clear(way, node, None)), straight)


def _ways(space: Field, node: int, port: Point, straight: list[Point]) -> Iterator[list[Point]]:
    left, _, right, _ = space.rects[node]
    (x, edge), (_, border) = straight
    yield straight
    if right - left > WIDE:
        yield from ([(at, edge), (at, border)] for at in (left + measures.LANE, right - measures.LANE))
    lanes = space.lanes(x)
    for lane in lanes:
        yield [(right if lane > x else left, port[1]), (lane, port[1]), (lane, border)]
    for track in space.tracks(edge)[: 2 * NEAREST]:
        for lane in lanes:
            yield [(x, edge), (x, track), (lane, track), (lane, border)]
