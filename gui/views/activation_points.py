"""The pre-activations of one step as points on the curves of f and f′."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.activation_curve import Numbers, activation_curve, saturated, steepest
from engine.debugger.cursor import Cursor
from gui.views.activation_steps import ActivationStep

_REACHES = (4.0, 6.0, 8.0, 12.0, 20.0)


@dataclass(frozen=True, eq=False)
class ActivationPoints:
    """What is known of one activation at the cursor.

    Attributes:
        step: which one.
        u: (H,) pre-activations of one sequence; none where they are not revealed.
        values, slopes: (H,) f(u) and f′(u); none where f is not executed yet.
        sequences: N.
        largest: the largest slope.
    """

    step: ActivationStep
    u: Numbers
    values: Numbers
    slopes: Numbers
    sequences: int
    largest: float

    @property
    def executed(self) -> bool:
        """Whether the activation was executed."""
        return len(self.values) > 0

    @property
    def saturated(self) -> int:
        """How many units pass hardly any gradient."""
        return int(np.count_nonzero(saturated(self.slopes, self.largest)))

    @property
    def off(self) -> int:
        """How many units pass none at all."""
        return int(np.count_nonzero(self.slopes == 0))

    @property
    def not_finite(self) -> int:
        """How many pre-activations are NaN or infinite."""
        return int(np.count_nonzero(~np.isfinite(self.u)))


def points_of(step: ActivationStep, cursor: Cursor, sequence: int) -> ActivationPoints:
    """What the cursor reveals of an activation, for a sequence of the batch from 0."""
    tape, nothing = cursor.tape, np.empty(0)
    rows = _rows(np.asarray(tape.steps[step.source].value))
    row = min(sequence, len(rows) - 1)
    u = rows[row] if cursor.revealed(step.source) else nothing
    values = slopes = nothing
    if cursor.revealed(step.index):
        values = _rows(np.asarray(tape.steps[step.index].value))[row]
        slopes = activation_curve(step.name, u).slopes
    return ActivationPoints(step, u, values, slopes, len(rows), steepest(step.name))


def reach_of(arrays: list[Numbers]) -> float:
    """How far from 0 the axis of u goes: as far as the values do, within reason."""
    finite = [np.abs(one[np.isfinite(one)]) for one in arrays]
    most = max((float(one.max()) for one in finite if one.size), default=0.0)
    return next((reach for reach in _REACHES if reach >= most), _REACHES[-1])


def _rows(value: Numbers) -> Numbers:
    """(N, H) of a value of any shape: the last axis holds the units."""
    exact = np.asarray(value, dtype=float)
    return exact.reshape(-1, exact.shape[-1]) if exact.ndim else exact.reshape(1, 1)
