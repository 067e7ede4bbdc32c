"""One iteration, recorded: forward, loss, backward, clip, update."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from engine.backward import backward
from engine.edits import Edit, EditedTape
from engine.lesson import Lesson
from engine.model import Parameters
from engine.randomness import generator
from engine.scope import part
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Array, Tensor
from engine.training.clipping import clipped
from engine.training.optimizers import OPTIMIZERS, Optimizer

_HUGE = 2**24
"""Bytes of parameters and memory from which on looking at every step whether the work is to stop costs nothing."""

OptimizerMemory = dict[str, dict[str, Array]]
"""parameter name → memory symbol → value shaped like the parameter."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an iteration starts from: together with the settings it fixes every bit of what follows.

    Attributes:
        parameters, memory: what is learned, and what the optimizer remembers.
        states: the states that the iteration before ended in, where the task carries them on; else empty.
    """

    parameters: Parameters
    memory: OptimizerMemory
    states: Mapping[str, Array] = field(default_factory=dict)

    def nbytes(self) -> int:
        """Size in bytes."""
        kept = sum(value.nbytes for slots in self.memory.values() for value in slots.values())
        kept += sum(value.nbytes for value in self.states.values())
        return kept + sum(value.nbytes for value in self.parameters.values())


def batch_of(lesson: Lesson, settings: Settings, iteration: int) -> Batch:
    """The data of an iteration."""
    batch = lesson.task.batch(settings, generator(settings.integer("seed"), "batch", iteration), iteration)
    return replace(batch, number=iteration)


def first_memory(parameters: Parameters, settings: Settings) -> OptimizerMemory:
    """What the optimizer remembers before the first iteration: zeros."""
    symbols = OPTIMIZERS[settings.text("optimizer")].memory
    return {name: {symbol: np.zeros_like(value) for symbol in symbols} for name, value in parameters.items()}


def record_iteration(
    lesson: Lesson,
    settings: Settings,
    start: Snapshot,
    iteration: int,
    batch: Batch | None = None,
    edits: tuple[Edit, ...] = (),
) -> tuple[Tape, Snapshot]:
    """Record one iteration; numbers that overflow become infinite or NaN on the tape, silently.

    Args:
        lesson, settings: what is trained and how.
        start: the state before it.
        iteration: its number, from 0.
        batch: its data; drawn if not given.
        edits: numbers forced upon steps of its forward pass; without any the tape is as ever.

    Returns:
        the tape, and the state after it.

    Raises:
        EditError: an edit names a step that there is not, or does not fit it.
        Cancelled: the work was asked to stop; nothing of it is kept.
    """
    batch = batch if batch is not None else batch_of(lesson, settings, iteration)
    if start.states:
        batch = replace(batch, states=start.states)
    sizes = lesson.task.sizes(settings)
    tape = EditedTape(edits) if edits else Tape()
    if not edits and start.nbytes() > _HUGE:
        tape.heed_at_every_step()
    with _released_if_it_fails(tape), tape.recording(), np.errstate(all="ignore"):
        parameters = {name: tape.parameter(name, value) for name, value in start.parameters.items()}
        loss = lesson.model.forward(tape, parameters, batch, settings, sizes)
        if isinstance(tape, EditedTape):
            tape.check_all_met()
        backward(tape, loss)
        after = _update(tape, parameters, start, settings, iteration)
    if sizes.carries_state:
        states = {name: np.asarray(tape.steps[index].value) for name, index in tape.final_states.items()}
        after = replace(after, states=states)
    return tape, after


@contextmanager
def _released_if_it_fails(tape: Tape) -> Iterator[None]:
    """What was recorded is let go of at once where memory runs out, or a cancel comes, in the middle."""
    failed = True
    try:
        yield
        failed = False
    finally:
        if failed:
            tape.release()


def record_forward(lesson: Lesson, settings: Settings, parameters: Parameters, batch: Batch) -> Tape:
    """Record a forward pass alone, for predictions."""
    tape = Tape()
    with _released_if_it_fails(tape), tape.recording(), np.errstate(all="ignore"):
        tensors = {name: tape.parameter(name, value) for name, value in parameters.items()}
        sizes = lesson.task.sizes(settings)
        tape.loss = lesson.model.forward(tape, tensors, batch, settings, sizes).index
    return tape


def _update(
    tape: Tape, parameters: dict[str, Tensor], start: Snapshot, settings: Settings, iteration: int
) -> Snapshot:
    tape.begin_update()
    gradients = {
        name: tape.steps[tape.gradient_totals[parameter.index][-1]]
        for name, parameter in parameters.items()
        if parameter.index in tape.gradient_totals
    }
    gradients = clipped(tape, gradients, settings.number("clip"))
    optimizer: Optimizer = OPTIMIZERS[settings.text("optimizer")]
    rate = settings.number("learning_rate")
    values: Parameters = dict(start.parameters)
    memory: OptimizerMemory = dict(start.memory)
    for name, gradient in gradients.items():
        with part(name):
            slots = {symbol: tape.constant(symbol, value) for symbol, value in start.memory[name].items()}
            new, kept = optimizer.update(parameters[name], gradient, slots, rate, iteration)
        tape.updates[name] = new.index
        values[name] = new.value
        memory[name] = {symbol: tensor.value for symbol, tensor in kept.items()}
    return Snapshot(values, memory)
