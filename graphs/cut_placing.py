"""Placing what is cut: where BPTT is truncated, each cut stands on the line of the state that it cuts."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.block import Block
from graphs.elements import Element

CUT = ("part", "cut")


def place_cut(
    elements: Sequence[Element], members: Sequence[int], edges: Sequence[tuple[int, int]], host: Block
) -> Block | None:
    """The cuts of a layer's states at the heights of what reads them, or of the line that leads to gates; else None.

    Args:
        elements: of the whole time step.
        members: those of the cut.
        edges: between all elements.
        host: the placed cell that reads the states; its anchor is that of the heights.
    """
    if any(CUT not in elements[member].place for member in members):
        return None
    positions: dict[int, tuple[float, float]] = {}
    for member in members:
        readers = [target for source, target in edges if source == member and target in host.positions]
        if not readers or len(members) + len(readers) < 3:
            return None
        reader = min(readers, key=lambda target: _is_in_gate(elements[target]))
        y = host.positions[reader][1] + (measures.CUT_BELOW if _is_in_gate(elements[reader]) else 0.0)
        beside = sum(abs(y - other) < measures.CIRCLE for _, other in positions.values())
        positions[member] = -beside * (measures.CIRCLE + measures.SIDE_GAP), y
    heights = [y for _, y in positions.values()]
    half = measures.CIRCLE / 2
    left = half - min(x for x, _ in positions.values())
    return Block(positions, left, half, half - min(heights), max(heights) + half)


def _is_in_gate(element: Element) -> bool:
    return bool(element.place) and element.place[-1][0] == "gate"
