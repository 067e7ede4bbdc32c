"""What the rows of the watch table stand for: one step, the head of several, or nothing found."""

import os.path
from collections.abc import Sequence
from dataclasses import dataclass

from engine.address import symbol_address
from engine.debugger.watches import Reading, WatchExpression, watched_steps
from engine.tape import Tape

MOST_STEPS = 8
"""So many steps of one watch are shown; the rest is said as a number."""


@dataclass(slots=True)
class WatchRow:
    """A row.

    Attributes:
        place: which watch it belongs to, from 0.
        expression: that watch.
        index: tape index of the step it shows; None for the head of several and for nothing found.
        address: of the step, ending in its symbol if it has one; empty without a step.
        name: the address, below a head without what all its steps have in common at the front.
        count: how many steps the watch has on this tape.
        inside: whether it stands below a head.
        reading: what it shows now.
    """

    place: int
    expression: WatchExpression
    index: int | None
    address: str
    name: str
    count: int
    inside: bool
    reading: Reading | None = None

    @property
    def text(self) -> str:
        """The address as the user wrote it, or the step's own below a head."""
        return WatchExpression(self.name, element=self.expression.element).text if self.inside \
            else self.expression.text


def watch_rows(watches: Sequence[WatchExpression], tape: Tape, names: Sequence[str]) -> list[WatchRow]:
    """The rows of all watches on a tape, unread; ``names``: its addresses."""
    rows: list[WatchRow] = []
    for place, expression in enumerate(watches):
        steps = watched_steps(expression, tape, list(names))
        several = len(steps) > 1
        if several or not steps:
            rows.append(WatchRow(place, expression, None, "", "", len(steps), inside=False))
        shown = [symbol_address(tape, index) or names[index] for index in steps[:MOST_STEPS]]
        front = _common_front(shown)
        for index, address in zip(steps, shown, strict=False):
            rows.append(WatchRow(place, expression, index, address, address[front:], len(steps), several))
    return rows


def _common_front(addresses: Sequence[str]) -> int:
    """How many letters all addresses have in common at the front, whole names only."""
    return os.path.commonprefix(addresses).rfind("/") + 1
