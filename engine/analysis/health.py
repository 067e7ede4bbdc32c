"""The health of a recording: numbers that are not finite."""

from __future__ import annotations

import numpy as np

from engine.tape import Tape
from engine.tensor import Array


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
