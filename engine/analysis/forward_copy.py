"""A copy of the forward part of a tape, on which gradient rules can be applied without touching the recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.operation import EACH, Rule
from engine.tape import Tape
from engine.tensor import Array, Role, Tensor

_BETWEEN = 1000


class ForwardCopy:
    """The same values at the same indices; what a rule records on it is taken off again.

    Attributes:
        steps: the entries that have been copied.
    """

    def __init__(self) -> None:
        self._tape = Tape()
        self._rules: dict[tuple[int, int], Rule | None] = {}
        self.steps: list[Tensor] = []

    def fill(self, steps: Sequence[Tensor]) -> Iterator[None]:
        """Copy the entries of a forward phase, handing back control now and then."""
        kept = self._tape.steps
        for step in steps:
            inputs = tuple(kept[source.index] for source in step.inputs)
            kept.append(
                Tensor(
                    self._tape, step.value, step.operation, inputs, step.attributes, step.scope, step.code,
                    step.instruction, step.index, step.needs_gradient,
                )
            )  # fmt: skip
            if step.index % _BETWEEN == 0:
                yield
        self.steps = list(kept)

    def contribution(self, of: int, argument: int, gradient: Array) -> Array | None:
        """What a gradient at the step ``of`` adds to that of one of its inputs, by the rule of its operation.

        Args:
            of: tape index of a step.
            argument: which of its inputs, from 0.
            gradient: shaped like the step's value.

        Returns:
            shaped like the input; None where no gradient flows by intent.

        Raises:
            OperationError: the operation has no rule for the argument.
        """
        step = self.steps[of]
        row = step.operation
        if row is None:
            return None
        rule = self._rule(of, argument)
        if rule is None:
            return None
        incoming = self._tape.given("g", np.asarray(gradient), Role.GRADIENT)
        if row.arity == EACH:
            made = rule(incoming, step, argument, **(step.attributes or {}))
        else:
            made = rule(incoming, step, *step.inputs, **(step.attributes or {}))
        del self._tape.steps[len(self.steps) :]
        return np.asarray(made.value)

    def _rule(self, of: int, argument: int) -> Rule | None:
        key = (of, argument)
        if key not in self._rules:
            row = self.steps[of].operation
            self._rules[key] = None if row is None else row.rule(argument)
        return self._rules[key]
