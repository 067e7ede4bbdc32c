"""Kinds of time steps: columns whose steps have the same relative structure share one placement."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.tensor import Role
from graphs.columns import NOWHERE, Columns
from graphs.drawing import Ints, NodeKind
from graphs.elements import Element, Place, elements_of_step
from graphs.tape_arrays import GIVEN, TapeArrays

EXTERNAL = -1
PARAMETER_CODE = -2  # parameter k is written PARAMETER_CODE - k among a step's sources


@dataclass(slots=True)
class Kind:
    """A kind of time step.

    Attributes:
        columns: the columns of this kind, from left to right.
        entries: (columns, steps) tape indices.
        places: of each step, its scope inside the column.
        sources: of each step, its operands: places among the column's steps, EXTERNAL, or a parameter's code.
        elements: what is drawn, in tape order.
        circle: of each step, the element that its operands flow into.
        shown: of each step, the element that its value flows from.
    """

    columns: Ints
    entries: Ints
    places: list[Place]
    sources: list[list[int]]
    elements: list[Element] = field(default_factory=list)
    circle: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)

    def source_element(self, source: int, consumer: int) -> int:
        """The element that an operand flows from: the circle where the pill lies outside the consumer's own cell."""
        pill = self.shown[source]
        inside, home = self.elements[pill].place, self.elements[self.circle[source]].home
        if inside != home and self.places[consumer][: len(home)] == home and home[: len(inside)] == inside:
            return self.circle[source]
        return pill

    def edges(self) -> list[tuple[int, int]]:
        """Pairs of elements between which a value flows inside the column, repeats left out."""
        made: dict[tuple[int, int], None] = {}
        for local, sources in enumerate(self.sources):
            for source in sources:
                if source >= 0:
                    made[self.source_element(source, local), self.circle[local]] = None
            if self.circle[local] != self.shown[local]:
                made[self.circle[local], self.shown[local]] = None
        return list(made)


def kinds_of(arrays: TapeArrays, columns: Columns, parameters: Ints) -> list[Kind]:
    """Sort the columns by kind. ``parameters`` are the tape indices of the parameters."""
    of_entry = columns.of_entry[: arrays.forward_end]
    order = np.argsort(of_entry, kind="stable").astype(np.int32)
    order = order[np.searchsorted(of_entry[order], NOWHERE, side="right") :]
    bounds = np.searchsorted(of_entry[order], np.arange(len(columns) + 1))
    features = np.stack([arrays.operation, arrays.name, columns.place[arrays.scope]], axis=1)[order]
    starts, codes = _source_codes(arrays, columns.of_entry, order, bounds, parameters)
    found: dict[tuple[bytes, bytes, bytes], list[int]] = {}
    for column in range(len(columns)):
        a, b = bounds[column], bounds[column + 1]
        if a < b:
            counts = np.diff(starts[a : b + 1])
            key = (features[a:b].tobytes(), counts.tobytes(), codes[starts[a] : starts[b]].tobytes())
            found.setdefault(key, []).append(column)
    kinds = []
    for members in found.values():
        a, b = bounds[members[0]], bounds[members[0] + 1]
        entries = order[bounds[members][:, None] + np.arange(b - a)]
        sources = [codes[starts[k] : starts[k + 1]].tolist() for k in range(a, b)]
        places = [columns.places[code] for code in features[a:b, 2]]
        kind = Kind(np.array(members, np.int32), entries, places, sources)
        _fill(kind, arrays)
        kinds.append(kind)
    return kinds


def _source_codes(arrays: TapeArrays, of_entry: Ints, order: Ints, bounds: Ints, parameters: Ints) -> tuple[Ints, Ints]:
    """Of the steps in ``order``, the operands coded relative to their column, as starts and codes."""
    local = np.zeros(len(arrays), np.int32)
    local[order] = np.arange(len(order)) - bounds[of_entry[order]]
    counts = np.diff(arrays.input_start)[order]
    starts = np.zeros(len(order) + 1, np.int32)
    np.cumsum(counts, out=starts[1:])
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
    sources = arrays.inputs[np.repeat(arrays.input_start[:-1][order], counts) + within]
    codes = np.where(of_entry[sources] == np.repeat(of_entry[order], counts), local[sources], EXTERNAL).astype(np.int32)
    number = np.full(len(arrays), 0, np.int32)
    number[parameters] = np.arange(len(parameters))
    is_parameter = np.isin(sources, parameters)
    codes[is_parameter] = PARAMETER_CODE - number[sources[is_parameter]]
    return starts, codes


def _fill(kind: Kind, arrays: TapeArrays) -> None:
    for local, entry in enumerate(kind.entries[0].tolist()):
        code = int(arrays.operation[entry])
        row = None if code == GIVEN else arrays.operations[code]
        symbol, role = arrays.names[arrays.name[entry]]
        made = elements_of_step(
            local, row and row.name, row.symbol if row else "", symbol, Role(role), kind.places[local]
        )
        kind.circle.append(len(kind.elements))
        kind.elements += made
        kind.shown.append(len(kind.elements) - 1)


def element_keys(kind: Kind) -> list[tuple[object, ...]]:
    """What the same element of another kind is known by."""
    counts: dict[tuple[Place, NodeKind, str], int] = {}
    keys: list[tuple[object, ...]] = []
    for element in kind.elements:
        name = (element.home, element.kind, element.label)
        counts[name] = counts.get(name, 0) + 1
        keys.append((*name, counts[name]))
    return keys
