"""The tape: all steps of one iteration in order — forward, backward, update."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple

import numpy as np

import engine.ops  # noqa: F401 — gives tensors their operators
from engine.active_tape import active
from engine.cancellation import heed, question
from engine.scope import ROOT, Scope
from engine.tensor import Array, Role, Tensor


class Phase(StrEnum):
    """The three phases of an iteration."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


class RuleSpan(NamedTuple):
    """One application of a gradient rule: the steps ``first … last-1`` computed a contribution.

    Attributes:
        of: tape index of the forward step that was differentiated.
        argument: which of its inputs the contribution is for, from 0.
        first, last: the steps that the rule recorded; empty where the rule passes the gradient on.
        gradient: tape index of the incoming gradient.
        contribution: tape index of the contribution.
        total: tape index of the sum after the contribution was added (the contribution itself if it was the first).
    """

    of: int
    argument: int
    first: int
    last: int
    gradient: int
    contribution: int
    total: int


class Tape:
    """A recording. Entries are the tensors in the order in which they came to be; ``given`` ones have no operation.

    Attributes:
        steps: the entries; an entry's place is its tape index.
        scope: the place that the next step will carry.
        backward_start, update_start: tape indices at which the phases begin; equal to the length until reached.
        rule_records: what the backward pass did, rule by rule, as plain tuples (see ``spans``).
        gradient_totals: forward tape index → tape indices of the successive sums of its gradient.
        loss: tape index of the loss, -1 before there is one.
        updates: parameter name → tape index of its new value.
        captions: entry → what a reader calls its value, such as the word that an id stands for.
        final_states: name of a state → tape index of what it was after the last time step; filled by the model.
        heed: while it is recorded: raises ``Cancelled`` when that is to stop; None if nobody will ask for it.
    """

    def __init__(self) -> None:
        self.steps: list[Tensor] = []
        self.scope: Scope = ROOT
        self._backward_start: int | None = None
        self._update_start: int | None = None
        self.rule_records: list[tuple[int, int, int, int, int, int, int]] = []
        self.gradient_totals: dict[int, list[int]] = {}
        self.loss = -1
        self.updates: dict[str, int] = {}
        self.captions: dict[int, str] = {}
        self.final_states: dict[str, int] = {}
        self.heed: Callable[[], None] | None = None

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, index: int) -> Tensor:
        return self.steps[index]

    def __iter__(self) -> Iterator[Tensor]:
        return iter(self.steps)

    @contextmanager
    def recording(self) -> Iterator[Tape]:
        """Within it, scopes are entered on this tape."""
        outer = active.tape
        active.tape = self
        self.heed = question()
        try:
            yield self
        finally:
            active.tape = outer
            self.heed = None
            if isinstance(self.steps, _Heeding):
                self.steps = list(self.steps)

    def heed_at_every_step(self) -> None:
        """Let a recording be stopped between any two steps: for a huge network, where each takes long."""
        self.steps = _Heeding(self.steps)

    def given(self, symbol: str, value: Array, role: Role) -> Tensor:
        """Put a value on the tape that no step computes.

        Shapes: as ``value``.
        """
        made = Tensor(self, value, None, (), None, self.scope, None, 0, len(self.steps), role is Role.PARAMETER)
        made.symbol = symbol
        made.role = role
        self.steps.append(made)
        return made

    def input(self, symbol: str, value: Array) -> Tensor:
        """An input of the network."""
        return self.given(symbol, value, Role.INPUT)

    def target(self, symbol: str, value: Array) -> Tensor:
        """What the network should answer."""
        return self.given(symbol, value, Role.TARGET)

    def parameter(self, name: str, value: Array) -> Tensor:
        """A parameter that training changes."""
        return self.given(name, value, Role.PARAMETER)

    def initial_state(self, symbol: str, value: Array) -> Tensor:
        """The state before the first time step."""
        return self.given(symbol, value, Role.STATE)

    def constant(self, symbol: str, value: Array) -> Tensor:
        """A value that is neither data nor learned, such as the optimizer's memory."""
        return self.given(symbol, value, Role.CONSTANT)

    @property
    def backward_start(self) -> int:
        return len(self.steps) if self._backward_start is None else self._backward_start

    @property
    def update_start(self) -> int:
        return len(self.steps) if self._update_start is None else self._update_start

    def begin_backward(self) -> None:
        """What is recorded from here on belongs to the backward phase."""
        self._backward_start = len(self.steps)

    def begin_update(self) -> None:
        """What is recorded from here on belongs to the update phase."""
        self._update_start = len(self.steps)

    def phase(self, index: int) -> Phase:
        """The phase of a step."""
        if index < self.backward_start:
            return Phase.FORWARD
        return Phase.BACKWARD if index < self.update_start else Phase.UPDATE

    def spans(self) -> list[RuleSpan]:
        """What the backward pass did, one span for every application of a gradient rule."""
        return [RuleSpan(*record) for record in self.rule_records]

    def release(self) -> None:
        """Let go of all steps at once.

        A tape and its tensors refer to each other; training thousands of iterations must not wait for the cycle
        collector to free them.
        """
        self.steps.clear()

    def gradient(self, index: int) -> Array | None:
        """The whole gradient of the loss by the tensor at ``index``, shaped like it; None if none arrived."""
        totals = self.gradient_totals.get(index)
        return None if totals is None else np.asarray(self.steps[totals[-1]].value)


class _Heeding(list[Tensor]):
    """Entries of a tape that look at each of them whether the work is to stop."""

    def append(self, made: Tensor) -> None:
        """Take a fresh step, unless the work is to stop."""
        heed()
        super().append(made)
