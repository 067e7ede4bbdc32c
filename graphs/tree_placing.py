"""Placing the inside of a node of a tree: what leads to its state stands at the left, what reads the state beside it.

So the state is on top of the node, and the line to the node above it is free.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.tensor import Role
from graphs import measures
from graphs.block import Block
from graphs.elements import Element
from graphs.kinds import EXTERNAL, Kind
from graphs.placing import Edge, place_elements


def place_node(elements: Sequence[Element], edges: Sequence[Edge]) -> Block:
    """Place all elements of a node; arguments as of ``place_elements``."""
    state = next((number for number, element in enumerate(elements) if _is_state(element)), None)
    inside = set(range(len(elements))) if state is None else _leading_to(state, edges)
    beside = [number for number in range(len(elements)) if number not in inside]
    made = place_elements(elements, edges, sorted(inside))
    if not beside:
        return made
    reader = place_elements(elements, edges, beside)
    dx = made.right + 2 * measures.SIDE_GAP + reader.left
    dy = reader.up - made.up
    positions, frames = reader.moved(dx, dy)
    return Block(
        {**made.positions, **positions}, made.left, dx + reader.right, made.up, max(made.down, dy + reader.down),
        [*made.frames, *frames],
    )  # fmt: skip


def ways(kind: Kind, x: Sequence[float]) -> tuple[float, float]:
    """x at which a node's parts come in, and at which its state goes out."""
    states = [step for step in range(kind.forward_steps) if _is_state(kind.elements[kind.shown[step]])]
    out = x[kind.shown[states[0]]] if states else x[0]
    readers = [step for step in range(kind.forward_steps) if EXTERNAL in kind.sources[step]]
    return (x[kind.circle[readers[0]]] if readers else out), out


def _is_state(element: Element) -> bool:
    return element.role is Role.STATE and element.is_pill


def _leading_to(target: int, edges: Sequence[Edge]) -> set[int]:
    found = {target}
    for source, into in sorted(edges, key=lambda edge: -edge[1]):
        if into in found:
            found.add(source)
    return found
