"""The folded view: what comes from another time step comes round in a loop, a state with its name on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from graphs import measures
from graphs.crossing import Crossing, lane_of, legs
from graphs.drawing import EdgeKind, NodeKind
from graphs.initial_states import successor
from graphs.kinds import PARAMETER_CODE, element_keys
from graphs.parts import Parts
from graphs.routing import Point, beside_the_first
from graphs.scene import Scene
from graphs.tape_arrays import GIVEN
from graphs.view import BOX, View

_SUMS = -1  # what the loops of all parameters' gradients share


@dataclass(slots=True)
class Loops:
    """The loops drawn so far.

    Attributes:
        pills: (step whose value comes round, how many time steps later it is read) → how far outside the loop is, and
            its pill.
        gradients: step whose gradient comes round, or _SUMS → how far outside the pills' loops its loop is.
    """

    pills: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    gradients: dict[int, int] = field(default_factory=dict)


def draw_loop(scene: Scene, parts: Parts, number: int, step: int, argument: int, loops: Loops) -> None:
    """Draw how an operand comes from another time step, if it does."""
    layout, view = scene.layout, scene.views[number]
    entry = int(scene.entries(number)[0, step])
    source = layout.arrays.inputs_of(entry)[argument]
    if source >= layout.arrays.forward_end:
        _draw_gradient_loop(scene, parts, number, (step, argument, source), loops)
        return
    local, later = _comes_from(scene, number, source, entry)
    if local is None:
        return
    onward = later > 0
    if (local, later) not in loops.pills:
        rank = lane_of(view, local)
        while any(rank == used for used, _ in loops.pills.values()):
            rank += 1
        loops.pills[local, later] = rank, _draw_way_back(scene, parts, number, (local, source, later), rank)
    rank, pill = loops.pills[local, later]
    low = _loop_height(scene, rank)
    kind = view.template.kind
    way = 1 if onward else -1
    _, into = legs(scene, Crossing(number, kind.shown[local], number, kind.circle[step], way, lane_of(view, local)))
    lines = 0 if layout.tree is None else argument  # both parts of a tree's node come round
    side = _side(view, rank + lines, right=not onward)
    start = view.template.width / 2 - way * measures.PILL_WIDTH / 2
    points = np.array([(start, low), (side, low), (side, into[0][1]), *into[1:]])
    points = beside_the_first(points) if lines else points
    target = scene.first_node[scene.columns[number]] + view.node_of[kind.circle[step]]
    boxed = view.elements[view.node_of[kind.circle[step]]] == BOX
    parts.add_edges(
        np.array(pill), target, EdgeKind.FORWARD, np.array(source), -1 if boxed else entry, -1 if boxed else argument,
        (points + scene.shifts(number)[0])[None],
    )  # fmt: skip


def _draw_gradient_loop(
    scene: Scene, parts: Parts, number: int, flow: tuple[int, int, int], loops: Loops
) -> None:
    """``flow``: step, argument, tape index of the operand, which another time step's backward pass computed."""
    step, argument, source = flow
    layout, view = scene.layout, scene.views[number]
    column = int(layout.columns.of_entry[source])
    if not 0 < column < len(layout.columns) - 1:
        return
    local = _counterpart(scene, number, source)
    kind = view.template.kind
    if local is None:
        return
    ends = view.node_of[kind.shown[local]], view.node_of[kind.circle[step]]
    boxed = BOX in (view.elements[ends[0]], view.elements[ends[1]])
    if boxed and ends[0] == ends[1]:
        return
    rule = kind.rules.get(step)
    is_sum = rule is not None and rule.source <= PARAMETER_CODE
    rank = loops.gradients.setdefault(_SUMS if is_sum else local, len(loops.gradients))
    onward = column < scene.folded
    crossing = Crossing(number, kind.shown[local], number, kind.circle[step], 1 if onward else -1, lane_of(view, local))
    out, into = legs(scene, crossing)
    pills = 1 + max((used for used, _ in loops.pills.values()), default=-1)
    outside = pills + rank
    low = _loop_height(scene, pills) + rank * measures.LANE
    away, back = _side(view, outside, right=onward), _side(view, outside, right=not onward)
    points = [*out[:-1], (away, out[-1][1]), (away, low), (back, low), (back, into[0][1]), *into[1:]]
    first = scene.first_node[scene.columns[number]]
    parts.add_edges(
        first + ends[0], first + ends[1], EdgeKind.BACKWARD,
        np.array(source), -1 if boxed else int(scene.entries(number)[0, step]), -1 if boxed else argument,
        (np.array(points) + scene.shifts(number)[0])[None],
    )  # fmt: skip


