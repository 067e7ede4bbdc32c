"""What the engine computes for a configuration, named as the oracle names it."""

from __future__ import annotations

from typing import cast

import numpy as np

from engine.lesson import Lesson
from engine.model import MODELS
from engine.scope import ScopeKind
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Sizes, Task
from engine.tensor import Role, Tensor
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.seq2seq.configuration import MODEL, Configuration

COMPARED = ("a", "ctx", "v", "y", "hs")


class _Given:
    """A task that only says its sizes; the data come from elsewhere."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes

    def sizes(self, settings: Settings) -> Sizes:
        return self._sizes


def lesson_of(configuration: Configuration) -> Lesson:
    """A lesson that has the settings and sizes of a configuration."""
    return Lesson(
        "oracle", {"en": ""}, {"en": ""}, {"en": ""}, MODELS[MODEL], cast(Task, _Given(configuration.sizes)), (),
        configuration.settings, "", 1,
    )  # fmt: skip


def engine_tape(configuration: Configuration) -> Tape:
    """One iteration, recorded."""
    start = Snapshot(configuration.parameters, first_memory(configuration.parameters, configuration.settings))
    lesson = lesson_of(configuration)
    return record_iteration(lesson, configuration.settings, start, 0, configuration.batch_of())[0]


def engine_results(configuration: Configuration) -> dict[str, Numbers]:
    """As ``torch_results``."""
    tape = engine_tape(configuration)
    results = {"loss": np.asarray(tape[tape.loss].value)}
    found: dict[str, list[Tensor]] = {}
    for entry in tape.steps[: tape.backward_start]:
        inside = entry.scope.enclosing(ScopeKind.CELL)
        if entry.symbol in COMPARED and inside is None and not entry.is_given:
            found.setdefault(entry.symbol, []).append(entry)
        elif entry.role is Role.PARAMETER:
            results[f"gradient/{entry.symbol}"] = _gradient(tape, entry)
    for name, entries in found.items():
        results[f"value/{name}"] = np.stack([np.asarray(entry.value) for entry in entries])
        results[f"gradient/{name}"] = np.stack([_gradient(tape, entry) for entry in entries])
    return results


def _gradient(tape: Tape, entry: Tensor) -> Numbers:
    gradient = tape.gradient(entry.index)
    return np.zeros(entry.shape) if gradient is None else gradient
