"""The activation operations of a tape: where they are, and which one is to be looked at now."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from engine.analysis.activation_curve import is_activation
from engine.analysis.series import time_of
from engine.debugger.cursor import Cursor
from engine.operation import operation
from engine.tape import Tape
from gui.notation.labels import Labels
from gui.typesetting.plain_text import plain_text

Key = tuple[str, str, int]


@dataclass(frozen=True)
class ActivationStep:
    """An activation that was applied.

    Attributes:
        index: tape index of its output. source: tape index of what it was applied to, u.
        time: its time step; None outside time.
        name: of the operation.
        place: scopes besides time. number: how many of the same name come before it at that place and time.
    """

    index: int
    source: int
    time: int | None
    name: str
    place: str
    number: int

    @property
    def key(self) -> Key:
        """What stays the same from time step to time step, and from tape to tape."""
        return self.place, self.name, self.number


class ActivationSteps:
    """All activations of a tape.

    Attributes:
        steps: in the order of the tape.
    """

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.steps = _found(tape)
        self._by_index = {step.index: step for step in self.steps}
        self._spans = [(span.first, span.last, span.of) for span in tape.spans() if span.of in self._by_index]
        self._by_time: dict[int | None, list[ActivationStep]] = {}
        self._by_key: dict[Key, list[ActivationStep]] = {}
        for step in self.steps:
            self._by_time.setdefault(step.time, []).append(step)
            self._by_key.setdefault(step.key, []).append(step)

    def same(self, key: Key) -> list[ActivationStep]:
        """The activation of a key at every time step, in the order of the tape."""
        return self._by_key.get(key, [])

    def choices(self) -> list[ActivationStep]:
        """The first of every key."""
        return [same[0] for same in self._by_key.values()]

    def belonging(self, index: int | None) -> ActivationStep | None:
        """The activation that a step is, or belongs to as a part of its gradient rule."""
        if index is None:
            return None
        if index in self._by_index:
            return self._by_index[index]
        at = bisect.bisect_right(self._spans, (index, len(self._tape), 0)) - 1
        if at >= 0 and self._spans[at][0] <= index <= self._spans[at][1]:
            return self._by_index[self._spans[at][2]]
        return None

    def current(self, cursor: Cursor, selected: int | None) -> ActivationStep | None:
        """What the views look at, if it is an activation; else the last one executed at the cursor's time step."""
        found = self.belonging(selected) or self.belonging(cursor.current)
        if found is not None or not self.steps:
            return found
        here = self._by_time.get(self._time(cursor), [])
        return _last_before(here, cursor) or _last_before(self.steps, cursor) or self.steps[0]

    def at_time(self, key: Key, cursor: Cursor) -> ActivationStep | None:
        """The activation of a key at the cursor's time step; the last one executed where it stands at none."""
        same = self.same(key)
        if not same:
            return None
        time = self._time(cursor)
        here = next((step for step in self._by_time.get(time, []) if step.key == key), None)
        return here or _last_before(same, cursor) or same[0]

    def _time(self, cursor: Cursor) -> int | None:
        return None if cursor.current is None else time_of(self._tape.steps[cursor.current])

    def name(self, step: ActivationStep, labels: Labels) -> str:
        """What is computed, such as ``z = σ(u)``, in a notation."""
        made, source = self._tape.steps[step.index], self._tape.steps[step.source]
        symbol = operation(step.name).symbol
        inside, outside = (
            plain_text(labels.letter(one.symbol, one.role, labels.scope_of(one)).latex) if one.symbol else ""
            for one in (source, made)
        )
        return f"{f'{outside} = ' if outside else ''}{symbol}({inside or '…'})"


def _found(tape: Tape) -> list[ActivationStep]:
    made: list[ActivationStep] = []
    counts: dict[tuple[int | None, str, str], int] = {}
    for step in tape.steps[: tape.backward_start]:
        if step.operation is None or not is_activation(step.operation.name) or len(step.inputs) != 1:
            continue
        name, time = step.operation.name, time_of(step)
        place = step.scope.place
        number = counts.get((time, place, name), 0)
        counts[time, place, name] = number + 1
        made.append(ActivationStep(step.index, step.inputs[0].index, time, name, place, number))
    return made


def _last_before(steps: list[ActivationStep], cursor: Cursor) -> ActivationStep | None:
    """The last one that is executed."""
    at = bisect.bisect_left(steps, cursor.position, key=lambda step: step.index)
    return steps[at - 1] if at else None