def _draw_way_back(
    scene: Scene, parts: Parts, number: int, loop: tuple[int, int, int], rank: int
) -> int:
    """A loop's pill below the column and the edge to it; returns the pill's node.

    ``loop``: step whose value comes round, tape index of the value, how many time steps later it is read.
    """
    local, source, later = loop
    layout, view = scene.layout, scene.views[number]
    kind = view.template.kind
    way = 1 if later > 0 else -1
    out, _ = legs(scene, Crossing(number, kind.shown[local], number, kind.shown[local], way, lane_of(view, local)))
    low = _loop_height(scene, rank)
    side, x = _side(view, rank, right=later > 0), view.template.width / 2
    dx, dy = (float(value) for value in scene.shifts(number)[0])
    symbol = layout.arrays.names[int(layout.arrays.name[source])][0]
    index = f"t−{later}" if later > 0 else f"t+{-later}"
    pill = parts.add_node(
        x + dx, low + dy, measures.PILL_WIDTH, measures.PILL_HEIGHT, NodeKind.VARIABLE, source, symbol,
        index if layout.tree is None else "l,r",
    )
    points: list[Point] = [*out[:-1], (side, out[-1][1]), (side, low), (x + way * measures.PILL_WIDTH / 2, low)]
    node = scene.first_node[scene.columns[number]] + view.node_of[kind.shown[local]]
    own = scene.entries(number)[0, local]
    parts.add_edges(node, np.array(pill), EdgeKind.FORWARD, own, -1, -1, (np.array(points) + (dx, dy))[None])
    return pill


def _side(view: View, rank: int, *, right: bool) -> float:
    """x of the upright line of a loop outside the column."""
    return view.template.width + (rank + 1) * measures.LANE if right else -(rank + 1) * measures.LANE


def _loop_height(scene: Scene, rank: int) -> float:
    return scene.layout.bottom + measures.PILL_HEIGHT + rank * (measures.PILL_HEIGHT + measures.LANE)


def _comes_from(scene: Scene, number: int, source: int, reader: int) -> tuple[int | None, int]:
    """The step of the drawn column whose value ``reader`` takes, so many time steps later (earlier if < 0)."""
    layout = scene.layout
    if layout.tree is not None:
        return _same_step_in_tree(scene, number, source), 1
    column = int(layout.columns.of_entry[source])
    if 0 < column < len(layout.columns) - 1:
        return _counterpart(scene, number, source), scene.folded - column
    given = layout.arrays.operation[source] == GIVEN
    found = successor(layout, source, column, reader) or successor(layout, source, column) if given else None
    return (None, 0) if found is None else (_counterpart(scene, number, found[0]), found[1])


def _counterpart(scene: Scene, number: int, entry: int) -> int | None:
    """The step of the drawn column that does what a step of another time step does."""
    layout, own = scene.layout, scene.views[number].template.kind
    other = layout.templates[int(layout.template_of[layout.columns.of_entry[entry]])].kind
    local = int(layout.local[entry])
    if other is own:
        return local
    key = element_keys(other)[other.shown[local]]
    keys = element_keys(own)
    return own.elements[keys.index(key)].local if key in keys else None


def _same_step_in_tree(scene: Scene, number: int, entry: int) -> int | None:
    """The step of the drawn node that is called as ``entry`` is: words have their states from elsewhere."""
    arrays, columns = scene.layout.arrays, scene.layout.columns
    given = arrays.operation[entry] == GIVEN
    for local, other in enumerate(scene.entries(number)[0].tolist()):
        if arrays.name[other] != arrays.name[entry] or arrays.operation[other] == GIVEN:
            continue
        if given or columns.place[arrays.scope[other]] == columns.place[arrays.scope[entry]]:
            return local
    return None
