"""An activation and its slope along a line, the slope by the gradient rule that backpropagation uses (system A4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.backward import backward
from engine.operation import operation
from engine.ops.activations import ACTIVATIONS, sigmoid_course
from engine.ops.arithmetic import sum_all
from engine.tape import Tape

CURVES = {**ACTIVATIONS, sigmoid_course.__name__: sigmoid_course}
"""What can be drawn as a curve, by the name of the operation; the course's own slip among them (truths of 3_1)."""

_SATURATED = 0.1
_REACH, _POINTS = 12.0, 2401

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ActivationCurve:
    """f and f′ at some u.

    Attributes:
        u, values, slopes: of one shape.
    """

    u: Numbers
    values: Numbers
    slopes: Numbers


def activation_curve(name: str, u: Numbers) -> ActivationCurve:
    """Apply an activation, and its gradient rule to a gradient of 1.

    Args:
        name: of CURVES.
        u: of any shape; where it is not finite, the rest may be NaN.
    """
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        given = tape.parameter("u", np.array(u, dtype=float))
        made = CURVES[name](given)
        backward(tape, sum_all(made))
    slopes = tape.gradient(given.index)
    return ActivationCurve(np.asarray(given.value), np.asarray(made.value), np.asarray(slopes, dtype=float))


def steepest(name: str) -> float:
    """The largest slope: 1/4 of the sigmoid, 1 of tanh, ReLU and the identity."""
    # With an even number of points on either side u = 0 is among them, where the smooth ones are steepest.
    return float(activation_curve(name, np.linspace(-_REACH, _REACH, _POINTS)).slopes.max())


def saturated(slopes: Numbers, largest: float) -> NDArray[np.bool_]:
    """Where less than a tenth of the largest slope is left: there hardly any gradient passes."""
    return np.asarray(slopes < _SATURATED * largest)


def is_activation(name: str) -> bool:
    """Whether an operation of that name can be drawn."""
    return name in CURVES and operation(name).arity == 1
