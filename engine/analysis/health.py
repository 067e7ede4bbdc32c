"""Where a network first goes wrong: the first number that is not finite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.address import addresses
from engine.tape import Tape
from engine.tensor import Array
from engine.training.run import Run


@dataclass(frozen=True, slots=True)
class BadPlace:
    """The first step of a run with a number that is not finite.

    Attributes:
        iteration: from 0.
        index: tape index of the step in that iteration.
        address: of the step.
        kind: ``NaN`` or ``infinity``, whichever it has (NaN if both).
    """

    iteration: int
    index: int
    address: str
    kind: str


def first_bad_step(tape: Tape, position: int | None = None) -> int | None:
    """The index of the first entry with a value that is not finite; what was given counts too. None if all are finite.

    Args:
        tape: a recording.
        position: look only at the entries before it; at all if None.
    """
    for step in tape.steps[:position]:
        if not np.isfinite(step.value).all():
            return step.index
    return None


def kind_of_bad(value: Array) -> str:
    """``NaN`` or ``infinity`` for a value that has such numbers, else empty."""
    if np.isnan(value).any():
        return "NaN"
    return "infinity" if np.isinf(value).any() else ""


def first_bad_place(run: Run) -> BadPlace | None:
    """The first bad step of a run; None if all it computed was finite.

    The history notes the loss and the gradients only, which may be the iteration after the one whose update overflowed.
    """
    noticed = run.history.first_bad
    if noticed is None:
        return None
    for iteration in (noticed - 1, noticed):
        tape = run.tape(iteration) if iteration >= 0 else Tape()
        index = first_bad_step(tape)
        if index is not None:
            return BadPlace(iteration, index, addresses(tape)[index], kind_of_bad(np.asarray(tape.steps[index].value)))
    return None
