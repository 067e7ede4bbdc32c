"""What the largest singular value of W_h says about the gradient before anything is computed.

‖∂h^t/∂h^(t−1)‖ ≤ σ_max(W_h) γ with γ the steepest slope of the activation. So σ_max < 1/γ is sufficient for vanishing,
and σ_max > 1/γ is necessary, but not sufficient, for exploding (Pascanu, Mikolov and Bengio, 2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.analysis.activation_slope import SLOPES

_EXACT = 1e-9
"""Singular values are not known more exactly: those of the identity may be a little beside 1."""


class Growth(Enum):
    """What the bound allows."""

    MUST_VANISH = "must vanish"
    MAY_EXPLODE = "may explode"
    CANNOT_TELL = "cannot tell"  # exactly on the bound, or not finite


@dataclass(frozen=True)
class GrowthBound:
    """The bound for one activation.

    Attributes:
        activation: its name.
        greatest: σ_max(W_h).
    """

    activation: str
    greatest: float

    @property
    def limit(self) -> float:
        """1/γ."""
        return 1.0 / SLOPES[self.activation].steepest

    @property
    def factor(self) -> float:
        """γ σ_max: the norm grows at most by so much a step."""
        return self.greatest / self.limit

    @property
    def growth(self) -> Growth:
        """What can be told."""
        if self.factor < 1 - _EXACT:
            return Growth.MUST_VANISH
        return Growth.MAY_EXPLODE if self.factor > 1 + _EXACT else Growth.CANNOT_TELL
