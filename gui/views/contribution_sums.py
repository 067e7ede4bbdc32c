"""How the gradient of each parameter comes together, contribution by contribution, in the order of the tape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import parameters, time_of
from engine.scope import ScopeKind
from engine.tape import RuleSpan, Tape

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """A gradient after some of its contributions, by time step from 0 on; NaN where none has arrived.

    Attributes:
        norms: (T+1,) Frobenius norm of each step's contribution.
        shares: (T+1,) ⟨contribution, g⟩ / ⟨g, g⟩ with the gradient g so far; they add up to 1.
        running: (T+1,) norm of the sum when the contribution had been added.
        arrived: (T+1,) whether a contribution has.
        size: norm of the gradient so far.
    """

    norms: Floats
    shares: Floats
    running: Floats
    arrived: NDArray[np.bool_]
    size: float


class ParameterSums:
    """The contributions to one parameter's gradient.

    Attributes:
        name: of the parameter.
        index: its tape index.
        times: the time steps that contribute; 0 for a use outside time.
        spans: the rule applications that contribute, in the order in which they are added.
    """

    def __init__(self, tape: Tape, name: str, index: int, spans: list[RuleSpan], last: int) -> None:
        self.name, self.index, self.spans = name, index, spans
        self._tape = tape
        self._last = last
        self._times = [time_of(tape.steps[span.of]) or 0 for span in spans]
        self.times = frozenset(self._times)
        self._totals = np.array([span.total for span in spans], dtype=np.int64)
        self._sums: dict[int, Sums] = {}
        self._difference: float | None = None

    def count(self, position: int) -> int:
        """How many contributions have been added when the cursor is there."""
        return int(np.searchsorted(self._totals, position))

    def spans_at(self, t: int, count: int | None = None) -> list[RuleSpan]:
        """The contributions of a time step among the first ``count``."""
        return [span for span, time in zip(self.spans[:count], self._times, strict=False) if time == t]

    def value(self, t: int, count: int) -> np.ndarray | None:
        """The contribution of a time step, shaped like the parameter; None if it has not arrived."""
        with np.errstate(all="ignore"):
            values = [np.asarray(self._tape.steps[span.contribution].value) for span in self.spans_at(t, count)]
            return np.sum(values, axis=0) if values else None

    def sums(self, count: int) -> Sums:
        """The gradient after so many contributions."""
        found = self._sums.get(count)
        if found is None:
            with np.errstate(all="ignore"):
                found = self._sums[count] = self._add_up(count)
        return found

    def _add_up(self, count: int) -> Sums:
        steps = self._tape.steps
        shape = self._last + 1
        norms, shares, running = (np.full(shape, np.nan) for _ in range(3))
        arrived = np.zeros(shape, dtype=bool)
        earlier = self._sums.get(count - 1)
        whole = np.asarray(steps[self.spans[count - 1].total].value) if count else np.zeros(1)
        square = float(np.vdot(whole, whole))
        for place in range(count):
            span, t = self.spans[place], self._times[place]
            value = np.asarray(steps[span.contribution].value)
            part = float(np.vdot(value, whole)) / square if square else np.nan
            shares[t] = part + (shares[t] if arrived[t] else 0.0)
            is_known = earlier is not None and place < count - 1
            running[t] = earlier.running[t] if is_known and earlier else np.linalg.norm(steps[span.total].value)
            norms[t] = earlier.norms[t] if is_known and earlier else self._norm(t, place + 1)
            arrived[t] = True
        return Sums(norms, shares, running, arrived, float(np.linalg.norm(whole)) if count else 0.0)

    def _norm(self, t: int, count: int) -> float:
        value = self.value(t, count)
        return float("nan") if value is None else float(np.linalg.norm(value))

    @property
    def difference(self) -> float:
        """Largest difference between the contributions, added by time, and the gradient on the tape."""
        if self._difference is None:
            with np.errstate(all="ignore"):
                values = [self.value(t, len(self.spans)) for t in sorted(self.times)]
                added = np.sum([value for value in values if value is not None], axis=0)
                gradient = self._tape.gradient(self.index)
                self._difference = float(np.max(np.abs(added - gradient))) if gradient is not None else 0.0
        return self._difference


def parameter_sums(tape: Tape) -> list[ParameterSums]:
    """One for each parameter that gets a gradient; the recurrent cell's come first."""
    known = {index: name for name, index in parameters(tape).items()}
    spans: dict[int, list[RuleSpan]] = {index: [] for index in known}
    steps = tape.steps
    last = 1
    for record in tape.rule_records:
        source = steps[record[0]].inputs[record[1]].index
        if source in spans:
            spans[source].append(RuleSpan(*record))
            last = max(last, time_of(steps[record[0]]) or 0)
    made = [ParameterSums(tape, name, index, spans[index], last) for index, name in known.items() if spans[index]]
    return sorted(made, key=lambda one: steps[one.spans[0].of].scope.enclosing(ScopeKind.CELL) is None)
