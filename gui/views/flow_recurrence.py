"""What lies on the gradient's way back from a state to the state before it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analysis.series import time_of
from engine.ops.activations import ACTIVATIONS
from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.views.quantity_places import handed_on
from gui.views.tape_series import TapeSeries


@dataclass(frozen=True, eq=False)
class Recurrence:
    """A recurrent state of a tape and what its gradient passes.

    Attributes:
        state: such as z.
        input: the named value that it is an activation of, such as u; None where it is something else.
        activation: name of the operation on the way from state to state; empty for none, or for several.
        weight: name of the square parameter between a state and the next; None if there is none, or several.
    """

    state: TapeSeries
    input: TapeSeries | None
    activation: str
    weight: str | None


def recurrences(tape: Tape, series: list[TapeSeries]) -> list[Recurrence]:
    """One for every state that is handed on, layer by layer; ``series`` are those of the tape."""
    return [_recurrence(tape, state, series) for state in handed_on(series)]


def _recurrence(tape: Tape, state: TapeSeries, series: list[TapeSeries]) -> Recurrence:
    way = _way_back(tape, state)
    activations = {step.operation.name for step in way if step.operation and step.operation.name in ACTIVATIONS}
    weights = {
        operand.symbol
        for step in way
        for operand in step.inputs
        if operand.role is Role.PARAMETER and len(operand.shape) == 2 and operand.shape[0] == operand.shape[1]
    }
    last, named = _last(tape, state), None
    if last.operation is not None and last.operation.name in ACTIVATIONS:
        source = last.inputs[0].index
        named = next((one for one in series if source in one.entries), None)
    return Recurrence(
        state, named,
        activations.pop() if len(activations) == 1 else "",
        weights.pop() if len(weights) == 1 else None,
    )  # fmt: skip


def _way_back(tape: Tape, state: TapeSeries) -> list[Tensor]:
    """The steps between the state recorded last and earlier ones of the same series."""
    last = _last(tape, state)
    earlier = {int(entry) for entry in state.entries} - {last.index}
    t = time_of(last)
    within: list[Tensor] = []
    seen, waiting = {last.index}, [last]
    while waiting:
        step = waiting.pop()
        within.append(step)
        for operand in step.inputs:
            if operand.index not in seen and operand.index not in earlier and time_of(operand) == t:
                seen.add(operand.index)
                waiting.append(operand)
    reaching = set(earlier)
    for step in sorted(within, key=lambda one: one.index):
        if any(operand.index in reaching for operand in step.inputs):
            reaching.add(step.index)
    return [step for step in within if step.index in reaching]


def _last(tape: Tape, state: TapeSeries) -> Tensor:
    """Of the last time step, or of the first one where the cell reads from the end back."""
    return tape.steps[int(state.entries.max())]
