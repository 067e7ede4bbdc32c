"""What is remembered of every iteration of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from engine.tape import Tape
from engine.tensor import Array


@dataclass(slots=True)
class History:
    """Lists with one entry an iteration; only ever appended to, so another thread may read them while they grow.

    Attributes:
        losses: the loss before the update.
        gradient_norms: norm of all gradients together before clipping.
        parameter_norms: by parameter, norm of its gradient.
        first_bad: the first iteration with a number that is not finite in its loss, gradients or new parameters.
    """

    losses: list[float] = field(default_factory=list)
    gradient_norms: list[float] = field(default_factory=list)
    parameter_norms: dict[str, list[float]] = field(default_factory=dict)
    first_bad: int | None = None

    def __len__(self) -> int:
        return len(self.gradient_norms)

    def add(self, tape: Tape) -> None:
        """Append what an iteration's tape tells."""
        norms = []
        for name, index in tape.updates.items():
            parameter = tape.steps[index].inputs[0]
            gradient = tape.gradient(parameter.index)
            norms.append(0.0 if gradient is None else _norm(gradient))
            self.parameter_norms.setdefault(name, []).append(norms[-1])
        loss = float(tape.steps[tape.loss].value)
        self.losses.append(loss)
        norm = math.nan if any(math.isnan(one) for one in norms) else math.hypot(*norms)
        if self.first_bad is None and not (math.isfinite(loss) and math.isfinite(norm)):
            self.first_bad = len(self.gradient_norms)
        self.gradient_norms.append(norm)


def _norm(gradient: Array) -> float:
    """The Frobenius norm; not finite only if a number in the gradient is not, however large its squares are."""
    square = float(np.vdot(gradient, gradient))
    if math.isfinite(square):
        return math.sqrt(square)
    largest = float(np.max(np.abs(gradient)))
    return largest * float(np.linalg.norm(gradient / largest)) if math.isfinite(largest) else largest
