"""Where a run went wrong: the first step whose value is not finite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.address import addresses
from engine.tape import Tape
from engine.training.run import Run


@dataclass(frozen=True, slots=True)
class BadStep:
    """A step with a value that is infinite or not a number: its iteration, tape index and address."""

    iteration: int
    index: int
    address: str


def first_bad_step(run: Run) -> BadStep | None:
    """The first bad step of a run; None while all its numbers are finite.

    The update may have gone wrong one iteration before its loss did, hence the look back.
    """
    number = run.history.first_bad
    if number is None:
        return None
    tape = run.tape(number)
    while number > 0 and _given_bad(tape):
        number -= 1
        tape = run.tape(number)
    index = next((index for index, step in enumerate(tape.steps) if step.operation and not _finite(step.value)), None)
    return None if index is None else BadStep(number, index, addresses(tape)[index])


def _given_bad(tape: Tape) -> bool:
    return any(step.operation is None and not _finite(step.value) for step in tape.steps)


def _finite(value: object) -> bool:
    return bool(np.isfinite(np.asarray(value)).all())
