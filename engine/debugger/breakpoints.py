"""Breakpoints: on addresses, and on conditions that a value may meet."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from engine.address import addresses, find, pattern
from engine.errors import SettingError
from engine.tape import Tape
from engine.tensor import Tensor

_numbers = itertools.count(1)


class Condition(StrEnum):
    """When a step with a matching address stops the run."""

    ALWAYS = "always"
    NOT_FINITE = "not finite"
    NORM_ABOVE = "norm above"
    NORM_BELOW = "norm below"


@dataclass(slots=True)
class Breakpoint:
    """A breakpoint.

    Attributes:
        address: an address, with ``*`` and ``**`` as wildcards.
        condition: what the value must meet.
        threshold: for the conditions on the norm.
        enabled: whether it stops anything.
        hits: how often it has stopped a run.
        number: tells breakpoints apart.
    """

    address: str
    condition: Condition = Condition.ALWAYS
    threshold: float = 0.0
    enabled: bool = True
    hits: int = 0
    number: int = field(default_factory=lambda: next(_numbers))

    def __post_init__(self) -> None:
        """Check the address.

        Raises:
            AddressError: it is not one.
            SettingError: the threshold is not a number.
        """
        pattern(self.address)
        if np.isnan(self.threshold):
            raise SettingError("The threshold of a breakpoint must be a number.")

    def met_by(self, step: Tensor) -> bool:
        """Whether the value of a step with a matching address stops the run."""
        if self.condition is Condition.ALWAYS:
            return True
        value = np.asarray(step.value)
        if self.condition is Condition.NOT_FINITE:
            return not bool(np.isfinite(value).all())
        with np.errstate(all="ignore"):
            norm = float(np.linalg.norm(value))
        return norm > self.threshold if self.condition is Condition.NORM_ABOVE else norm < self.threshold

    def steps(self, tape: Tape, names: list[str] | None = None) -> list[int]:
        """Tape indices of the executed steps at which it stops, in order.

        Args:
            tape: where to look.
            names: ``addresses(tape)`` if at hand.
        """
        names = addresses(tape) if names is None else names
        return [
            index
            for index in find(tape, self.address, names)
            if tape.steps[index].operation is not None and self.met_by(tape.steps[index])
        ]
