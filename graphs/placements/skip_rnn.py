"""Skip connections through time: the sum in one row, what comes from before at its left."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.arrangement import Arrangement
from graphs.placement_table import PLACEMENTS, Piece, Point


def place_skip_rnn(pieces: Sequence[Piece]) -> list[Point] | None:
    """h^(t−1) W_h → + → + → (+ b) → f, the skipped state's product under the first +, the input's under the second."""
    made = Arrangement(pieces)
    if made.gates or not 6 <= len(made.operations) <= 7 or set(made.states) != {"h"}:
        return None
    h, skip, first, x, second, *rest = made.operations
    apart = measures.TAG_DX + measures.TAG_WIDTH / 2 + measures.CIRCLE / 2 + measures.SIDE_GAP
    y = -pieces[x].up - measures.ROW_GAP - pieces[second].down - measures.TAG_DY
    made.put(x, 0.0, 0.0)
    made.put(skip, -apart, 0.0)
    made.put(first, -apart, y)
    made.put(second, 0.0, y)
    made.put(h, -2 * apart, y)
    below = second
    for number in rest:
        y -= pieces[below].up + measures.ROW_GAP + pieces[number].down
        made.put(number, 0.0, y)
        below = number
    made.put_state_above("h", 0.0, measures.SKIP_ROOM)
    return made.points()


PLACEMENTS.add("skip_rnn", place_skip_rnn)
