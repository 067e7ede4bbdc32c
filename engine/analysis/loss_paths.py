"""Which losses lead to which entries of a tape, and along which paths the gradient is let through.

The loss E of an iteration is made of the losses of time steps. What belongs to the loss at time j is what the gradient
of E meets when it first enters a time step, j; so E may be a sum, a mean, or any other function of them. A gradient
that reaches a weight without ever entering a time step belongs to no time step.

A set of losses is a bit mask: bit j stands for the loss at time j (times count from 1), bit 0 for what has not entered
a time step yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.analysis.replay import is_blocked
from engine.analysis.series import time_of
from engine.tape import Tape

WHOLE = 1
"""The mask of what has not entered a time step."""
_BETWEEN = 500
"""So many entries are looked at before control is handed back."""


class Use(NamedTuple):
    """A place where a weight enters a computation in time.

    Attributes:
        of: tape index of the step that uses it.
        argument: which of its inputs it is.
    """

    of: int
    argument: int


@dataclass(slots=True)
class LossPaths:
    """Paths from the losses of a tape back to its entries.

    Attributes:
        times: time step of every forward entry, 0 outside time.
        is_weight: of every forward entry, whether it is a parameter or made of parameters outside time, so that no
            time step has a part in it.
        open: of every forward entry, the losses whose gradient reaches it.
        any: the losses that depend on it, also where truncation cuts the gradient.
        uses: parameter's tape index → time step (0 outside time) → its uses there, latest on the tape first. A weight
            made of parameters counts as a use of each of them where it is used itself.
    """

    times: list[int] = field(default_factory=list)
    is_weight: list[bool] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    any: list[int] = field(default_factory=list)
    uses: dict[int, dict[int, list[Use]]] = field(default_factory=dict)

    def entering(self, losses: int, source: int) -> int:
        """The set of losses as seen from one of the inputs of a step where it is ``losses``."""
        time = self.times[source]
        return losses & ~WHOLE | 1 << time if losses & WHOLE and time else losses


def find_paths(tape: Tape, paths: LossPaths) -> Iterator[None]:
    """Fill what is empty, handing back control now and then; takes no notice of any number on the tape."""
    steps = tape.steps[: tape.backward_start]
    in_time: list[bool] = []
    for step in steps:
        time = time_of(step) or 0
        paths.times.append(time)
        in_time.append(time > 0 or any([in_time[source.index] for source in step.inputs]))
        paths.is_weight.append(step.needs_gradient and not in_time[-1])
        if step.index % _BETWEEN == 0:
            yield
    paths.open, paths.any = [0] * len(steps), [0] * len(steps)
    if tape.loss >= 0:
        yield from _follow(tape, paths)


def _follow(tape: Tape, paths: LossPaths) -> Iterator[None]:
    reached, let_through = paths.any, paths.open
    reached[tape.loss] = let_through[tape.loss] = WHOLE
    for index in range(tape.loss, -1, -1):
        if index % _BETWEEN == 0:
            yield
        if not reached[index]:
            continue
        step = tape.steps[index]
        for argument in range(len(step.inputs) - 1, -1, -1):
            source = step.inputs[argument]
            if not source.needs_gradient:
                continue
            at = source.index
            reached[at] |= paths.entering(reached[index], at)
            if let_through[index] and not is_blocked(step, argument):
                let_through[at] |= paths.entering(let_through[index], at)
            if paths.is_weight[at] and not (paths.is_weight[index] and index != tape.loss):
                _note(tape, paths, at, Use(index, argument))


def _note(tape: Tape, paths: LossPaths, weight: int, use: Use) -> None:
    """Write a use down for every parameter that a weight is made of."""
    waiting, seen = [weight], {weight}
    while waiting:
        step = tape.steps[waiting.pop()]
        if step.operation is None:
            paths.uses.setdefault(step.index, {}).setdefault(paths.times[use.of], []).append(use)
        for source in step.inputs:
            if source.needs_gradient and source.index not in seen:
                seen.add(source.index)
                waiting.append(source.index)
