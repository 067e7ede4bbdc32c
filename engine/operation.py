"""Operations: a primitive is one row — forward, gradient rules, symbol and formulas."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import OperationError
from engine.tensor import Role, Tensor

Rule = Callable[..., Tensor]
"""A gradient rule: ``rule(gradient, output, *inputs, **attributes)`` → gradient of one argument, in operations.

The one rule of a row of EACH is called ``rule(gradient, output, argument, **attributes)`` with the argument's number,
from 0; it finds the tensors in ``output.inputs``.
"""

Recorded = Callable[..., Tensor]
"""The function that applies an operation to tensors and records the step."""


class _Blocked:
    """Marks an argument through which no gradient flows on purpose."""

    def __repr__(self) -> str:
        return "BLOCKED"


BLOCKED: Final = _Blocked()
EACH: Final = -1
"""As ``arity``: any number of arguments, all with the one rule given."""


@dataclass(frozen=True, eq=False, slots=True)
class Operation:
    """One row of the table.

    Attributes:
        name: its name in addresses.
        forward: NumPy arrays in, NumPy array out; never changes its arguments.
        gradients: one rule per argument, each written in operations; BLOCKED where no gradient flows by intent.
        symbol: what the canvas draws in the circle.
        formula: LaTeX of the forward rule; ``{out}``, ``{a}``, ``{b}`` … stand for the tensors, the names of attributes
            for those.
        gradient_formulas: LaTeX of each rule's right-hand side; ``{g}`` is the incoming gradient.
        arity: number of tensor arguments, or EACH.
    """

    name: str
    forward: Callable[..., Any]
    gradients: tuple[Rule | _Blocked, ...]
    symbol: str
    formula: str
    gradient_formulas: tuple[str, ...]
    arity: int = 0

    def rules(self) -> tuple[Rule | None, ...]:
        """The rule of every argument, or the one for all of them; None where the gradient is blocked.

        Raises:
            OperationError: an argument has no rule.
        """
        return tuple(self.rule(argument) for argument in range(max(self.arity, 1)))

    def rule(self, argument: int) -> Rule | None:
        """The gradient rule of an argument; None where the gradient is blocked.

        Raises:
            OperationError: there is no rule.
        """
        at = 0 if self.arity == EACH else argument
        if at >= len(self.gradients):
            raise OperationError(
                "The operation {operation} has no gradient rule for argument {argument}.",
                operation=self.name,
                argument=argument + 1,
            )
        rule = self.gradients[at]
        return rule if rule.__class__ is not _Blocked else None  # type: ignore[return-value]

    def __repr__(self) -> str:
        return f"<Operation {self.name}>"


_table: dict[str, Operation] = {}


def operation(name: str) -> Operation:
    """The row of that name.

    Raises:
        OperationError: there is none.
    """
    if name not in _table:
        raise OperationError(
            "There is no operation {name}; there are {known}.", name=name, known=", ".join(sorted(_table))
        )
    return _table[name]


def operations() -> Iterator[Operation]:
    """All rows, in the order of registration."""
    return iter(_table.values())


def register(
    name: str,
    forward: Callable[..., Any],
    gradients: tuple[Rule | _Blocked, ...],
    *,
    symbol: str,
    formula: str,
    gradient_formulas: tuple[str, ...],
    arity: int = 0,
    attributes: bool = False,
) -> Callable[..., Tensor]:
    """Add a row and return the function that applies and records it.

    Args:
        attributes: whether a row of two arguments takes attributes too; all other rows do anyway.

    Raises:
        OperationError: the name is taken.
    """
    if name in _table:
        raise OperationError("The operation {name} is registered twice.", name=name)
    row = Operation(name, forward, gradients, symbol, formula, gradient_formulas, arity or len(gradients))
    _table[name] = row
    apply = (_any if attributes else _makers.get(row.arity, _any))(row)
    apply.__name__ = apply.__qualname__ = name
    apply.__doc__ = f"Record ``{name}``: {formula}"
    return apply


# The three functions below are the hot path of recording: one frame, one tensor, one append. They differ only in
# how many arguments they take, because packing arguments generically costs a fifth of a step. The first two fill the
# tensor themselves: calling its constructor costs as much as a small NumPy operation.

_caller = sys._getframe  # noqa: SLF001 — inspect.currentframe cannot name the caller without a second frame
_empty = object.__new__
_no_role = Role.NONE


def _one(row: Operation) -> Callable[..., Tensor]:
    forward = row.forward

    def apply(a: Tensor, **attributes: Any) -> Tensor:
        frame = _caller(1)
        tape = a.tape
        steps = tape.steps
        made: Tensor = _empty(Tensor)
        made.tape = tape
        made.value = forward(a.value, **attributes) if attributes else forward(a.value)
        made.operation = row
        made.inputs = (a,)
        made.attributes = attributes or None
        made.scope = tape.scope
        made.code = frame.f_code
        made.instruction = frame.f_lasti
        made.index = len(steps)
        made.needs_gradient = a.needs_gradient
        made.symbol = ""
        made.role = _no_role
        steps.append(made)
        return made

    return apply


def _two(row: Operation) -> Callable[..., Tensor]:
    forward = row.forward

    def apply(a: Tensor, b: Tensor) -> Tensor:
        frame = _caller(1)
        tape = a.tape
        steps = tape.steps
        made: Tensor = _empty(Tensor)
        made.tape = tape
        made.value = forward(a.value, b.value)
        made.operation = row
        made.inputs = (a, b)
        made.attributes = None
        made.scope = tape.scope
        made.code = frame.f_code
        made.instruction = frame.f_lasti
        made.index = len(steps)
        made.needs_gradient = a.needs_gradient or b.needs_gradient
        made.symbol = ""
        made.role = _no_role
        steps.append(made)
        return made

    return apply


def _any(row: Operation) -> Callable[..., Tensor]:
    forward = row.forward

    def apply(*inputs: Tensor, **attributes: Any) -> Tensor:
        frame = _caller(1)
        tape = inputs[0].tape
        steps = tape.steps
        value = forward(*[tensor.value for tensor in inputs], **attributes)
        made = Tensor(
            tape, value, row, inputs, attributes or None, tape.scope, frame.f_code, frame.f_lasti, len(steps),
            any([tensor.needs_gradient for tensor in inputs]),
        )  # fmt: skip
        steps.append(made)
        return made

    return apply


_makers = {1: _one, 2: _two}
