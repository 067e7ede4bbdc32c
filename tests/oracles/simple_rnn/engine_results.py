"""What the engine computes for a configuration."""

from __future__ import annotations

import numpy as np

from engine.analysis.series import indices, series
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Role
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.oracles.simple_rnn.configurations import Configuration, Numbers


def engine_results(configuration: Configuration) -> dict[str, Numbers]:
    """Loss, states, outputs and all gradients, named as the oracle names them."""
    lesson = lesson_named("binary-addition")
    settings = lesson.settings.changed(**configuration.settings)
    start = Snapshot(configuration.parameters, first_memory(configuration.parameters, settings))
    tape, _ = record_iteration(lesson, settings, start, 0, Batch({"x": configuration.x}, {"d": configuration.d}))
    results = {
        "loss": np.asarray(tape[tape.loss].value),
        "z": series(tape, Role.STATE)["z"],
        "y": series(tape, Role.OUTPUT)["y"],
        "grad_z": _gradients(tape, list(indices(tape, Role.STATE)["z"].values())),
        "grad_u": _gradients(tape, [step.index for step in tape if step.symbol == "u"]),
    }
    for step in tape:
        if step.role is Role.PARAMETER:
            results[f"grad/{step.symbol}"] = _gradients(tape, [step.index])[0]
    return results


def _gradients(tape: Tape, entries: list[int]) -> Numbers:
    found = [tape.gradient(index) for index in entries]
    return np.stack(
        [np.zeros(tape[index].shape) if value is None else value for index, value in zip(entries, found, strict=True)]
    )
