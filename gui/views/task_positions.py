"""A tape without time steps that holds whole sequences: where its positions are, counted on from source to answer.

Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from engine.analysis.series import time_of
from engine.tape import Tape
from engine.tensor import Role, Tensor

_DECODER = "decoder"


class TaskPositions:
    """Source at 1 … T, answer at T+1 … T+T'; nothing where a tape has time steps, or no answers in rows of sequences.

    Attributes:
        places: by role, tape index and column of an entry (N, columns, …) by position.
        reads: the tape index of what a decoder reads, by position.
    """

    def __init__(self, tape: Tape) -> None:
        steps = tape.steps[: tape.backward_start]
        self.places: dict[Role, dict[int, tuple[int, int]]] = {}
        self.reads: dict[int, int] = {}
        given = [step for step in steps if step.role is Role.INPUT and _holds_sequences(step)]
        read = next((step for step in given if _is_decoders(step)), None)
        source = next((step for step in given if not _is_decoders(step)), None)
        answer = next((step for step in steps if step.role is Role.OUTPUT), None)
        if answer is not None and time_of(answer) is not None and _is_decoders(answer):
            self.places[Role.INPUT] = _columns(source, 0)  # read all at once, and answered step by step
        if answer is None or time_of(answer) is not None or np.ndim(answer.value) != 3:
            return
        target = next((step for step in steps if step.role is Role.TARGET and np.ndim(step.value) == 2), None)
        before = 0 if source is None or read is None else source.shape[1]
        self.places[Role.INPUT] = {**_columns(source, 0), **_columns(read, before)}
        self.places[Role.TARGET] = _columns(target, before)
        self.places[Role.OUTPUT] = _columns(answer, before)
        self.reads = {t: entry for t, (entry, _) in _columns(read, before).items()}

    def entries(self) -> Mapping[Role, Mapping[int, int]]:
        """The tape index by role and position."""
        return {role: {t: entry for t, (entry, _) in places.items()} for role, places in self.places.items()}


def _holds_sequences(step: Tensor) -> bool:
    """Whether it has ids (N, columns) and lies outside time."""
    return np.ndim(step.value) == 2 and np.asarray(step.value).dtype.kind in "iu" and time_of(step) is None


def _is_decoders(step: Tensor) -> bool:
    scopes: Iterable[str] = (scope.name for scope in step.scope.line())
    return _DECODER in scopes


def _columns(step: Tensor | None, before: int) -> dict[int, tuple[int, int]]:
    if step is None:
        return {}
    return {before + column + 1: (step.index, column) for column in range(step.shape[1])}
