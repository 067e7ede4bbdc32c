"""Placing a cell by its placement table: gates and operations where the table says, states outside the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.tensor import Role
from graphs import measures
from graphs.block import Block, block_of
from graphs.elements import DIRECTIONS, Element, Place
from graphs.placement_table import PLACEMENTS, Piece, PieceKind, Point


def has_table(place: Place) -> bool:
    """Whether a scope is a cell that has a placement table."""
    return bool(place) and place[-1][0] == "cell" and place[-1][1] in PLACEMENTS


def is_mirrored(place: Place) -> bool:
    """Whether a scope is in the direction that reads backwards in time, so that its states come from the right."""
    return DIRECTIONS[1] in place


def place_cell(
    elements: Sequence[Element], place: Place, members: Sequence[int], inner: Callable[[Place, list[int]], Block]
) -> Block | None:
    """The cell with its frame and, outside it, its states; None if the table does not know what is in it.

    Args:
        elements: of the whole time step.
        place: the cell.
        members: its elements and the pills of its states, in tape order.
        inner: places a scope inside the cell.
    """
    groups: dict[object, list[int]] = {}
    depth = len(place)
    for member in members:
        where = elements[member].place
        groups.setdefault(where[: depth + 1] if len(where) > depth else member, []).append(member)
    mirrored = is_mirrored(place)
    blocks: list[Block] = []
    pieces: list[Piece] = []
    for key, group in groups.items():
        if isinstance(key, int):
            block = block_of(key, elements[key])
            is_state = len(elements[key].place) < depth
            kind = PieceKind.STATE if is_state else PieceKind.OPERATION
            name = elements[key].label
        else:
            block = _anchored(inner(elements[group[0]].place[: depth + 1], group), elements, group)
            kind, name = PieceKind.GATE, elements[group[0]].place[depth][1]
        left, right = (block.right, block.left) if mirrored else (block.left, block.right)
        blocks.append(block)
        pieces.append(Piece(kind, name, left, right, block.up, block.down))
    points = PLACEMENTS[place[-1][1]](pieces)
    if points is None:
        return None
    if mirrored:
        points = [(-x, y) for x, y in points]
    return _joined(place, pieces, blocks, points)


def _anchored(block: Block, elements: Sequence[Element], group: Sequence[int]) -> Block:
    """A gate's block with its anchor at the pill of its value."""
    values = [member for member in group if elements[member].role is Role.GATE and elements[member].is_pill]
    x, y = block.positions[values[-1] if values else group[-1]]
    positions, frames = block.moved(-x, -y)
    return Block(positions, block.left + x, block.right - x, block.up + y, block.down - y, frames, block.padding)


def _joined(place: Place, pieces: Sequence[Piece], blocks: Sequence[Block], points: Sequence[Point]) -> Block:
    inside = [k for k, piece in enumerate(pieces) if piece.kind is not PieceKind.STATE]
    made = _union([blocks[k] for k in inside], [points[k] for k in inside])
    if any(pieces[k].kind is PieceKind.GATE for k in inside):
        made.down += measures.BUS_ROOM
    framed = made.framed(place)
    states = [k for k, piece in enumerate(pieces) if piece.kind is PieceKind.STATE]
    whole = _union([framed, *(blocks[k] for k in states)], [(0.0, 0.0), *(points[k] for k in states)])
    return replace(whole, padding=0.0 if states else framed.padding)


def _union(blocks: Sequence[Block], points: Sequence[Point]) -> Block:
    positions: dict[int, Point] = {}
    frames = []
    for block, (x, y) in zip(blocks, points, strict=True):
        moved, inner = block.moved(x, y)
        positions.update(moved)
        frames += inner
    placed = list(zip(blocks, points, strict=True))
    return Block(
        positions,
        max(block.left - x for block, (x, _) in placed),
        max(block.right + x for block, (x, _) in placed),
        max(block.up - y for block, (_, y) in placed),
        max(block.down + y for block, (_, y) in placed),
        frames,
    )
