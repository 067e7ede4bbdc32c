"""An LSTM in its other form: the same iteration with merged weights recorded again with separate ones, or the reverse.

The values are equal, so that both pictures show the same numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.cells.lstm import gates
from engine.debugger.cursor import Cursor
from engine.edits import edits_of
from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Array, Role
from engine.training.iteration import Snapshot, first_memory, record_iteration

FORMS = {"lstm": "lstm_merged", "lstm_merged": "lstm"}
_MOST_NUMBERS = 4_000_000
_MOST_STEPS = 20_000


class OtherForm:
    """A second recording of an iteration, its cursor tied to that of the first.

    Attributes:
        cursor: over the second recording.
    """

    def __init__(self, lesson: Lesson, settings: Settings, tape: Tape, iteration: int) -> None:
        """Record ``iteration``, which is on ``tape``, in the other form."""
        changed = settings.changed(cell=FORMS[settings.text("cell")])
        parameters = converted(_values(tape), lesson, changed)
        start = Snapshot(parameters, first_memory(parameters, changed), _states(tape))
        second, _ = record_iteration(lesson, changed, start, iteration, edits=edits_of(tape))
        self.cursor = Cursor(second)
        self._own, self._other = _tied(tape, second)

    def follow(self, position: int) -> None:
        """Go as far as the first cursor is: to the last step that both forms have and that it has passed."""
        at = int(np.searchsorted(self._own, position, side="right")) - 1
        self.cursor.position = int(self._other[at])


def has_other_form(settings: Settings) -> bool:
    """Whether the cell has another form."""
    return "cell" in settings and settings.text("cell") in FORMS


def is_small(tape: Tape) -> bool:
    """Whether a tape can be recorded again at once."""
    return len(tape) <= _MOST_STEPS and sum(int(np.size(step.value)) for step in tape) <= _MOST_NUMBERS


def converted(values: Parameters, lesson: Lesson, settings: Settings) -> Parameters:
    """The parameters of one form as those of the form that the settings name."""
    made: Parameters = {}
    letters = gates(settings)
    for spec in lesson.model.parameters(settings, lesson.task.sizes(settings)):
        if spec.name in values:
            made[spec.name] = values[spec.name]
        elif settings.text("cell") == "lstm_merged":
            made[spec.name] = np.concatenate([values[f"{spec.name}_{letter}"] for letter in letters], axis=1)
        else:
            merged, _, letter = spec.name.rpartition("_")
            width, place = spec.shape[1], letters.index(letter)
            made[spec.name] = np.ascontiguousarray(values[merged][:, place * width : (place + 1) * width])
    return made


def _tied(own: Tape, other: Tape) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cursor positions that correspond, both ascending."""
    ours, theirs = _moments(own), _moments(other)
    pairs = sorted((position, theirs[moment]) for moment, position in ours.items() if moment in theirs)
    made = np.array([(0, 0), *pairs, (own.update_start, other.update_start)], dtype=np.int64)
    return np.maximum.accumulate(made[:, 0]), np.maximum.accumulate(made[:, 1])


def _moments(tape: Tape) -> dict[tuple[str, int], int]:
    """(step, -1) → the position behind it; (step, argument) → the position where that gradient has gone back."""
    names = _names(tape)
    made = {(name, -1): entry + 1 for entry, name in enumerate(names) if name}
    for span in tape.spans():
        made[names[span.of], span.argument] = max(span.gradient, span.contribution, span.total) + 1
    return made


def _names(tape: Tape) -> list[str]:
    """Names of the forward steps that are the same in both forms; empty for what was given."""
    counts: dict[str, int] = {}
    made = []
    for step in tape.steps[: tape.backward_start]:
        if step.operation is None:
            made.append("")
            continue
        places = ["lstm" if one.name in FORMS else one.name for one in step.scope.line()]
        name = "/".join((*places, step.symbol or step.operation.name))
        counts[name] = counts.get(name, 0) + 1
        made.append(f"{name}#{counts[name]}")
    return made


def _values(tape: Tape) -> Parameters:
    """The parameters that the iteration began with."""
    steps = tape.steps[: tape.backward_start]
    return {step.symbol: np.asarray(step.value) for step in steps if step.role is Role.PARAMETER}


def _states(tape: Tape) -> dict[str, Array]:
    """The states that the iteration began with, by the names under which they are carried on."""
    steps = tape.steps[: tape.backward_start]
    given = [np.asarray(step.value) for step in steps if step.role is Role.STATE and step.operation is None]
    return dict(zip(tape.final_states, given, strict=True)) if len(given) == len(tape.final_states) else {}
