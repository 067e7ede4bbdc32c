"""Initial states: pills before the first time step, or after the last one where a direction reads backwards.

Each stands on the row of the state that it begins, several on one row beside each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.tensor import Role
from graphs import measures
from graphs.drawing import NodeKind

if TYPE_CHECKING:
    from graphs.layout import Layout
    from graphs.template import Template

_NEAR = 40.0
_MOST = 64
"""So many time steps are searched for the one that reads the state's successor."""


def align_initial_states(layout: Layout) -> None:
    """Set places and widths: of all in the first column if it holds nothing but values, else of the states."""
    last = len(layout.columns) - 1
    for column in (0, last):
        number = int(layout.template_of[column])
        if last < 2 or number < 0:
            continue
        template = layout.templates[number]
        elements = template.kind.elements
        states = [k for k, element in enumerate(elements) if _is_state(layout, template, k)]
        alone = column == 0 and all(element.kind == NodeKind.VARIABLE for element in elements)
        chosen = list(range(len(elements))) if alone else states
        for k in states:
            row = _row(layout, int(template.kind.entries[0, elements[k].local]), column)
            if row is not None:
                template.y[k] = row - float(layout.y[column])
        if chosen:
            _set_beside_each_other(template, chosen, from_right=column == 0, others=column == 0 and not alone)


def _is_state(layout: Layout, template: Template, element: int) -> bool:
    found = template.kind.elements[element]
    return found.role is Role.STATE and layout.arrays.operation[template.kind.entries[0, found.local]] < 0


def _set_beside_each_other(template: Template, chosen: list[int], *, from_right: bool, others: bool) -> None:
    """``others``: whether what else is in the column stands at the left of them."""
    taken: list[tuple[float, int]] = []
    for k in chosen:
        slots = {slot for y, slot in taken if abs(y - template.y[k]) < _NEAR}
        taken.append((template.y[k], next(slot for slot in range(len(taken) + 1) if slot not in slots)))
    pitch = measures.PILL_WIDTH + measures.SIDE_GAP
    width = pitch * (max(slot for _, slot in taken) + 1) + 2 * measures.COLUMN_PADDING
    width += template.width if others else 0.0
    template.width = width if from_right else max(template.width, width)
    for k, (_, slot) in zip(chosen, taken, strict=True):
        x = measures.COLUMN_PADDING + pitch * (slot + 0.5)
        template.x[k] = width - x if from_right else x


def successor(layout: Layout, entry: int, column: int, reader: int | None = None) -> tuple[int, int] | None:
    """The state that takes an initial state's part once the time steps have begun, and how much later it is read.

    Args:
        entry: the initial state.
        column: its column, the first or the last.
        reader: tape index of a step that reads it; the first such if None.

    Returns:
        its tape index and the number of time steps from it to where it is read, negative for a direction that reads
        backwards; None if there is none.
    """
    arrays, of_entry = layout.arrays, layout.columns.of_entry
    onward = 1 if column == 0 else -1
    first = _first_use(layout, entry) if reader is None else reader
    if first is None:
        return None
    start = int(of_entry[first])
    step, argument = int(layout.local[first]), arrays.inputs_of(first).index(entry)
    for other in range(start + onward, start + _MOST * onward, onward):
        if not 0 < other < len(layout.columns) - 1 or layout.template_of[other] < 0:
            break
        kind = layout.templates[layout.template_of[other]].kind
        if step >= kind.forward_steps:
            break
        sources = arrays.inputs_of(int(kind.entries[layout.row_of[other], step]))
        source = sources[argument] if argument < len(sources) else entry
        if 0 < of_entry[source] < len(layout.columns) - 1 and of_entry[source] != other:
            return source, other - int(of_entry[source])
    return None


def _row(layout: Layout, entry: int, column: int) -> float | None:
    """Height of the state that takes an initial state's part; None if nothing reads it."""
    found = successor(layout, entry, column)
    if found is not None:
        template = layout.templates[layout.template_of[layout.columns.of_entry[found[0]]]]
        return float(template.y[template.kind.shown[layout.local[found[0]]]])
    first = _first_use(layout, entry)
    return None if first is None else _row_by_name(layout, entry, int(layout.columns.of_entry[first]))


def _first_use(layout: Layout, entry: int) -> int | None:
    arrays = layout.arrays
    end = int(arrays.input_start[arrays.forward_end])
    uses = (arrays.inputs[:end] == entry).nonzero()[0]
    return int(arrays.input_start.searchsorted(uses[0], side="right")) - 1 if len(uses) else None


def _row_by_name(layout: Layout, entry: int, column: int) -> float | None:
    template = layout.templates[layout.template_of[column]]
    symbol = layout.arrays.names[layout.arrays.name[entry]][0]
    for number, element in enumerate(template.kind.elements):
        if (element.label, element.role, element.kind) == (symbol, Role.STATE, NodeKind.VARIABLE):
            return float(template.y[number])
    return None
