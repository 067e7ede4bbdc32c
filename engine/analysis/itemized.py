"""The gradient, itemized: which part of it comes from the loss at time j through time step k.

G[j, k] = ∂E_j/∂h^k for every state h, and ∂E_j/∂W|_k, what the loss at j adds to the gradient of a weight through its
use at time k; E_j is the part of the iteration's loss that belongs to time j (see ``engine.analysis.loss_paths``).
Ordinary backpropagation through time sums over j on its way: Σ_j G[j, k] is the gradient of h^k, Σ_jk of the items
of a weight is its gradient (Cashman et al., arXiv 1907.12545). The items are vector-Jacobian products, one backward
pass for every loss, with the rules of the engine on a copy of the forward tape: O(T²) in the number of time steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from engine.analysis.forward_copy import ForwardCopy
from engine.analysis.items import Items, Reach
from engine.analysis.loss_paths import WHOLE, LossPaths, Use, find_paths
from engine.analysis.replay import is_blocked
from engine.analysis.series import indices, parameters
from engine.tape import Tape
from engine.tensor import Array, Role

MOST_LOSSES = 128
"""Of longer sequences only the last losses are itemized: the work grows with their number times that of the steps."""

Take = Callable[[str, int, int, Array], None]
"""Called with the name of a state or parameter, j, k and the item, shaped like the state or the parameter."""


class Itemization:
    """The items of all states and parameters of a tape, computed piece by piece from the last time step back.

    Attributes:
        items: by name, the states first; empty until it is known which there are.
        batch: number of sequences.
        length: the last time step of the tape.
        left_out: number of earlier losses that are not itemized.
    """

    def __init__(self, tape: Tape, sequence: int | None = None, most_losses: int = MOST_LOSSES) -> None:
        """Begin; nothing is done yet.

        Args:
            tape: a recorded iteration.
            sequence: only what this row of the batch adds, from 0; all of them if None.
            most_losses: so many, the last ones, are itemized.
        """
        self._tape = tape
        self._sequence = sequence
        self._most_losses = most_losses
        self._paths = LossPaths()
        self._losses: tuple[int, ...] = ()
        self._row_of: dict[int, int] = {}
        self._sets: dict[tuple[int, bool, int], NDArray[np.bool_]] = {}
        self._states: dict[int, tuple[Items, int]] = {}
        self._uses: dict[tuple[int, int], tuple[Items, int, Use | None]] = {}
        self._sums: dict[tuple[int, int], dict[int, Array]] = {}
        self._found: dict[str, Items] = {}
        self._planning = self._plan()
        self.items: dict[str, Items] = {}
        self.batch, self.length = 1, 0
        self.left_out = 0

    # --- what there is ------------------------------------------------------------------------------------------

    def plan(self) -> Iterator[None]:
        """Find which items there are, handing back control now and then; then ``items`` are there, without numbers."""
        yield from self._planning

    def _plan(self) -> Iterator[None]:
        yield from find_paths(self._tape, self._paths)
        self.length = max(self._paths.times, default=0)
        self._losses, self.left_out = self._rows(self._most_losses)
        self._row_of = {loss: row for row, loss in enumerate(self._losses)}
        rules = {Use(record[0], record[1]): (record[5], record[6]) for record in self._tape.rule_records}
        yield
        yield from self._plan_states(rules)
        yield from self._plan_parameters(rules)
        self.batch = next((np.shape(self._tape.steps[at].value)[0] for at in self._states), 1)
        self.items = self._found

    def _rows(self, most: int) -> tuple[tuple[int, ...], int]:
        """The losses that belong to time steps, by time, and how many are left out."""
        paths = self._paths
        found = 0
        for reached in paths.any:
            found |= reached
        in_time = [time for time in range(1, self.length + 1) if found >> time & 1]
        kept = in_time[-most:]
        return tuple(kept), len(in_time) - len(kept)

    def _made(self, name: str, is_state: bool, places: dict[int, int], losses: int) -> Items:
        """Items of which nothing is marked; they may come from a set of losses."""
        times = tuple(sorted(places))
        rows = self._losses if losses != WHOLE else ()
        rows = (*rows, 0) if losses & WHOLE else rows
        shape = len(rows), len(times)
        made = Items(
            name, is_state, rows, times, np.zeros(shape, np.int8), np.full(shape, -1), np.full(shape, -1),
            np.zeros(shape), np.zeros(shape), np.zeros(shape[1]), np.zeros(shape[1], bool),
            np.array([places[time] for time in times]),
        )  # fmt: skip
        self._found[name] = made
        return made

    def _plan_states(self, rules: dict[Use, tuple[int, int]]) -> Iterator[None]:
        found = indices(self._tape, Role.STATE)
        entries = {index for by_time in found.values() for index in by_time.values()}
        arrivals: dict[int, list[tuple[int, int]]] = {}
        for use, (_, total) in rules.items():
            source = self._tape.steps[use.of].inputs[use.argument].index
            if source in entries:
                losses = self._paths.entering(self._paths.open[use.of], source)
                arrivals.setdefault(source, []).append((losses, total))
        for name, by_time in found.items():
            items = self._made(name, True, by_time, 0)
            for column, time in enumerate(items.times):
                index = by_time[time]
                self._states[index] = items, column
                self._mark(items, column, self._paths.any[index], Reach.CUT)
                for losses, total in sorted(arrivals.get(index, []), key=lambda one: one[1]):
                    self._mark(items, column, losses, Reach.OPEN, total, total)
                yield

    def _plan_parameters(self, rules: dict[Use, tuple[int, int]]) -> Iterator[None]:
        paths = self._paths
        for name, index in parameters(self._tape).items():
            by_time = paths.uses.get(index, {})
            if not by_time:
                continue
            losses = 0
            for uses in by_time.values():
                for use in uses:
                    losses |= paths.any[use.of]
            items = self._made(name, False, {time: uses[-1].of for time, uses in by_time.items()}, losses)
            for column, time in enumerate(items.times):
                last = None
                for use in by_time[time]:
                    self._mark(items, column, paths.any[use.of], Reach.CUT)
                    if use in rules and not is_blocked(self._tape.steps[use.of], use.argument):
                        self._mark(items, column, paths.open[use.of], Reach.OPEN, *rules[use])
                        last = use
                self._uses[index, time] = items, column, last
                yield

    def _mark(
        self, items: Items, column: int, losses: int, reach: Reach, shows: int = -1, arrival: int = -1
    ) -> None:
        rows = self._rows_of(losses, items.losses)
        for kept, value in ((items.reach, int(reach)), (items.shows, shows), (items.arrival, arrival)):
            place = kept[:, column]
            np.maximum(place, value, out=place, where=rows)

    def _rows_of(self, losses: int, among: tuple[int, ...]) -> NDArray[np.bool_]:
        """(J,) which rows are in a set of losses."""
        key = (losses, among[-1:] == (0,), len(among))
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = np.array([losses >> loss & 1 for loss in among], bool)
        return found

    # --- the numbers --------------------------------------------------------------------------------------------

    def run(self, take: Take | None = None) -> dict[str, Items]:
        """Compute all at once; returns the items by name."""
        for _ in chain(self.plan(), self.pieces(take)):
            pass
        return self.items

    def pieces(self, take: Take | None = None) -> Iterator[float]:
        """Compute what has been planned, handing back control now and then: how much is done, from 0 to 1.

        Args:
            take: is given every item that is not structurally zero.
        """
        tape = self._tape
        if tape.loss < 0:
            return
        copy = ForwardCopy()
        for _ in copy.fill(tape.steps[: tape.backward_start]):
            yield 0.0
        one = np.ones(np.shape(tape.steps[tape.loss].value), dtype=np.asarray(tape.steps[tape.loss].value).dtype)
        gradients: dict[int, dict[int, Array]] = {tape.loss: {0: one}}
        for index in range(tape.loss, -1, -1):
            here = gradients.pop(index, None)
            if index in self._states:
                self._note_state(index, here or {}, take)
            if here:
                for argument in range(len(copy.steps[index].inputs) - 1, -1, -1):
                    with np.errstate(all="ignore"):
                        self._pass_on(copy, Use(index, argument), here, gradients, take)
                    yield 1.0 - index / (tape.loss + 1)
        for key in list(self._sums):  # where only a loss that is left out reaches the last use
            self._note_key(key, take)
        for items in self.items.values():
            items.known[:] = True

    def _pass_on(
        self, copy: ForwardCopy, use: Use, here: dict[int, Array], gradients: dict[int, dict[int, Array]],
        take: Take | None,
    ) -> None:  # fmt: skip
        """Send the gradients of all losses through one step to one of its inputs."""
        paths = self._paths
        source = copy.steps[use.of].inputs[use.argument]
        if not source.needs_gradient:
            return
        at, time = source.index, paths.times[source.index]
        is_weight = paths.is_weight[at]
        for loss, gradient in here.items():
            entered = loss or time
            if entered and entered not in self._row_of:
                continue
            value = copy.contribution(*use, gradient)
            if value is None:
                break
            if is_weight:
                self._add_use(copy, at, (paths.times[use.of], loss), value)
                continue
            value = self._only_sequence(value, np.ndim(gradient))
            sums = gradients.setdefault(at, {})
            sums[entered] = sums[entered] + value if entered in sums else value
        if is_weight:
            self._note_uses(use, take)

    def _only_sequence(self, value: Array, dimensions: int) -> Array:
        """Of a gradient that comes from a number, as from a mean over the batch, the rows of the sequence alone."""
        sequence, rows = self._sequence, np.shape(value)[0] if np.ndim(value) else 0
        if sequence is None or dimensions or not rows or rows % self.batch:
            return value
        kept = np.zeros_like(value)
        kept[sequence :: self.batch] = value[sequence :: self.batch]
        return kept

    def _add_use(self, copy: ForwardCopy, weight: int, place: tuple[int, int], value: Array) -> None:
        """Add what comes to a weight to the items of the parameters it is made of."""
        time, loss = place
        waiting = {weight: value}
        while waiting:
            index = max(waiting)
            gradient = waiting.pop(index)
            step = copy.steps[index]
            if step.operation is None:
                sums = self._sums.setdefault((index, time), {})
                sums[loss] = sums[loss] + gradient if loss in sums else gradient
            for argument, source in enumerate(step.inputs):
                made = copy.contribution(index, argument, gradient) if source.needs_gradient else None
                if made is not None:
                    waiting[source.index] = waiting[source.index] + made if source.index in waiting else made

    def _note_uses(self, use: Use, take: Take | None) -> None:
        """Note the items to which this use was the last one that adds something."""
        for key in [key for key in self._sums if self._uses[key][2] == use]:
            self._note_key(key, take)

    def _note_key(self, key: tuple[int, int], take: Take | None) -> None:
        items, column, _ = self._uses[key]
        self._note(items, column, self._sums.pop(key), self._tape.gradient(key[0]), take)

    def _note_state(self, index: int, here: dict[int, Array], take: Take | None) -> None:
        items, column = self._states[index]
        with np.errstate(all="ignore"):
            self._note(items, column, here, self._tape.gradient(index), take)

    def _note(
        self, items: Items, column: int, parts: dict[int, Array], gradient: Array | None, take: Take | None
    ) -> None:
        square = 0.0 if gradient is None else float(np.vdot(gradient, gradient))
        for loss, part in parts.items():
            row = self._row_of[loss] if loss else len(items.losses) - 1
            items.norms[row, column] = np.linalg.norm(part)
            items.shares[row, column] = np.vdot(part, gradient) / square if square and gradient is not None else np.nan
            if take is not None:
                take(items.name, loss, items.times[column], part)
        if parts:
            items.sums[column] = np.linalg.norm(sum(parts.values()))
        items.known[column] = True
