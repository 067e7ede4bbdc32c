"""Cursors of two recordings that are tied: the same phase, the same time step, as far into it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import time_of
from engine.tape import Tape

Places = NDArray[np.float64]


def places(tape: Tape) -> Places:
    """How far along each entry of a tape is, (entries,), never falling.

    Forward t counts 1 … T, backward T … 1 after it, the update comes last; what belongs to no time step counts with
    what was recorded before it.
    """
    times = np.array([time_of(step) or 0 for step in tape.steps], dtype=np.float64)
    longest = float(times.max(initial=1.0))
    made = times.copy()
    backward, update = tape.backward_start, tape.update_start
    made[backward:update] = np.where(times[backward:update] > 0, 2 * longest + 2 - times[backward:update], 0)
    made[backward:backward + 1] = longest + 1
    made[update:] = 2 * longest + 3
    rising: Places = np.maximum.accumulate(made)
    return rising


def tied_position(own: Places, position: int, other: Places) -> int:
    """The position in another recording that corresponds to a position in one.

    Both recordings must be of equally many time steps.
    """
    if position <= 0:
        return 0
    if position >= len(own):
        return len(other)
    place = own[position - 1]
    first, last = np.searchsorted(own, place, "left"), np.searchsorted(own, place, "right")
    share = (position - first) / (last - first)
    begin, end = np.searchsorted(other, place, "left"), np.searchsorted(other, place, "right")
    return int(begin + round(share * (end - begin)))
