"""What the engine computes for a case, named as the oracle names it."""

from __future__ import annotations

from typing import cast

import numpy as np

from engine.lesson import Lesson
from engine.model import MODELS
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Sizes, Task
from engine.tensor import Role, Tensor
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.systems.case import Case
from tests.oracles.systems.system import System


class _Given:
    """A task that only says its sizes; the data come from elsewhere."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes

    def sizes(self, settings: Settings) -> Sizes:
        return self._sizes


def lesson_of(case: Case) -> Lesson:
    """A lesson that has the settings and sizes of a case."""
    return Lesson(
        "oracle", {"en": ""}, {"en": ""}, {"en": ""}, MODELS[case.model], cast(Task, _Given(case.task_sizes)), (),
        case.settings, "", 1,
    )  # fmt: skip


def engine_tape(case: Case) -> Tape:
    """One iteration, recorded."""
    start = Snapshot(case.parameters, first_memory(case.parameters, case.settings))
    return record_iteration(lesson_of(case), case.settings, start, 0, case.batch)[0]


def engine_results(system: System, case: Case) -> dict[str, Numbers]:
    """``loss``; ``value/…`` and ``gradient/…`` of what is compared, one array an entry; ``gradient/<parameter>``."""
    tape = engine_tape(case)
    results = {"loss": np.asarray(tape[tape.loss].value)}
    counts: dict[str, int] = {}
    for entry in tape.steps[: tape.backward_start]:
        if entry.role is Role.PARAMETER:
            results[f"gradient/{entry.symbol}"] = _gradient(tape, entry)
            continue
        for name, is_one in system.compared.items():
            if is_one(entry):
                number = counts[name] = counts.get(name, 0) + 1
                results[f"value/{name}/{number}"] = np.asarray(entry.value)
                results[f"gradient/{name}/{number}"] = _gradient(tape, entry)
    return results


def _gradient(tape: Tape, entry: Tensor) -> Numbers:
    gradient = tape.gradient(entry.index)
    return np.zeros(entry.shape) if gradient is None else gradient
