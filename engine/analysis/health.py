"""The health of a recording: numbers that are not finite."""

from __future__ import annotations

import numpy as np

from engine.ops.masks import masked_fill
from engine.tape import Tape
from engine.tensor import Array, Tensor


def first_bad_step(tape: Tape, position: int | None = None) -> int | None:
    """The index of the first entry with a value that is not finite; what was given counts too. None if all are finite.

    Scores that a mask has set to −∞ are as they should be.

    Args:
        tape: a recording.
        position: look only at the entries before it; at all if None.
    """
    for step in tape.steps[:position]:
        if not (np.isfinite(step.value).all() or _is_masked(step)):
            return step.index
    return None


def _is_masked(step: Tensor) -> bool:
    """Whether numbers were made infinite on purpose; those that they were before are an entry of their own."""
    return step.operation is not None and step.operation.name == masked_fill.__name__


def kind_of_bad(value: Array) -> str:
    """``NaN`` or ``infinity`` for a value that has such numbers, else empty."""
    if np.isnan(value).any():
        return "NaN"
    return "infinity" if np.isinf(value).any() else ""
