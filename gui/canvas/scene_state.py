"""What of a drawing is revealed at a cursor position: one array per question, computed at every step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.debugger.cursor import Cursor
from graphs.drawing import Drawing, EdgeKind, NodeKind
from gui.canvas.tape_figures import NEVER, Indices, TapeFigures

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Revealed:
    """What may be shown at a cursor position.

    Attributes:
        position: the cursor's position.
        nodes: whether each node's value may be shown.
        edges: whether each edge has been run through by a value.
        gradients: tape index of the gradient that has flowed back along each edge; -1 for none yet.
        norms: norm of that gradient, 0 for none.
        largest: the largest finite norm among them, 0 if there is none.
        newest: the edge whose gradient came last, -1 for none.
        current_column: index of the region of the current time step, -1 for none.
    """

    position: int
    nodes: Flags
    edges: Flags
    gradients: Indices
    norms: NDArray[np.float64]
    largest: float
    newest: int
    current_column: int


class SceneState:
    """The questions about one drawing that do not depend on the cursor, answered once."""

    def __init__(self, drawing: Drawing, figures: TapeFigures) -> None:
        self._drawing = drawing
        self._figures = figures
        self._known: list[Revealed] = []
        self._node_from = self._nodes_revealed_from()
        entry_from = self._entries_revealed_from(drawing.edge_entry)
        self._edge_from = np.maximum(entry_from, self._node_from[drawing.edge_target])
        self._gradient, self._gradient_from = figures.spans_of(
            drawing.edge_step.astype(np.int64), drawing.edge_argument.astype(np.int64)
        )
        forward = drawing.edge_kind != EdgeKind.BACKWARD
        self._gradient_from[~forward] = NEVER
        # An edge that stands for none or for several applications of a rule shows the gradient of the value itself.
        self._by_value = forward & (drawing.edge_step < 0) & (drawing.edge_entry >= 0)
        self._from_boxes()
        self._columns = {
            region.path: index for index, region in enumerate(drawing.regions) if region.is_column
        }

    def _from_boxes(self) -> None:
        """An edge into a closed box brings back what came to its value from the steps in the box."""
        d = self._drawing
        spans = {r.node: r.entries for r in d.regions if r.closed and r.node >= 0}
        for edge in np.flatnonzero(self._by_value & (d.kind[d.edge_target] == NodeKind.BOX)).tolist():
            first, last = spans.get(int(d.edge_target[edge]), (0, 0))
            found = self._figures.span_within(int(d.edge_entry[edge]), first, last)
            self._gradient[edge], self._gradient_from[edge] = found
            self._by_value[edge] = False

    def _entries_revealed_from(self, entries: NDArray[np.int32]) -> Indices:
        if not self._figures.count:
            return np.zeros(len(entries), dtype=np.int64)
        return np.where(entries >= 0, self._figures.revealed_from[np.maximum(entries, 0)], 0)

    def _nodes_revealed_from(self) -> Indices:
        made = self._entries_revealed_from(self._drawing.entry)
        for region in self._drawing.regions:
            if region.closed and region.node >= 0:
                made[region.node] = region.entries[1]
        return made

    def at(self, cursor: Cursor) -> Revealed:
        """What may be shown now; the last two answers are remembered, those for this step and for the one foreseen."""
        for known in self._known:
            if known.position == cursor.position:
                return known
        made = self._at(cursor)
        self._known = [*self._known[-1:], made]
        return made

    def _at(self, cursor: Cursor) -> Revealed:
        position = cursor.position
        gradients = np.where(self._gradient_from <= position, self._gradient, -1)
        if self._by_value.any():
            summed = self._figures.gradient_entries(position)
            gradients[self._by_value] = summed[self._drawing.edge_entry[self._by_value]]
        norms = self._figures.norms(gradients)
        finite = norms[np.isfinite(norms)]
        newest = int(np.argmax(np.where(gradients >= 0, self._newest_first(position), -1))) if len(gradients) else -1
        return Revealed(
            position,
            self._node_from <= position,
            self._edge_from <= position,
            gradients,
            norms,
            float(finite.max(initial=0.0)),
            newest if len(gradients) and gradients[newest] >= 0 else -1,
            self._current_column(cursor),
        )

    def _newest_first(self, position: int) -> Indices:
        return np.where(self._gradient_from <= position, self._gradient_from, 0)

    def _current_column(self, cursor: Cursor) -> int:
        current = cursor.current
        if current is None:
            return -1
        line = cursor.tape[current].scope.line()
        return next((self._columns[scope.path] for scope in reversed(line) if scope.path in self._columns), -1)


def entry_nodes(drawing: Drawing) -> dict[int, int]:
    """The node that stands for each drawn entry; an operation before its pill."""
    made: dict[int, int] = {}
    kinds = drawing.kind
    for node, entry in enumerate(drawing.entry.tolist()):
        if entry >= 0 and (entry not in made or kinds[node] == NodeKind.OPERATION):
            made[entry] = node
    return made
