"""Placing the opened backward pass: at the right of the forward steps, each rule on the row of what it differentiates.

On each row the rule's result stands first, what leads to it further right, so that gradients flow from right to left.
The sums of a parameter's gradient stand on its rail.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphs import measures
from graphs.kinds import PARAMETER_CODE, Kind
from graphs.rule_steps import RuleStep


@dataclass(slots=True)
class Zone:
    """Where backward steps stand: rows of occupied slots."""

    left: float
    rows: dict[int, int]

    def next_slot(self, y: float) -> float:
        """x of the next free slot on the row at ``y``."""
        slot = max((self.rows.get(row, 0) for row in range(round(y) - 34, round(y) + 35)), default=0)
        self.rows[round(y)] = slot + 1
        return self.left + slot * measures.BACKWARD_PITCH


def place_backward(
    kind: Kind, rules: dict[int, RuleStep], x: list[float], y: list[float], right: float, bundled: set[int]
) -> float:
    """Set the places of a kind's backward elements.

    Args:
        kind: whose forward elements are placed in ``x`` and ``y``.
        rules: of each backward step among the column's steps; its ``of`` and ``source`` are the column's steps too, or
            a parameter's code.
        right: where the forward part ends.
        bundled: forward steps whose parameters have no rails.

    Returns:
        where the backward part ends.
    """
    zone = Zone(right + measures.BACKWARD_PITCH / 2 + measures.BACKWARD_CIRCLE / 2, {})
    later = []
    for step in range(kind.forward_steps, len(kind.sources)):
        if step not in rules:  # the gradient that the pass begins with stands beside the loss
            row = y[kind.shown[kind.forward_steps - 1]] if kind.forward_steps else 0.0
            x[kind.circle[step]], y[kind.circle[step]] = zone.next_slot(row), row
    for step in sorted(rules, key=lambda step: _order(rules[step])):
        rule = rules[step]
        is_parameter = rule.source <= PARAMETER_CODE
        if rule.place < 0 and is_parameter and rule.of not in bundled:
            later.append(step)
            continue
        inner = rule.place < 0 and not is_parameter and rule.source >= 0
        row = y[kind.shown[rule.source]] if inner else y[kind.circle[rule.of]]
        x[kind.circle[step]], y[kind.circle[step]] = zone.next_slot(row), row
    slots = max(zone.rows.values(), default=0)
    far = Zone(zone.left + slots * measures.BACKWARD_PITCH, {})
    for step in later:
        row = _rail(kind, rules[step].source, y)
        x[kind.circle[step]], y[kind.circle[step]] = far.next_slot(row), row
    slots += max(far.rows.values(), default=0)
    return zone.left + (slots - 0.5) * measures.BACKWARD_PITCH if slots else right


def _order(rule: RuleStep) -> tuple[bool, int, bool, int]:
    """Gradients of states before those of parameters; on a row, a rule's result before what leads to it."""
    return rule.source <= PARAMETER_CODE, -rule.of, rule.place < 0, rule.place


def _rail(kind: Kind, code: int, y: list[float]) -> float:
    """Height of a parameter's rail: below the first step that uses it."""
    step = next(number for number, sources in enumerate(kind.sources) if code in sources)
    return y[kind.circle[step]] + measures.RAIL_DROP
