"""The gradients that go back through one application of a cell: along each wire, and at what comes in and goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.tape import RuleSpan, Tape

Records = NDArray[np.int64]
_OF, _ARGUMENT, _FIRST, _LAST, _GRADIENT, _CONTRIBUTION, _TOTAL = range(7)


@dataclass(frozen=True)
class Part:
    """A gradient.

    Attributes:
        entry: that holds it.
        shown_from: the least cursor position at which it may be shown.
        span: the rule that made it, where it was one.
    """

    entry: int
    shown_from: int
    span: RuleSpan | None = None


@dataclass(frozen=True)
class Flow:
    """What goes back through a cell.

    Attributes:
        wires: (step, argument) → the contribution that comes back along that wire.
        states: entry → its gradient, as it grows: of what comes in, what the cell gives; of what goes out, what
            the cell is given.
        handled: entry of the backward phase → the forward step that it belongs to.
    """

    wires: dict[tuple[int, int], Part]
    states: dict[int, tuple[Part, ...]]
    handled: dict[int, int]


class Flows:
    """The flows of all cells of one tape."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self._records: Records = np.array(tape.rule_records, dtype=np.int64).reshape(-1, 7)
        self._norms: dict[int, float] = {}

    def flow(self, entries: Iterable[int], results: Iterable[int]) -> Flow:
        """The flow through a cell.

        Args:
            entries: its steps.
            results: those of them that go out.
        """
        inside = np.array(sorted(entries), dtype=np.int64)
        records = self._records[np.isin(self._records[:, _OF], inside)]
        wires: dict[tuple[int, int], Part] = {}
        handled: dict[int, int] = {}
        states: dict[int, list[Part]] = {}
        steps = self.tape.steps
        for record in records.tolist():
            span = RuleSpan(*record)
            source = steps[span.of].inputs[span.argument].index
            wires[span.of, span.argument] = Part(span.contribution, self._shown(span), span)
            handled |= dict.fromkeys(range(span.first, span.last), span.of)
            if span.total != span.contribution:
                handled[span.total] = source
            states.setdefault(source, []).append(Part(span.total, self._shown(span), span))
        for result in results:
            states[result] = self._coming_in(result, set(inside.tolist()))
            handled |= {
                part.entry: result for part in states[result]
                if part.span is not None and part.span.total != part.span.contribution
            }  # fmt: skip
        return Flow(wires, {entry: tuple(parts) for entry, parts in states.items()}, handled)

    def norm(self, entry: int) -> float:
        """The Euclidean norm of a gradient."""
        if entry not in self._norms:
            with np.errstate(all="ignore"):
                self._norms[entry] = float(np.linalg.norm(np.ravel(self.tape[entry].value)))
        return self._norms[entry]

    def largest(self, entries: Iterable[int]) -> float:
        """The largest finite norm among the contributions that go back through steps."""
        inside = np.isin(self._records[:, _OF], np.array(sorted(entries), dtype=np.int64))
        norms = [self.norm(entry) for entry in np.unique(self._records[inside, _CONTRIBUTION]).tolist()]
        return max((norm for norm in norms if np.isfinite(norm)), default=0.0)

    def _coming_in(self, result: int, inside: set[int]) -> list[Part]:
        """The sums of a state's gradient before the cell itself adds to it."""
        if not self.tape.gradient_totals.get(result):
            return []
        totals = np.array(self.tape.gradient_totals[result], dtype=np.int64)
        records = self._records[np.isin(self._records[:, _TOTAL], totals)]
        spans = [RuleSpan(*record) for record in records.tolist()]
        return [
            Part(span.total, self._shown(span), span)
            for span in spans
            if span.of not in inside and self.tape[span.of].inputs[span.argument].index == result
        ]

    def _shown(self, span: RuleSpan) -> int:
        # A rule that passes its gradient on has no step of its own; nothing is shown before the seed's first use.
        return max(span.gradient, span.contribution, span.total, self.tape.backward_start + 1) + 1


def shown(parts: tuple[Part, ...], position: int) -> Part | None:
    """What of a growing gradient is revealed at a cursor position."""
    return next((part for part in reversed(parts) if part.shown_from <= position), None)
