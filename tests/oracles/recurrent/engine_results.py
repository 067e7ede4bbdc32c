"""What the engine computes for a configuration: every value the textbook names, and the gradient by it."""

from __future__ import annotations

import re

import numpy as np

from engine.lesson import Lesson
from engine.model import MODELS
from engine.scope import Scope, ScopeKind
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Sizes
from engine.tasks.binary_addition import BinaryAddition
from engine.tensor import Role, Tensor
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.seeded_numbers import Numbers

_OF_THE_NETWORK = ("e", "v", "y")
_PRE_ACTIVATION = re.compile(r"value/(.*\.)?(u(_.)?|A1)")


class _Given(BinaryAddition):
    """A task that has the sizes of a configuration; its data come from elsewhere."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes

    def sizes(self, settings: Settings) -> Sizes:
        return self._sizes


def lesson_of(configuration: Configuration) -> Lesson:
    """A lesson that has the model, settings and sizes of a configuration."""
    return Lesson(
        "oracle", {"en": ""}, {"en": ""}, {"en": ""}, MODELS[configuration.model], _Given(configuration.sizes), (),
        configuration.settings, "", 1,
    )  # fmt: skip


def engine_tape(configuration: Configuration) -> Tape:
    """One iteration, recorded."""
    start = Snapshot(configuration.parameters, first_memory(configuration.parameters, configuration.settings))
    lesson = lesson_of(configuration)
    return record_iteration(lesson, configuration.settings, start, 0, configuration.batch_of())[0]


def engine_results(configuration: Configuration) -> dict[str, Numbers]:
    """Results by name.

    ``loss``; ``value/<name>`` and ``gradient/<name>`` (T, N, …) of all states, gates, pre-activations and outputs, such
    as ``gradient/layer2.backward.u_f``; ``gradient/<parameter>``; ``final/<state>``; ``real/<state>``, which is the
    value with zeros where a sequence is padding.
    """
    tape = engine_tape(configuration)
    results = {"loss": np.asarray(tape[tape.loss].value)}
    for name, by_time in _named_entries(tape, configuration).items():
        entries = [by_time[time] for time in sorted(by_time)]
        results[f"value/{name}"] = np.stack([np.asarray(entry.value) for entry in entries])
        results[f"gradient/{name}"] = np.stack([_gradient(tape, entry) for entry in entries])
    for entry in tape:
        if entry.role is Role.PARAMETER:
            results[f"gradient/{entry.symbol}"] = _gradient(tape, entry)
    for name, index in tape.final_states.items():
        results[f"final/{name}"] = np.asarray(tape[index].value)
    return arranged(results, configuration)


def arranged(results: dict[str, Numbers], configuration: Configuration) -> dict[str, Numbers]:
    """Outputs over all time steps brought into the form of the others, and what padding leaves open set to zero.

    Pre-activations are left with their gradients: their values are those of the gates that follow.
    """
    mask = configuration.mask
    results = {name: value for name, value in results.items() if not _PRE_ACTIVATION.fullmatch(name)}
    for name in ("value/v", "value/y", "gradient/v", "gradient/y"):
        if name in results:
            steps = 1 if configuration.at_end else configuration.length
            results[name] = results[name].reshape(steps, configuration.batch, -1)
            if mask is not None and not configuration.at_end:
                results[name] = results[name] * mask[:, :, np.newaxis]
    for name in configuration.state_names:
        if f"value/{name}" in results:
            real = results[f"value/{name}"]
            results[f"real/{name}"] = real if mask is None else real * mask[:, :, np.newaxis]
    return results


def _named_entries(tape: Tape, configuration: Configuration) -> dict[str, dict[int, Tensor]]:
    """name → time step → the forward entry; time step 0 for what is outside time."""
    found: dict[str, dict[int, Tensor]] = {}
    for entry in tape.steps[: tape.backward_start]:
        time = entry.scope.enclosing(ScopeKind.TIME)
        number = 0 if time is None or time.number is None else time.number
        if entry.symbol and not entry.is_given and entry.scope.enclosing(ScopeKind.CELL) is not None:
            found.setdefault(_prefix(entry.scope) + entry.symbol, {})[number] = entry
        elif entry.symbol in _OF_THE_NETWORK and not entry.is_given:
            found.setdefault(entry.symbol, {})[number] = entry
    if len(found.get("e", ())) > 1:
        found["e"].pop(0, None)
    return found


def _prefix(scope: Scope) -> str:
    """The place of a layer, as the names of its parameters have it."""
    names = []
    for one in scope.line():
        if one.kind is ScopeKind.LAYER:
            names.append(f"layer{one.number}.")
        elif one.kind is ScopeKind.PART and one.name in ("forward", "backward"):
            names.append(f"{one.name}.")
    return "".join(names)


def _gradient(tape: Tape, entry: Tensor) -> Numbers:
    gradient = tape.gradient(entry.index)
    return np.zeros(entry.shape) if gradient is None else gradient
