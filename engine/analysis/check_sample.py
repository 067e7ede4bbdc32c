"""How much of an iteration a gradient check looks at, so that it ends in seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import time_of
from engine.tape import Tape

MOST_OF_A_PARAMETER = 512
MOST_OF_A_STEP = 48
LEAST_OF_A_PARAMETER = 6
LEAST_OF_A_STEP = 2
LEAST_TIMES = 5

_SECONDS = 8.0
"""For the whole gradients of all parameters, and as much for those of their time steps, on one core."""
_EVALUATIONS = 9
"""Of the loss, for one derivative by differences (see numeric.py), as a rule."""
_PER_ENTRY, _PER_NUMBER = 1e-6, 3e-9
"""Seconds to compute an entry of the forward pass again, and each number in it."""


@dataclass(frozen=True, slots=True)
class CheckSample:
    """What is looked at.

    Attributes:
        of_parameter: entries of a parameter at most.
        of_step: entries of what one time step adds to its gradient at most.
        times: the time steps.
        length: number of time steps there are.
    """

    of_parameter: int
    of_step: int
    times: frozenset[int]
    length: int

    @property
    def leaves_out_times(self) -> bool:
        """Whether there are time steps that are not looked at."""
        return len(self.times) < self.length

    def covers(self, time: int | None) -> bool:
        """Whether a time step is looked at; what lies outside time always is."""
        return time is None or time in self.times


def sample_of(tape: Tape, parameters: int) -> CheckSample:
    """As many entries and time steps as there is time for; the first and the last time step are among them.

    Nothing depends on the clock: the same iteration is always checked alike.

    Args:
        parameters: their number.
    """
    forward = tape.steps[: tape.backward_start]
    known = sorted({time for step in forward if (time := time_of(step)) is not None})
    seconds = _EVALUATIONS * sum(_PER_ENTRY + _PER_NUMBER * np.size(step.value) for step in forward)
    parameters, length = max(1, parameters), max(1, len(known))
    # A value at some time step makes half of the forward pass run again, on the average.
    of_parameter = _between(LEAST_OF_A_PARAMETER, _SECONDS / (parameters * seconds), MOST_OF_A_PARAMETER)
    of_step = _between(LEAST_OF_A_STEP, 2 * _SECONDS / (parameters * length * seconds), MOST_OF_A_STEP)
    count = _between(LEAST_TIMES, 2 * _SECONDS / (parameters * of_step * seconds), length)
    places = np.unique(np.linspace(0, len(known) - 1, count).round().astype(int)) if known else ()
    return CheckSample(of_parameter, of_step, frozenset(known[place] for place in places), len(known))


def _between(least: int, wanted: float, most: int) -> int:
    return min(most, max(least, int(min(wanted, most))))
