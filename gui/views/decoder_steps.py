"""The time steps of a decoder: what it reads at each, and whether that is the truth or its own answer. Knows no Qt."""

from __future__ import annotations

import numpy as np

from engine.analysis.series import time_of
from engine.ops.lookups import argmax
from engine.ops.masks import choose
from engine.tape import Tape

DECODER = "decoder"
_READ = "x"


class DecoderSteps:
    """What a tape holds of a decoder.

    Attributes:
        reads: the tape index of what it reads, by time step; empty where there is no decoder.
    """

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.reads: dict[int, int] = {}
        for step in tape.steps[: tape.backward_start]:
            t = time_of(step) if step.symbol == _READ else None
            if t is not None and any(scope.name == DECODER for scope in step.scope.line()):
                self.reads[t] = step.index

    @property
    def first(self) -> int | None:
        """Its first time step; None where there is no decoder."""
        return min(self.reads, default=None)

    def is_truth(self, t: int, sequence: int) -> bool | None:
        """Whether the truth was put in, not its own answer; None at its first step, which reads the start."""
        entry = self.reads.get(t)
        if entry is None or t == self.first:
            return None
        step = self._tape.steps[entry]
        if step.operation is None:
            return True
        if step.operation.name == choose.__name__:
            return bool(np.asarray(step.inputs[0].value)[sequence])
        return False if step.operation.name == argmax.__name__ else None

    @property
    def reads_truth_alone(self) -> bool:
        """Whether nothing but the truth is ever put in, for any sequence."""
        return all(self._tape.steps[entry].operation is None for entry in self.reads.values())
