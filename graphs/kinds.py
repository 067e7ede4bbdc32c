"""Kinds of time steps: columns whose steps have the same relative structure share one placement."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from graphs.columns import NOWHERE, Columns
from graphs.drawing import Ints
from graphs.elements import Element, Place, backward_element, elements_of_step
from graphs.rule_steps import RuleStep, rule_step
from graphs.tape_arrays import GIVEN, TapeArrays

EXTERNAL = -1
PARAMETER_CODE = -2  # parameter k is written PARAMETER_CODE - k among a step's sources


@dataclass(slots=True, eq=False)
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
        forward_steps: how many of the steps are of the forward phase; they come first.
        rules: of each backward step, its rule in terms of the column's steps.
        static: whether the columns are layers or parts outside of time, whose parameters are used nowhere else.
    """

    columns: Ints
    entries: Ints
    places: list[Place]
    sources: list[list[int]]
    elements: list[Element] = field(default_factory=list)
    circle: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    forward_steps: int = 0
    rules: dict[int, RuleStep] = field(default_factory=dict)
    static: bool = False

    def source_element(self, source: int, consumer: int) -> int:
        """The element that an operand flows from: the circle where the pill lies outside the consumer's own cell."""
        pill = self.shown[source]
        if consumer >= self.forward_steps:
            return pill
        inside, home = self.elements[pill].place, self.elements[self.circle[source]].home
        if inside != home and self.places[consumer][: len(home)] == home and home[: len(inside)] == inside:
            return self.circle[source]
        return pill

    def edges(self) -> list[tuple[int, int]]:
        """Pairs of elements between which a value flows inside the column, forward, repeats left out."""
        made: dict[tuple[int, int], None] = {}
        for local, sources in enumerate(self.sources[: self.forward_steps]):
            for source in sources:
                if source >= 0:
                    made[self.source_element(source, local), self.circle[local]] = None
            if self.circle[local] != self.shown[local]:
                made[self.circle[local], self.shown[local]] = None
        return list(made)


def kinds_of(arrays: TapeArrays, columns: Columns, parameters: Ints, backward: bool) -> list[Kind]:
    """Sort the columns by kind.

    Args:
        arrays, columns: the recording.
        parameters: tape indices of the parameters.
        backward: whether the steps of the backward phase count.
    """
    of_entry = columns.of_entry[: len(arrays) if backward else arrays.forward_end]
    order: Ints = np.argsort(of_entry, kind="stable").astype(np.int32)
    order = order[np.searchsorted(of_entry[order], NOWHERE, side="right") :]
    bounds: Ints = np.searchsorted(of_entry[order], np.arange(len(columns) + 1)).astype(np.int32)
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
        kind.static = members[0] in columns.static
        kind.forward_steps = int((entries[0] < arrays.forward_end).sum())
        _fill(kind, arrays)
        _fill_backward(kind, arrays, parameters)
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
    for local, entry in enumerate(kind.entries[0, : kind.forward_steps].tolist()):
        code = int(arrays.operation[entry])
        row = None if code == GIVEN else arrays.operations[code]
        symbol, role = arrays.names[arrays.name[entry]]
        name, sign = (row.name, row.symbol) if row is not None else (None, "")
        made = elements_of_step(local, name, sign, symbol, role, kind.places[local])
        kind.circle.append(len(kind.elements))
        kind.elements += made
        kind.shown.append(len(kind.elements) - 1)


def _fill_backward(kind: Kind, arrays: TapeArrays, parameters: Ints) -> None:
    """Elements of the backward steps, known by the rule that they belong to."""
    entries = kind.entries[0].tolist()
    local_of = {entry: local for local, entry in enumerate(entries)}
    number = {int(entry): PARAMETER_CODE - k for k, entry in enumerate(parameters)}
    keys = element_keys(kind)
    for local in range(kind.forward_steps, len(entries)):
        code = int(arrays.operation[entries[local]])
        sign = arrays.names[arrays.name[entries[local]]][0] if code == GIVEN else arrays.operations[code].symbol
        rule = rule_step(arrays, entries[local]) if code != GIVEN else None
        mark = ""
        if rule is not None and rule.of in local_of:
            of = local_of[rule.of]
            source = number.get(rule.source, local_of.get(rule.source, EXTERNAL))
            kind.rules[local] = RuleStep(of, rule.argument, source, rule.place)
            mark = f"{keys[kind.circle[of]]} {rule.argument} {rule.place}"
        elif rule is not None and rule.source in local_of:
            source = local_of[rule.source]
            kind.rules[local] = RuleStep(source, rule.argument, source, rule.place)
            mark = f"sum {keys[kind.circle[source]]}"
        kind.circle.append(len(kind.elements))
        kind.shown.append(len(kind.elements))
        kind.elements.append(backward_element(local, sign, kind.places[local], mark))


def element_keys(kind: Kind) -> list[tuple[object, ...]]:
    """What the same element of another kind is known by."""
    counts: dict[tuple[object, ...], int] = {}
    keys: list[tuple[object, ...]] = []
    for element in kind.elements:
        name: tuple[object, ...] = (element.home, element.kind, element.label, element.mark)
        counts[name] = counts.get(name, 0) + 1
        keys.append((*name, counts[name]))
    return keys
