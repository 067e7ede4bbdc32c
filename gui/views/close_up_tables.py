"""Where everything stands in the pictures of the cells: tables, in units of a row's height, x to the right, y down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True)
class Seat:
    """A place.

    Attributes:
        columns: it stands in the middle of these; none: at x = 0.
        dx: so far to the right of that.
        row: name of its row.
        dy: so far below it.
    """

    columns: tuple[str, ...]
    dx: float
    row: str
    dy: float = 0.0


@dataclass(frozen=True)
class Gate:
    """What is inside a gate, from its column's middle.

    Attributes:
        seats: role → (dx, row, dy).
        boxes: role of the step → (dx, dy) of its parameter's box from it.
        plate: (dx, row, width) of the gate's value.
        frame: left, top, right, bottom; y from the rows ``activation`` and ``product``.
        name: (dx, row, dy, room) of the gate's name: where it begins and how wide it may be.
    """

    seats: Mapping[str, tuple[float, str, float]]
    boxes: Mapping[str, Point]
    plate: tuple[float, str, float]
    frame: tuple[float, float, float, float]
    name: tuple[float, str, float, float]


@dataclass(frozen=True)
class Table:
    """The picture of one kind of cell in one arrangement.

    Attributes:
        columns: gate (empty: the cell itself) → x of its middle.
        rows: row → y.
        gate: the inside of every gate.
        steps: role → seat, of what is outside of the gates.
        own: the inside of gates that differ.
        boxes: as those of a gate, for steps outside of the gates.
        vias: (role or source, role) → seats that the wire between them goes through.
        results: state → seat of its pill at the right.
        sources: source → seat of its pill at the left.
        buses: what is handed on along a row: source or role → row.
    """

    columns: Mapping[str, float]
    rows: Mapping[str, float]
    gate: Gate
    steps: Mapping[str, Seat]
    results: Mapping[str, Seat]
    sources: Mapping[str, Seat]
    buses: Mapping[str, str]
    own: Mapping[str, Gate] = field(default_factory=dict)
    boxes: Mapping[str, Point] = field(default_factory=dict)
    vias: Mapping[tuple[str, str], tuple[Seat, ...]] = field(default_factory=dict)

    def at(self, seat: Seat) -> Point:
        """The place of a seat."""
        xs = [self.columns[name] for name in seat.columns if name in self.columns]
        return sum(xs) / max(1, len(xs)) + seat.dx, self.rows[seat.row] + seat.dy

    def place(self, role: str) -> Point | None:
        """Where a step stands; None for one that is not in the picture."""
        if role in self.steps:
            return self.at(self.steps[role])
        gate, _, kind = role.rpartition("/")
        inside = self.own.get(gate, self.gate)
        if gate not in self.columns or kind not in inside.seats:
            return None
        dx, row, dy = inside.seats[kind]
        return self.columns[gate] + dx, self.rows[row] + dy

    def box(self, role: str, kind: str) -> Point:
        """Where the box of a parameter stands, from the step that takes it."""
        gate = role.rpartition("/")[0]
        inside = self.own.get(gate, self.gate)
        return self.boxes.get(kind) or inside.boxes[kind]
