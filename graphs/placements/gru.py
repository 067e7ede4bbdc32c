"""The GRU as textbooks draw it: the hidden state straight along the top, update, reset and candidate below it."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.arrangement import Arrangement
from graphs.placement_table import PLACEMENTS, Piece, Point

ORDER = ("update", "reset", "candidate")


def place_gru(pieces: Sequence[Piece]) -> list[Point] | None:
    """h^(t−1) → ⊙ → + → h^t on one line, the candidate's share under the +."""
    made = Arrangement(pieces)
    signs = [pieces[k].name for k in made.operations]
    if set(made.gates) != set(ORDER) or len(signs) != 4 or set(made.states) != {"h"}:
        return None
    x = made.put_gates(ORDER)
    low = made.row_above(measures.STATE_GAP)
    if signs[0] == "⊙":  # z keeps the old state
        keep, rest, take, add = made.operations
        made.put(rest, (x["update"] + x["candidate"]) / 2, low)
        made.put(take, x["candidate"], low)
        high = low - measures.STATE_LINE
    else:
        rest, keep, take, add = made.operations
        made.put(take, x["candidate"], low)
        made.put(rest, x["update"], low - measures.STATE_LINE)
        high = low - 2 * measures.STATE_LINE
    made.put(keep, x["update"], high)
    made.put(add, x["candidate"], high)
    made.put_state_beside("h", high)
    return made.points()


PLACEMENTS.add("gru", place_gru)
