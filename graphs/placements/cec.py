"""The constant error carousel: the cell state straight along the top, what comes in is added from below."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.arrangement import Arrangement
from graphs.placement_table import PLACEMENTS, Piece, Point


def place_cec(pieces: Sequence[Piece]) -> list[Point] | None:
    """x^t → × → (+ b) → f → a^t → +; c^(t−1) → + → c^t on one line."""
    made = Arrangement(pieces)
    if made.gates or not 3 <= len(made.operations) <= 5 or set(made.states) != {"c"}:
        return None
    y = 0.0
    for below, number in zip([None, *made.operations], made.operations, strict=False):
        if below is not None:
            y -= pieces[below].up + measures.ROW_GAP + pieces[number].down
        made.put(number, 0.0, y)
    made.put_state_beside("c", y)
    return made.points()


PLACEMENTS.add("cec", place_cec)
