"""Which attention the cursor is at: the one that it entered last. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from engine.scope import Scope
from engine.tape import Tape
from gui.views.attention_table import AttentionTable, path_without_time


class FollowedAttention:
    """For each step of a tape the attention that it belongs to, or that was entered last before it."""

    def __init__(self, tape: Tape, tables: Sequence[AttentionTable]) -> None:
        self._tables = tuple(tables)
        self._at = _entered(tape, self._tables) if len(self._tables) > 1 else []

    def at(self, current: int | None) -> AttentionTable | None:
        """The attention at the step executed last; the first before any is entered, None where there is none."""
        if not self._tables:
            return None
        return self._tables[self._at[current] if self._at and current is not None else 0]


def _entered(tape: Tape, tables: tuple[AttentionTable, ...]) -> list[int]:
    """The number of the table for each step."""
    numbers: dict[str, int] = {}
    for number, table in enumerate(tables):
        numbers.setdefault(table.path, number)
    letters = {entry: number for number, table in enumerate(tables) for entry in (*table.weights, *table.scores)}
    known: dict[Scope, int | None] = {}
    found, last = [], 0
    for step in tape.steps:
        if step.scope not in known:
            known[step.scope] = _within(path_without_time(step.scope), numbers)
        entered = known[step.scope]
        if step.index in letters:
            last = letters[step.index]
        elif entered is not None and tables[entered].path != tables[last].path:  # else the letter met last goes on
            last = entered
        found.append(last)
    return found


def _within(path: str, numbers: dict[str, int]) -> int | None:
    """The attention that a scope lies in; one outside all parts holds only what lies in none."""
    parts = path.split("/")
    outward = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((numbers[one] for one in outward if one in numbers), None)
