"""The registry of placement tables: a cell may bring the textbook's own arrangement of its inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from engine.registry import Registry

Point = tuple[float, float]


class PieceKind(Enum):
    """What a piece is."""

    OPERATION = "operation"
    STATE = "state"  # the pill of a state, which stands outside the cell's frame
    GATE = "gate"  # a gate with all that is in it


@dataclass(frozen=True, slots=True)
class Piece:
    """What a table places: its anchor is its centre, or the pill of a gate's value.

    Attributes:
        kind: see there.
        name: sign of the operation, symbol of the state, or name of the gate.
        left, right, up, down: room that it needs around its anchor.
    """

    kind: PieceKind
    name: str
    left: float
    right: float
    up: float
    down: float


PlacementTable = Callable[[Sequence[Piece]], Sequence[Point] | None]
"""Pieces of the cell in tape order → their anchors (x to the right, y down), or None if it does not know them.

Tables are written for a cell that reads forwards in time; one that reads backwards is its mirror image.
"""

PLACEMENTS: Registry[PlacementTable] = Registry("placement table", "graphs.placements")
"""By the name of the cell's scope; the files of graphs/placements/ register themselves."""
