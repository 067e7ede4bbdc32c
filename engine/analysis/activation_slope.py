"""Activation functions with their slopes on plain arrays, and how steep each gets at most (system A4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.operation import operation
from engine.tensor import Array


@dataclass(frozen=True)
class ActivationSlope:
    """f and f′ of one activation.

    Attributes:
        name: of its operation.
        slope: (u, f(u)) → f′(u), all of one shape.
        steepest: the largest f′: γ of Pascanu, Mikolov and Bengio (2013).
    """

    name: str
    slope: Callable[[Array, Array], Array]
    steepest: float

    @property
    def function(self) -> Callable[[Array], Array]:
        """f: the operation's own forward rule."""
        return operation(self.name).forward

    def value(self, u: Array) -> Array:
        """f(u); u of any shape."""
        return np.asarray(self.function(u))

    def slope_at(self, u: Array) -> Array:
        """f′(u); u of any shape."""
        return self.slope(u, self.value(u))


SLOPES: dict[str, ActivationSlope] = {
    row.name: row
    for row in (
        ActivationSlope("identity", lambda u, y: np.ones_like(u), 1.0),
        ActivationSlope("sigmoid", lambda u, y: y * (1.0 - y), 0.25),
        ActivationSlope("tanh", lambda u, y: 1.0 - y * y, 1.0),
        ActivationSlope("relu", lambda u, y: np.asarray(u > 0, dtype=float), 1.0),
    )
}
"""By the name of the operation, as the course has them."""
