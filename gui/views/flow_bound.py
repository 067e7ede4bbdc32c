"""How much a gradient can grow at most from a state to the state before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.analysis.series import parameters
from engine.settings import Settings
from engine.tape import Tape
from gui.views.flow_recurrence import Recurrence

_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "identity": 1.0}
"""The largest derivative of an activation: γ of Pascanu, Mikolov and Bengio (2013)."""


def bounded_way(recurrences: Sequence[Recurrence]) -> Recurrence | None:
    """The only way back from state to state, if it has a bound."""
    if len(recurrences) != 1:
        return None
    found = recurrences[0]
    return found if found.weight is not None and found.activation in _STEEPEST else None


def is_leaky(settings: Settings) -> bool:
    """Whether a part of the old state is handed on as it is."""
    return "cell" in settings and settings.text("cell") == "leaky"


def growth(tape: Tape, way: Recurrence, settings: Settings) -> float | None:
    """γ σ_max(W), for leaky units 1 − 1/τ + γ σ_max(W)/τ; None where W is not finite.

    The norm of the gradient by the state is never multiplied by more in one step back (Pascanu et al., 2013).
    """
    weight = np.asarray(tape.steps[parameters(tape)[way.weight or ""]].value)
    if not np.isfinite(weight).all():
        return None
    through = _STEEPEST[way.activation] * float(np.linalg.norm(weight, 2))
    if not is_leaky(settings):
        return through
    tau = settings.number("tau")
    return 1 - 1 / tau + through / tau
