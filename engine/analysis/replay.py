"""The forward pass of a tape, evaluated again with one value changed: what a numeric derivative asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.operation import BLOCKED, EACH
from engine.tape import Tape
from engine.tensor import Array, Tensor


@dataclass(frozen=True, slots=True)
class _Move:
    """A step to be computed again: its forward function, and the tape index of each input and whether it is blocked."""

    index: int
    forward: Callable[..., Any]
    inputs: tuple[tuple[int, bool], ...]
    attributes: dict[str, Any]


class Replay:
    """A recorded forward pass that can be evaluated again from any of its entries.

    Where no gradient flows by intent (truncation), the recorded value stays: so the derivative of what is evaluated is
    the derivative that truncated backpropagation means.
    """

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._behind: dict[int, list[_Move]] = {}

    @property
    def loss(self) -> float:
        """The recorded loss."""
        return float(self._tape.steps[self._tape.loss].value)

    def loss_with(self, index: int, value: Array) -> float:
        """The loss if the entry ``index`` had that value."""
        moves = self._behind.get(index)
        if moves is None:
            moves = self._behind[index] = self._moves_behind(index)
        steps = self._tape.steps
        values: dict[int, Any] = {index: value}
        with np.errstate(all="ignore"):
            for move in moves:
                values[move.index] = move.forward(
                    *[
                        values[at] if at in values and not blocked else steps[at].value
                        for at, blocked in move.inputs
                    ],
                    **move.attributes,
                )
        return float(values.get(self._tape.loss, self.loss))

    def loss_with_argument(self, of: int, argument: int, value: Array) -> float:
        """The loss if the step ``of`` alone had taken that value as one of its arguments."""
        step = self._tape.steps[of]
        inputs = [tensor.value for tensor in step.inputs]
        inputs[argument] = value
        assert step.operation is not None, "what was given takes no arguments"
        with np.errstate(all="ignore"):
            made = step.operation.forward(*inputs, **(step.attributes or {}))
        return self.loss_with(of, made)

    def _moves_behind(self, index: int) -> list[_Move]:
        changed, moves = {index}, []
        for step in self._tape.steps[index + 1 : self._tape.loss + 1]:
            if step.operation is None:
                continue
            inputs = tuple((tensor.index, is_blocked(step, place)) for place, tensor in enumerate(step.inputs))
            if any(at in changed and not blocked for at, blocked in inputs):
                changed.add(step.index)
                moves.append(_Move(step.index, step.operation.forward, inputs, step.attributes or {}))
        return moves


def is_blocked(step: Tensor, argument: int) -> bool:
    """Whether no gradient flows through an argument by intent."""
    row = step.operation
    if row is None:
        return True
    at = 0 if row.arity == EACH else argument
    return at < len(row.gradients) and row.gradients[at] is BLOCKED
