"""Gradient clipping by the norm of all gradients together: g · min(threshold / ‖g‖, 1)."""

from __future__ import annotations

import numpy as np

from engine.ops.arithmetic import at_most, divide, multiply, square, square_root, sum_all, total
from engine.scope import part
from engine.settings import Setting, SettingKind
from engine.tape import Tape
from engine.tensor import Tensor, variable

SETTINGS = (
    Setting(
        "clip", SettingKind.NUMBER, 0.0, "Threshold to which the norm of the gradients is clipped; 0 for no clipping.",
        0.0, 1e12,
    ),
)  # fmt: skip


def clipped(tape: Tape, gradients: dict[str, Tensor], threshold: float) -> dict[str, Tensor]:
    """Record the clipping of gradients by parameter name; the same gradients where the threshold is 0.

    Source: Pascanu, Mikolov, Bengio 2013; the course's ``gradient * rate``.
    """
    if not threshold or not gradients:
        return gradients
    with part("clip"):
        one = next(iter(gradients.values()))
        limit = tape.constant("threshold", np.array(threshold, dtype=one.value.dtype))
        norm = variable("‖g‖", square_root(total(*[sum_all(square(g)) for g in gradients.values()])))
        rate = variable("rate", at_most(divide(limit, norm), limit=1.0))
    made = {}
    for name, gradient in gradients.items():
        with part("clip"), part(name):
            made[name] = multiply(gradient, rate)
    return made
