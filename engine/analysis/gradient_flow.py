"""How the gradient fades or grows on its way back through time: ‖∂L/∂u^t‖ and ‖∂L/∂z^t‖ by t."""

from __future__ import annotations

import bisect

import numpy as np

from engine.analysis.series import indices, time_of
from engine.tape import Tape
from engine.tensor import Role

PRE_ACTIVATION = "u"


def gradient_flow(tape: Tape, symbol: str = PRE_ACTIVATION, position: int | None = None) -> dict[int, float | None]:
    """The norm of the gradient at a variable, time step by time step.

    Args:
        tape: a recorded iteration.
        symbol: ``u`` for δ^t, the gradient at the hidden pre-activation; ``z`` for the state; or another state's name.
        position: the gradient as far as a cursor there has revealed and summed it; the whole gradient if None.

    Returns:
        by time step, from 1: the Frobenius norm over batch and units; None where no gradient has arrived (yet).
    """
    with np.errstate(all="ignore"):
        return {time: _norm(tape, index, position) for time, index in sorted(_by_time(tape, symbol).items())}


def _by_time(tape: Tape, symbol: str) -> dict[int, int]:
    states = indices(tape, Role.STATE)
    if symbol in states:
        return states[symbol]
    found = {}
    for step in tape.steps[: tape.backward_start]:
        time = time_of(step) if step.symbol == symbol else None
        if time is not None:
            found[time] = step.index
    return found


def _norm(tape: Tape, index: int, position: int | None) -> float | None:
    totals = tape.gradient_totals.get(index, [])
    arrived = len(totals) if position is None else bisect.bisect_left(totals, position)
    return float(np.linalg.norm(tape.steps[totals[arrived - 1]].value)) if arrived else None
