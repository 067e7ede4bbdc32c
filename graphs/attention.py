"""Attention on a tape: which steps each entry of attention weights looks back at."""

from __future__ import annotations

from dataclasses import dataclass

from engine.tape import Tape
from engine.tensor import Role, Tensor

_SAME_NUMBERS = frozenset({"reshape", "permute", "transpose", "broadcast_to", "identity"})
_PRODUCTS = frozenset({"batched_matmul", "matmul", "batched_matmul_by_transpose", "multiply"})


@dataclass(frozen=True, slots=True)
class Attended:
    """Weights over states of other time steps.

    Attributes:
        weights: tape index of the weights, whose last axis runs over ``sources``.
        sources: tape indices of the states that they weigh, such as those of an encoder.
    """

    weights: int
    sources: tuple[int, ...]


def attended(tape: Tape) -> list[Attended]:
    """All attention to states that were stacked, one of each time step; in the order of the tape."""
    forward = tape.steps[: tape.backward_start]
    asking = [step for step in forward if step.role is Role.ATTENTION and step.operation is not None]
    if not asking:
        return []
    readers: dict[int, list[Tensor]] = {}
    for step in forward:
        for source in step.inputs:
            readers.setdefault(source.index, []).append(step)
    found = ((step, _weighed(step, readers)) for step in asking)
    return [
        Attended(step.index, tuple(source.index for source in stack.inputs))
        for step, stack in found
        if stack is not None and len(stack.inputs) == step.shape[-1] > 1
    ]


def _weighed(weights: Tensor, readers: dict[int, list[Tensor]]) -> Tensor | None:
    """The stack of states that weights are multiplied with."""
    waiting, seen = [weights], {weights.index}
    while waiting:
        value = waiting.pop(0)
        for step in readers.get(value.index, ()):
            name = step.operation.name if step.operation is not None else ""
            if name in _PRODUCTS:
                others = (other for other in step.inputs if other is not value)
                stacks = (_stack_behind(other) for other in others)
                stack = next((one for one in stacks if one is not None), None)
                if stack is not None:
                    return stack
            elif name in _SAME_NUMBERS and step.index not in seen:
                seen.add(step.index)
                waiting.append(step)
    return None


def _stack_behind(value: Tensor) -> Tensor | None:
    while value.operation is not None and value.operation.name in _SAME_NUMBERS:
        value = value.inputs[0]
    return value if value.operation is not None and value.operation.name == "stack" else None
