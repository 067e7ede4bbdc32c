"""One step of each kind: steps that differ only in their time have formulas that differ only in their digits."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import chain
from weakref import ReferenceType, ref

from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from engine.tensor import Tensor

_AT_ONCE = 200
"""Steps that are passed over before others get a turn."""


class KindsOfSteps:
    """The kinds that were met so far; they are the same on the tapes of all iterations."""

    def __init__(self) -> None:
        self._met: set[Hashable] = set()
        self._places: dict[Scope, Hashable] = {}
        self._searched: ReferenceType[Tape] | None = None

    def forget(self) -> None:
        """All kinds are new again, as after a change of names."""
        self._met.clear()
        self._searched = None

    def new_ones(self, tape: Tape, position: int) -> Iterator[int | None]:
        """The first step of each kind not met before, from a position on; None now and then, to go on later."""
        if self._searched is not None and self._searched() is tape:
            return
        for count, index in enumerate(chain(range(position, len(tape.steps)), range(position))):
            kind = self._kind(tape.steps[index])
            if kind not in self._met:
                self._met.add(kind)
                yield index
            elif count % _AT_ONCE == 0:
                yield None
        self._searched = ref(tape)

    def _kind(self, step: Tensor) -> Hashable:
        return self._short(step), tuple(self._short(one) for one in step.inputs)

    def _short(self, step: Tensor) -> Hashable:
        name = step.operation.name if step.operation is not None else ""
        place = self._places.get(step.scope)
        if place is None:
            place = self._places[step.scope] = _place(step.scope)
        return name, step.symbol, place


def _place(scope: Scope) -> Hashable:
    """Where a step is, time apart but for the number of its digits."""
    return tuple(
        len(str(one.number)) if one.kind is ScopeKind.TIME else one.name for one in scope.line()
    )
