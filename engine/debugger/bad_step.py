"""Where a run went wrong: the first step whose value is not finite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.address import addresses
from engine.analysis import health
from engine.training.run import Run

_LOOK_BACK = 20
"""Iterations; re-creating one costs up to fifty, and the window must go on answering."""


@dataclass(frozen=True, slots=True)
class BadStep:
    """A step with a value that is infinite or not a number.

    Attributes:
        iteration: from 0.
        index: its tape index in that iteration.
        address: its address.
        kind: ``NaN`` or ``infinity``.
    """

    iteration: int
    index: int
    address: str
    kind: str


def first_bad_step(run: Run) -> BadStep | None:
    """The first bad step of a run; None while all its numbers are finite.

    The history watches the loss and the gradients; a state or an update may have overflowed in iterations before, of
    which the last few are looked at.
    """
    found = None
    noticed = run.history.first_bad
    if noticed is None:
        return None
    for number in range(noticed, max(-1, noticed - _LOOK_BACK), -1):
        tape = run.tape(number)
        index = health.first_bad_step(tape)
        if index is None:
            break
        kind = health.kind_of_bad(np.asarray(tape.steps[index].value))
        found = BadStep(number, index, addresses(tape)[index], kind)
    return found
