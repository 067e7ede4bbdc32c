"""What the canvas needs to know about a tape, as arrays: when each entry is revealed, norms, gradients' places."""

from __future__ import annotations

import bisect
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.tape import Tape
from graphs.attention import Attended, attended

Indices = NDArray[np.int64]
_TOGETHER = 1 << 18
"""Numbers whose squares are summed at once."""
_ARGUMENTS = 1 << 20
NEVER = np.iinfo(np.int64).max // 2


class TapeFigures:
    """Figures of one tape; norms are computed when first asked for and kept.

    Attributes:
        tape: the recording.
        count: number of entries.
        given: whether each entry was given, not computed.
        revealed_from: the least cursor position at which each entry may be shown.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.count = len(tape)
        self.given = np.fromiter((step.operation is None for step in tape.steps), dtype=bool, count=self.count)
        self.revealed_from: Indices = np.where(self.given, 0, np.arange(1, self.count + 1))
        self._norms = np.full(self.count, -1.0)
        self._span_keys, self._spans = _sorted_spans(tape)
        self._summed: tuple[int, Indices] = (-1, np.zeros(0, dtype=np.int64))
        self._totals, self._total_starts, self._total_of = _flat_totals(tape)

    def norms(self, entries: Indices) -> NDArray[np.float64]:
        """Euclidean norms of entries' values; NaN or inf where the values are. Negative indices give 0."""
        wanted = np.unique(entries[entries >= 0])
        missing = wanted[self._norms[wanted] == -1.0].tolist()
        if missing:
            self._compute_norms(missing)
        return np.where(entries >= 0, self._norms[np.maximum(entries, 0)], 0.0)

    def _compute_norms(self, entries: list[int]) -> None:
        steps = self.tape.steps
        alike: dict[tuple[int, ...], list[int]] = {}
        for entry in entries:
            alike.setdefault(steps[entry].shape, []).append(entry)
        with np.errstate(all="ignore"):
            for members in alike.values():
                size = max(1, steps[members[0]].value.size)
                together = max(1, _TOGETHER // size)
                for first in range(0, len(members), together):
                    some = members[first : first + together]
                    values = np.array([steps[entry].value for entry in some], dtype=np.float64)
                    self._norms[some] = np.sqrt(np.square(values).reshape(len(some), -1).sum(axis=1))

    def spans_of(self, steps: Indices, arguments: Indices) -> tuple[Indices, Indices]:
        """(contribution, least cursor position that shows it) for arguments of forward steps; (-1, NEVER) for none."""
        if not len(self._span_keys):
            return np.full(len(steps), -1), np.full(len(steps), NEVER)
        keys = _key(steps, arguments)
        at = np.minimum(np.searchsorted(self._span_keys, keys), len(self._span_keys) - 1)
        found = (self._span_keys[at] == keys) & (arguments >= 0)
        return np.where(found, self._spans[at, 0], -1), np.where(found, self._spans[at, 1], NEVER)

    @cached_property
    def attended(self) -> list[Attended]:
        """What attention looks at."""
        return attended(self.tape)

    @cached_property
    def is_gradient(self) -> NDArray[np.bool_]:
        """Whether each entry is a gradient, what a rule adds to one, or a sum of such: not what helps to compute it."""
        made = np.zeros(self.count, dtype=bool)
        records = np.array(self.tape.rule_records, dtype=np.int64).reshape(-1, 7)[:, 4:7].ravel()
        made[records[records >= self.tape.backward_start]] = True
        return made

    @cached_property
    def _spans_by_input(self) -> dict[int, list[tuple[int, int, int]]]:
        """Entry → (forward step, contribution, least cursor position) of the contributions to its gradient, by step."""
        made: dict[int, list[tuple[int, int, int]]] = {}
        steps = self.tape.steps
        for key, (contribution, shown) in zip(self._span_keys.tolist(), self._spans.tolist(), strict=True):
            step, argument = divmod(key, _ARGUMENTS)
            made.setdefault(steps[step].inputs[argument].index, []).append((step, contribution, shown))
        return made

    def span_within(self, entry: int, first: int, last: int) -> tuple[int, int]:
        """(contribution, least cursor position) to an entry's gradient from a step in ``first … last-1``, the largest
        step if several; (-1, NEVER) for none."""
        spans = self._spans_by_input.get(entry, [])
        at = bisect.bisect_left(spans, (last,)) - 1
        if at < 0 or spans[at][0] < first:
            return -1, NEVER
        return spans[at][1], spans[at][2]

    def gradient_entries(self, position: int) -> Indices:
        """For each entry, the tape index of its gradient as far as it is summed at a cursor position; -1 for none."""
        if self._summed[0] != position:
            self._summed = position, self._gradients_at(position)
        return self._summed[1]

    def _gradients_at(self, position: int) -> Indices:
        made = np.full(self.count, -1, dtype=np.int64)
        if len(self._totals) and position > self.tape.backward_start + 1:
            seen = np.where(self._totals < position, self._totals, -1)
            made[self._total_of] = np.maximum.reduceat(seen, self._total_starts)
        return made


def _key(steps: Indices, arguments: Indices) -> Indices:
    return steps.astype(np.int64) * _ARGUMENTS + arguments


def _sorted_spans(tape: Tape) -> tuple[Indices, Indices]:
    """Keys of (step, argument), ascending, and (contribution, first position) of each."""
    records = np.array(tape.rule_records, dtype=np.int64).reshape(-1, 7)
    keys = _key(records[:, 0], records[:, 1])
    order = np.argsort(keys, kind="stable")
    # A rule that passes its gradient on has no step of its own: it is seen as soon as that gradient is. The seed of the
    # backward pass is given, so nothing of it is shown before the first step behind it.
    last_needed = np.maximum(records[:, 4:7].max(axis=1, initial=0), tape.backward_start + 1)
    return keys[order], np.stack([records[:, 5], last_needed + 1], axis=1)[order]


def _flat_totals(tape: Tape) -> tuple[Indices, Indices, Indices]:
    """All successive sums, where those of each entry start, and whose they are."""
    of = list(tape.gradient_totals)
    counts = np.array([len(tape.gradient_totals[entry]) for entry in of], dtype=np.int64)
    flat = [total for entry in of for total in tape.gradient_totals[entry]]
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(of) else np.zeros(0)
    return np.array(flat, dtype=np.int64), starts.astype(np.int64), np.array(of, dtype=np.int64)
