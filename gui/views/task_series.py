"""Inputs, targets and outputs of a tape by time step: what a task's view shows of a sequence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.analysis.series import first_indices, time_of
from engine.tape import Tape
from engine.tensor import Role
from gui.bridge import Bridge
from gui.views.decoder_steps import DecoderSteps
from gui.views.task_positions import TaskPositions

_ROLES = (Role.INPUT, Role.TARGET, Role.OUTPUT)


class TaskSeries:
    """One sequence of the batch on the open tape.

    Attributes:
        length: number of time steps; of a network without any, of the positions of source and answer.
        batch: number of sequences.
        sequence: which of them, from 0.
        decoder: the time steps of a decoder; what it reads counts as input.
    """

    def __init__(self, bridge: Bridge, sequence: int = 0) -> None:
        self._bridge, tape = bridge, bridge.tape
        self._entries: dict[Role, Mapping[int, int]] = {role: first_indices(tape, role) for role in _ROLES}
        self.decoder = DecoderSteps(tape)
        self._positions = TaskPositions(tape)
        for role, places in self._positions.entries().items():
            self._entries[role] = {**places, **self._entries[role]}
        self.decoder.reads |= self._positions.reads
        self._entries[Role.INPUT] = {**self.decoder.reads, **self._entries[Role.INPUT]}
        self._mask = _entries_of(tape, "m", Role.CONSTANT)
        self.length = max((t for entries in self._entries.values() for t in entries), default=1)
        entry = next((entry for entries in self._entries.values() for entry in entries.values()), None)
        self.batch = 1 if entry is None else max(1, len(np.atleast_1d(tape[entry].value)))
        self.sequence = min(sequence, self.batch - 1)

    def entry(self, role: Role, t: int) -> int | None:
        """The tape index at a time step; None where there is none."""
        return self._entries[role].get(t)

    def numbers(self, role: Role, t: int) -> NDArray[np.float64] | None:
        """The sequence's numbers (width,) at a time step; None while they are not revealed."""
        entry = self.entry(role, t)
        if entry is None or not self._bridge.cursor.revealed(entry):
            return None
        value = np.asarray(self._bridge.tape[entry].value)[self.sequence]
        return np.atleast_1d(self.in_column(role, t, value)).astype(float)

    def in_column(self, role: Role, t: int, value: NDArray[np.generic]) -> NDArray[np.generic]:
        """Of a sequence's value, what belongs to a time step: all of it, but one row where it has all positions."""
        place = self._positions.places.get(role, {}).get(t)
        return value if place is None else np.asarray(value[place[1]])

    def is_padding(self, t: int) -> bool:
        """Whether the sequence has ended before."""
        entry = self._mask.get(t)
        return entry is not None and not np.asarray(self._bridge.tape[entry].value)[self.sequence].any()

    def has_ids(self, role: Role) -> bool:
        """Whether its values are ids of symbols."""
        entry = next(iter(self._entries[role].values()), None)
        return entry is not None and np.asarray(self._bridge.tape[entry].value).dtype.kind in "iu"


def _entries_of(tape: Tape, symbol: str, role: Role) -> dict[int, int]:
    found = {}
    for step in tape.steps[: tape.backward_start]:
        if step.symbol == symbol and step.role is role and (t := time_of(step)) is not None:
            found[t] = step.index
    return found
