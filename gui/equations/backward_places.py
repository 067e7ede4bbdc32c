"""Where the entries of the backward pass belong: to which rule, to which sum, to whose gradient."""

from __future__ import annotations

from engine.tape import RuleSpan, Tape


class BackwardPlaces:
    """Looks up what the backward pass did by tape index.

    Attributes:
        span_of: step inside a gradient rule → the application of the rule.
        added_by: step that adds a contribution to a sum → the application that made the contribution.
        contribution_of: entry that is a contribution → the applications whose result it is.
    """

    def __init__(self, tape: Tape) -> None:
        self.span_of: dict[int, RuleSpan] = {}
        self.added_by: dict[int, RuleSpan] = {}
        self.contribution_of: dict[int, list[RuleSpan]] = {}
        self._spans_for: dict[int, list[RuleSpan]] = {}
        self._owners: dict[int, list[tuple[int, int]]] = {}
        steps = tape.steps
        for span in tape.spans():
            self.span_of.update(dict.fromkeys(range(span.first, span.last), span))
            self.contribution_of.setdefault(span.contribution, []).append(span)
            if span.total != span.contribution:
                self.added_by[span.total] = span
            self._spans_for.setdefault(steps[span.of].inputs[span.argument].index, []).append(span)
        self._counts = {entry: len(totals) for entry, totals in tape.gradient_totals.items()}
        for entry, totals in tape.gradient_totals.items():
            for place, total in enumerate(totals):
                self._owners.setdefault(total, []).append((entry, place))

    def spans_for(self, entry: int) -> list[RuleSpan]:
        """The applications of rules that contribute to the gradient of a forward entry, in order."""
        return self._spans_for.get(entry, [])

    def owners(self, entry: int) -> list[tuple[int, int]]:
        """(forward entry, place among its sums) of all gradients that an entry is, wholly or so far."""
        return self._owners.get(entry, [])

    def is_whole(self, owner: tuple[int, int]) -> bool:
        """Whether a sum is the last one of its forward entry."""
        return owner[1] == self._counts[owner[0]] - 1

    def count(self, entry: int) -> int:
        """How many contributions the gradient of a forward entry has."""
        return self._counts.get(entry, 0)
