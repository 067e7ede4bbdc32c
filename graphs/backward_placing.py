"""Placing the opened backward pass: at the right of the forward steps, each rule on the row of what it differentiates.

On each row the rule's result stands first, what leads to it further right, so that gradients flow from right to left.
Each gate has a stretch of its own. The sums of a parameter's gradient stand on its rail, or below its product.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graphs import measures
from graphs.elements import Place
from graphs.kinds import PARAMETER_CODE, Kind
from graphs.rule_steps import RuleStep

_REACH = round(measures.BACKWARD_CIRCLE) + 4
"""Rows that are no further apart than this share their slots; those below a tag, than the other."""
_TAG_REACH = round(measures.TAG_DY + measures.TAG_HEIGHT / 2 + measures.BACKWARD_CIRCLE / 2) + 4


@dataclass(slots=True)
class Zone:
    """Where backward steps stand: per row, how many slots are taken, and the last of them under which a tag hangs."""

    left: float
    rows: dict[int, int]
    tags: dict[int, int] = field(default_factory=dict)

    def next_slot(self, y: float, has_tag: bool = False) -> float:
        """The next free slot on the row at ``y``, as its distance from ``left``."""
        row = round(y)
        slot = 0
        for other, taken in self.rows.items():
            under = _TAG_REACH if has_tag else _REACH
            if -_REACH <= other - row <= under:
                slot = max(slot, taken)
            if other in self.tags and _REACH < row - other <= _TAG_REACH:
                # A tag reaches below the slot at its right, too.
                slot = max(slot, self.tags[other] + 2)
        self.rows[row] = slot + 1
        if has_tag:
            self.tags[row] = slot
        return slot * measures.BACKWARD_PITCH

    def width(self) -> float:
        """Of all slots in use."""
        return max(self.rows.values(), default=0) * measures.BACKWARD_PITCH


def place_backward(
    kind: Kind, rules: dict[int, RuleStep], x: list[float], y: list[float], right: float, bundled: set[int],
    hung: set[int], tagged: set[int],
) -> float:  # fmt: skip
    """Set the places of a kind's backward elements.

    Args:
        kind: whose forward elements are placed in ``x`` and ``y``.
        rules: of each backward step among the column's steps; its ``of`` and ``source`` are the column's steps too, or
            a parameter's code.
        right: where the forward part ends.
        bundled: forward steps whose parameters have no rails.
        hung: those of them whose parameter stands below them; so does its gradient.
        tagged: backward steps that have a parameter's tag below them.

    Returns:
        where the backward part ends.
    """
    begin = right + measures.BACKWARD_PITCH / 2 + measures.BACKWARD_CIRCLE / 2
    zones: dict[Place, Zone] = {(): Zone(begin, {})}
    for gate in _gates(kind, rules, x):
        zones[gate] = Zone(begin, {})
    places: dict[int, tuple[Place, float, float]] = {}
    later = []
    for step in range(kind.forward_steps, len(kind.sources)):
        if step not in rules:  # the gradient that the pass begins with stands beside the loss
            row = y[kind.shown[kind.forward_steps - 1]] if kind.forward_steps else 0.0
            places[step] = (), zones[()].next_slot(row), row
    for step in sorted(rules, key=lambda step: _order(rules[step])):
        rule = rules[step]
        if rule.place < 0 and rule.source <= PARAMETER_CODE and rule.of not in bundled:
            later.append(step)
            continue
        row = _row(kind, rule, y, hung)
        gate = _gate(kind.places[rule.of])
        places[step] = gate, zones[gate].next_slot(row, step in tagged), row
    end = ends = begin + zones[()].width()
    gate_rows = [row for gate, zone in zones.items() if gate for row in zone.rows]
    if not any(row > min(gate_rows, default=0) - measures.BACKWARD_PITCH for row in zones[()].rows):
        end = begin  # all that is outside the gates stands above them
    for gate, zone in zones.items():
        if gate:
            zone.left, end = end, end + zone.width() + measures.SIDE_GAP
    end = max(end, ends)
    for step, (gate, offset, row) in places.items():
        x[kind.circle[step]], y[kind.circle[step]] = zones[gate].left + offset, row
    far = Zone(end, {})
    for step in later:
        row = _rail(kind, rules[step].source, y)
        x[kind.circle[step]], y[kind.circle[step]] = far.left + far.next_slot(row), row
    end += far.width()
    return end - measures.BACKWARD_PITCH / 2 if end > begin else right


def _gate(place: Place) -> Place:
    """The gate that a scope is or lies in; the empty path if none."""
    depth = next((k for k, (kind, _) in enumerate(place) if kind == "gate"), None)
    return () if depth is None else place[: depth + 1]


def _gates(kind: Kind, rules: dict[int, RuleStep], x: list[float]) -> list[Place]:
    """The gates with backward steps, as they stand from left to right."""
    found: dict[Place, float] = {}
    for rule in rules.values():
        gate = _gate(kind.places[rule.of])
        if gate:
            found[gate] = min(found.get(gate, x[kind.circle[rule.of]]), x[kind.circle[rule.of]])
    return sorted(found, key=found.__getitem__)


def _row(kind: Kind, rule: RuleStep, y: list[float], hung: set[int]) -> float:
    """Height of a backward step: beside what it differentiates; sums of states beside the states' pills."""
    row = y[kind.circle[rule.of]]
    if rule.source <= PARAMETER_CODE and rule.of in hung:
        return row + measures.BACKWARD_DROP[rule.place < 0]
    inner = rule.place < 0 and rule.source >= 0
    return y[kind.shown[rule.source]] if inner else row


def _order(rule: RuleStep) -> tuple[bool, int, bool, int]:
    """Gradients of states before those of parameters; on a row, a rule's result before what leads to it."""
    return rule.source <= PARAMETER_CODE, -rule.of, rule.place < 0, rule.place


def _rail(kind: Kind, code: int, y: list[float]) -> float:
    """Height of a parameter's rail: below the first step that uses it."""
    step = next(number for number, sources in enumerate(kind.sources) if code in sources)
    return y[kind.circle[step]] + measures.RAIL_DROP
