"""What the engine computes for a configuration, named as the oracle names it."""

from __future__ import annotations

import numpy as np

from engine.lesson import lesson_named
from engine.tape import Tape
from engine.tensor import Role, Tensor
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.oracles.recursive_net.configuration import Configuration, Numbers

SYMBOLS = ("h", "u", "v", "y", "L")


def engine_results(configuration: Configuration) -> dict[str, Numbers]:
    """``loss``; of every node in post-order h, u, v, y, L and the gradients by them; those of all parameters."""
    lesson = lesson_named("recursive-net")
    settings = lesson.settings.changed(**configuration.settings)
    start = Snapshot(configuration.parameters, first_memory(configuration.parameters, settings))
    tape, _ = record_iteration(lesson, settings, start, 0, configuration.batch())
    results = {"loss": np.asarray(tape[tape.loss].value)}
    forward = tape.steps[: tape.backward_start]
    for symbol in SYMBOLS:
        found = [step for step in forward if step.symbol == symbol and step.operation is not None]
        if found:
            results[symbol] = np.stack([np.asarray(step.value) for step in found])
            results[f"grad/{symbol}"] = np.stack([_gradient(tape, step) for step in found])
    for step in forward:
        if step.role is Role.PARAMETER:
            results[f"grad/{step.symbol}"] = _gradient(tape, step)
    return results



def _gradient(tape: Tape, step: Tensor) -> Numbers:
    value = tape.gradient(step.index)
    return np.zeros(step.shape) if value is None else value
