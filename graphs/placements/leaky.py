"""Leaky units: the hidden state straight along the top, what is new comes in from below."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.arrangement import Arrangement
from graphs.placement_table import PLACEMENTS, Piece, Point


def place_leaky(pieces: Sequence[Piece]) -> list[Point] | None:
    """h^(t−1) → its share → + → h^t on one line, the share of the candidate under the +."""
    made = Arrangement(pieces)
    if set(made.gates) != {"candidate"} or len(made.operations) != 3 or set(made.states) != {"h"}:
        return None
    x = made.put_gates(("candidate",))["candidate"]
    low = made.row_above(measures.STATE_GAP)
    high = low - measures.STATE_LINE
    keep, take, add = made.operations
    made.put(keep, x - measures.CIRCLE - measures.ROW_GAP, high)
    made.put(take, x, low)
    made.put(add, x, high)
    made.put_state_beside("h", high)
    return made.points()


PLACEMENTS.add("leaky", place_leaky)
