"""Tensors: immutable values that know where they come from."""

from __future__ import annotations

from enum import StrEnum
from types import CodeType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.operation import Operation
    from engine.scope import Scope
    from engine.tape import Tape

Array = NDArray[Any]


class Role(StrEnum):
    """What a tensor is for the reader; NONE for an intermediate value."""

    NONE = ""
    INPUT = "input"
    TARGET = "target"
    PARAMETER = "parameter"
    CONSTANT = "constant"
    STATE = "state"
    GATE = "gate"
    ATTENTION = "attention"
    OUTPUT = "output"
    LOSS = "loss"
    GRADIENT = "gradient"


# Looking a member up on its enumeration costs as much as a third of recording a step.
_NONE, _STATE, _GATE, _OUTPUT, _LOSS = Role.NONE, Role.STATE, Role.GATE, Role.OUTPUT, Role.LOSS


class Tensor:
    """A value on a tape, and its provenance. Never changed after it was recorded.

    Attributes:
        value: the numbers; treat as read-only.
        operation: the row that made it; None for what was given (inputs, parameters, …).
        inputs: the operands in order, repeats kept.
        attributes: what the operation was called with besides tensors, or None.
        scope: the place of the step.
        index: its place on the tape.
        needs_gradient: whether a parameter has a part in the value.
        symbol: the textbook's name, such as ``z``; empty if it has none.
        role: what it is for.
        code, instruction: where in the source the step was made (see ``engine.source``).
    """

    __slots__ = (
        "attributes", "code", "index", "inputs", "instruction", "needs_gradient", "operation", "role", "scope",
        "symbol", "tape", "value",
    )  # fmt: skip

    # Arithmetic operators are set by engine.ops, so that `x @ W` records the caller's line at no extra cost.
    __add__: Any
    __sub__: Any
    __mul__: Any
    __matmul__: Any
    __truediv__: Any
    __neg__: Any

    def __init__(
        self,
        tape: Tape,
        value: Array,
        operation: Operation | None,
        inputs: tuple[Tensor, ...],
        attributes: dict[str, Any] | None,
        scope: Scope,
        code: CodeType | None,
        instruction: int,
        index: int,
        needs_gradient: bool,
    ) -> None:
        self.tape = tape
        self.value = value
        self.operation = operation
        self.inputs = inputs
        self.attributes = attributes
        self.scope = scope
        self.code = code
        self.instruction = instruction
        self.index = index
        self.needs_gradient = needs_gradient
        self.symbol = ""
        self.role = _NONE

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value; empty for a scalar."""
        return np.shape(self.value)

    @property
    def is_given(self) -> bool:
        """Whether the tensor was given (input, parameter, …) and not computed by a step."""
        return self.operation is None

    def __repr__(self) -> str:
        made = self.operation.name if self.operation is not None else self.role
        return f"<Tensor {self.index} {self.symbol or made} {self.scope.path} {self.shape}>"


def named(symbol: str, role: Role, tensor: Tensor) -> Tensor:
    """Give a fresh tensor the textbook's name and a role; no step is recorded."""
    tensor.symbol = symbol
    tensor.role = role
    return tensor


def state(symbol: str, tensor: Tensor) -> Tensor:
    """Name a recurrent state, such as the hidden state ``z``."""
    return named(symbol, _STATE, tensor)


def gate_value(symbol: str, tensor: Tensor) -> Tensor:
    """Name a gate activation, such as ``f``."""
    return named(symbol, _GATE, tensor)


def output(symbol: str, tensor: Tensor) -> Tensor:
    """Name an output of the network, such as ``y``."""
    return named(symbol, _OUTPUT, tensor)


def loss(symbol: str, tensor: Tensor) -> Tensor:
    """Name a loss, such as ``L``."""
    return named(symbol, _LOSS, tensor)


def variable(symbol: str, tensor: Tensor) -> Tensor:
    """Name an intermediate value that the textbook names, such as ``u``."""
    return named(symbol, _NONE, tensor)
