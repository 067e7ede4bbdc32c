"""The LSTM as textbooks draw it: the cell state straight along the top, the gates side by side below it."""

from __future__ import annotations

from collections.abc import Sequence

from graphs import measures
from graphs.arrangement import Arrangement
from graphs.placement_table import PLACEMENTS, Piece, Point

ORDER = ("forget", "input", "candidate", "output")


def place_lstm(pieces: Sequence[Piece]) -> list[Point] | None:
    """c^(t−1) → ⊙ → + → c^t on one line; i ⊙ g under the +; tanh and ⊙ over the output gate, h^t above all."""
    made = Arrangement(pieces)
    gates = [name for name in ORDER if name in made.gates]
    forgets = int(gates == list(ORDER))
    before = len(made.operations) - 4 - forgets
    if len(made.gates) != 3 + forgets or before < 0 or set(made.states) != {"h", "c"}:
        return None
    x = made.put_gates(gates)
    low = made.row_above(measures.STATE_GAP)
    high = low - measures.STATE_LINE
    keep, take, add, squash, emit = ([-1] * (1 - forgets) + made.operations[before:])
    middle = (x["input"] + x["candidate"]) / 2
    if forgets:
        made.put(keep, x["forget"], high)
    made.put(take, middle, low)
    made.put(add, middle, high)
    made.put(squash, x["output"] + measures.CIRCLE + measures.SIDE_GAP, low)
    made.put(emit, x["output"], low)
    made.put_products(made.operations[:before], (x[gates[0]] + x["output"]) / 2)
    made.put_state_beside("c", high)
    made.put_state_above("h", x["output"])
    return made.points()


PLACEMENTS.add("lstm", place_lstm)
