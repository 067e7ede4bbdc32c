"""What each time step of an encoder reads and each of a decoder is asked for, in words; both are given."""

from __future__ import annotations

import numpy as np

from engine.analysis.series import time_of
from engine.settings import Settings
from engine.tape import Tape
from engine.task import NamesSymbols, Task
from engine.tensor import Role, Tensor

_DECODER = "decoder"
_SPACE, _SHOWN_SPACE = " ", "␣"


def step_words(tape: Tape, task: Task, settings: Settings, sequence: int) -> dict[int, str]:
    """Time step → symbol of a sequence of the batch; none where a sequence has ended or symbols have no names.

    Args:
        sequence: from 0; the last one is taken where there are fewer.
    """
    if not isinstance(task, NamesSymbols):
        return {}
    names = {Role.INPUT: task.input_names(settings), Role.TARGET: task.answer_names(settings)}
    found: dict[int, str] = {}
    forward = tape.steps[: tape.backward_start]
    answering = {time_of(step) for step in forward if _is_decoders(step)}
    for step in forward:
        t = time_of(step) if step.role in names and _are_ids(step) else None
        asks = step.role is Role.TARGET
        if t is None or t in found or asks is not (t in answering):
            continue
        ids = np.asarray(step.value)
        number, known = int(ids[min(sequence, len(ids) - 1)]), names[step.role]
        if 0 <= number < len(known):
            found[t] = known[number].replace(_SPACE, _SHOWN_SPACE)
    return found


def _are_ids(step: Tensor) -> bool:
    return len(step.shape) == 1 and np.asarray(step.value).dtype.kind in "iu"


def _is_decoders(step: Tensor) -> bool:
    return any(scope.name == _DECODER for scope in step.scope.line())
