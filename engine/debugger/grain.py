"""Grains: what one press steps over, and where on a tape each grain stops."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.scope import Scope, ScopeKind
from engine.tape import Tape


class Grain(StrEnum):
    """From finest to coarsest."""

    OPERATION = "operation"
    GATE = "gate"
    CELL = "cell"
    TIME_STEP = "time step"
    PHASE = "phase"
    ITERATION = "iteration"

    def finer(self) -> Grain:
        """The next finer grain, or this one if it is the finest."""
        grains = list(Grain)
        return grains[max(0, grains.index(self) - 1)]

    def coarser(self) -> Grain:
        """The next coarser grain, or this one if it is the coarsest."""
        grains = list(Grain)
        return grains[min(len(grains) - 1, grains.index(self) + 1)]


def _cell_of(scope: Scope) -> Scope:
    return scope.enclosing(ScopeKind.CELL) or _part_of_layer(scope) or scope


def _part_of_layer(scope: Scope) -> Scope | None:
    """What takes the place of a cell in layers without one, such as an attention with all that is around it."""
    line = scope.line()
    layers = [place for place, one in enumerate(line) if one.kind is ScopeKind.LAYER]
    return line[layers[-1] + 1] if layers and layers[-1] + 1 < len(line) else None


def _time_of(scope: Scope) -> Scope | None:
    """The time step; where there is none, the layer: it is as large a piece of a network that computes all at once."""
    return scope.enclosing(ScopeKind.TIME) or scope.enclosing(ScopeKind.LAYER)


_GROUPS: dict[Grain, Callable[[Scope], object]] = {
    Grain.GATE: lambda scope: scope,
    Grain.CELL: _cell_of,
    Grain.TIME_STEP: _time_of,
    Grain.PHASE: lambda scope: None,
}
"""What the steps have in common that one press of a grain takes together, within one phase."""


def stops(tape: Tape, grain: Grain) -> NDArray[np.int64]:
    """The positions at which a grain stops: 0, and behind the last step of every group, ascending.

    A position is a number of tape entries; position p reveals the entries before p.
    """
    executed = [index for index, step in enumerate(tape.steps) if step.operation is not None]
    if not executed:
        return np.zeros(1, dtype=np.int64)
    ends = np.array(executed, dtype=np.int64) + 1
    if grain is Grain.ITERATION:
        ends = ends[-1:]
    elif grain is not Grain.OPERATION:
        group = _GROUPS[grain]
        keys = [(tape.phase(index), group(tape.steps[index].scope)) for index in executed]
        last = [place for place in range(len(keys)) if place + 1 == len(keys) or keys[place] != keys[place + 1]]
        ends = ends[last]
    return np.concatenate([np.zeros(1, dtype=np.int64), ends])
