"""What a network costs: numbers to learn, and multiplications in one time step (systems A14)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.analysis.series import parameters, time_of
from engine.tape import Tape
from engine.tensor import Tensor


def _product(step: Tensor) -> int:
    """A product of matrices: one multiply-add for every number of the result and every inner index."""
    return math.prod(step.shape) * step.inputs[0].shape[-1]


def _each(step: Tensor) -> int:
    return math.prod(step.shape)


_COUNTS: dict[str, Callable[[Tensor], int]] = {
    "matmul": _product, "matmul_by_transpose": _product, "batched_matmul": _product,
    "batched_matmul_by_transpose": _product, "multiply": _each, "divide": _each, "square": _each, "scale": _each,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What was counted.

    Attributes:
        parameters: numbers to learn.
        multiply_adds: of the forward pass, for one sequence and one time step on the average, or for a whole sequence
            where there are none; additions alone, activation functions and look-ups are not counted.
    """

    parameters: int
    multiply_adds: float


def cost(tape: Tape) -> Cost:
    """Count a recorded iteration."""
    learned = sum(math.prod(tape[index].shape) for index in parameters(tape).values())
    counted, rows = 0, 1
    times = {time for step in tape.steps[: tape.backward_start] if (time := time_of(step)) is not None}
    for step in tape.steps[: tape.backward_start]:
        if step.operation is None or (times and time_of(step) is None):
            continue
        count = _COUNTS.get(step.operation.name)
        if count is not None:
            counted += count(step)
            rows = max(rows, step.shape[0] if step.shape else 1)
    return Cost(learned, counted / (rows * max(len(times), 1)))
