"""Arrangements: what placement tables write their pieces' places into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphs import measures
from graphs.placement_table import Piece, PieceKind, Point


class Arrangement:
    """The pieces of a cell while a table places them.

    Attributes:
        operations: numbers of the cell's own operations, in tape order.
        gates, states: numbers by name.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.operations = [k for k, piece in enumerate(pieces) if piece.kind is PieceKind.OPERATION]
        self.gates = {piece.name: k for k, piece in enumerate(pieces) if piece.kind is PieceKind.GATE}
        self.states = {piece.name: k for k, piece in enumerate(pieces) if piece.kind is PieceKind.STATE}
        self._places: dict[int, Point] = {}

    def put(self, number: int, x: float, y: float) -> None:
        """Place a piece."""
        self._places[number] = x, y

    def put_gates(self, names: Iterable[str]) -> dict[str, float]:
        """Place gates side by side, their values on the row y = 0; returns x of each."""
        made: dict[str, float] = {}
        end = 0.0
        for name in names:
            piece = self.pieces[self.gates[name]]
            made[name] = end + piece.left
            self.put(self.gates[name], made[name], 0.0)
            end = made[name] + piece.right + measures.GATE_GAP
        return made

    def put_products(self, operations: Sequence[int], x: float) -> None:
        """Place what all gates share below them: two products, their sum and, with a bias, another one."""
        if not operations:
            return
        bottom = max(y + self.pieces[k].down for k, (_, y) in self._places.items()) + measures.ROW_GAP
        apart = max(self.pieces[k].right for k in operations[:2]) + measures.CIRCLE / 2 + measures.SIDE_GAP
        y = bottom
        for number in reversed(operations[2:]):
            y += self.pieces[number].up
            self.put(number, x, y)
            y += self.pieces[number].down + measures.ROW_GAP
        for side, number in zip((0.5, -0.5), operations[:2], strict=False):
            self.put(number, x + side * apart, y + self.pieces[number].up)

    def row_above(self, gap: float = measures.ROW_GAP) -> float:
        """y of a row of operations above all that is placed."""
        top = min(y - self.pieces[k].up for k, (_, y) in self._places.items())
        return top - gap - measures.CIRCLE / 2

    def put_state_beside(self, name: str, y: float) -> None:
        """Place the pill of a state at the right of the cell's frame."""
        inside = self._inside()
        right = max(x + self.pieces[k].right for k, (x, _) in inside) + measures.PADDING["cell"]
        number = self.states[name]
        self.put(number, right + measures.SIDE_GAP + self.pieces[number].left, y)

    def put_state_above(self, name: str, x: float, room: float = measures.STATE_GAP) -> None:
        """Place the pill of a state above the cell's frame."""
        top = min(y - self.pieces[k].up for k, (_, y) in self._inside()) - measures.PADDING["cell"]
        number = self.states[name]
        self.put(number, x, top - room - self.pieces[number].down)

    def points(self) -> list[Point] | None:
        """All places; None if a piece has none."""
        if len(self._places) < len(self.pieces):
            return None
        return [self._places[k] for k in range(len(self.pieces))]

    def _inside(self) -> list[tuple[int, Point]]:
        return [(k, at) for k, at in self._places.items() if self.pieces[k].kind is not PieceKind.STATE]
