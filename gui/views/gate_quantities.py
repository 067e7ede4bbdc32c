"""What the view of gates shows: for every layer and direction, its gates in the notation's order, then its states."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scope import ScopeKind
from engine.tape import Tape
from engine.tensor import Role
from gui.notation.labels import Labels
from gui.typesetting.plain_text import plain_text
from gui.views.tape_series import Quantity, quantities


@dataclass(frozen=True, eq=False)
class GatePlace:
    """One cell that repeats over time.

    Attributes:
        name: such as ``layer=1/forward/lstm``.
        values, gradients: the gates, then the states; gradients of those that have one.
        names: of the values, as text.
        batch: number of sequences.
    """

    name: str
    values: tuple[Quantity, ...]
    gradients: tuple[Quantity, ...]
    names: tuple[str, ...]
    batch: int


def gate_places(tape: Tape, labels: Labels) -> list[GatePlace]:
    """The cells with gates, in the order of the tape; where no cell has any, those with a state."""
    found: dict[str, list[Quantity]] = {}
    for quantity in quantities(tape, labels):
        cell = quantity.series.scope.enclosing(ScopeKind.CELL)
        if cell is not None and quantity.series.role in (Role.GATE, Role.STATE):
            found.setdefault(cell.place, []).append(quantity)
    made = [_place(name, members, labels) for name, members in found.items()]
    gated = [place for place in made if any(one.series.role is Role.GATE for one in place.values)]
    return gated or made


def _place(name: str, members: list[Quantity], labels: Labels) -> GatePlace:
    values = _ordered([one for one in members if not one.gradient], labels)
    gradients = _ordered([one for one in members if one.gradient], labels)
    names = tuple(plain_text(one.latex("")) for one in values)
    return GatePlace(name, values, gradients, names, max(one.series.batch for one in members))


def _ordered(members: list[Quantity], labels: Labels) -> tuple[Quantity, ...]:
    gates = {one.series.symbol: one for one in members if one.series.role is Role.GATE}
    states = [one for one in members if one.series.role is Role.STATE]
    return (*(gates[symbol] for symbol in labels.gate_order(gates)), *states)
