"""Small recurrent networks to be recorded: any cell, and data that are given."""

from typing import Any

from engine.cell import CELLS
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Tensor
from engine.training.run import Run
from tests.made_lesson import made_lesson

ALL_CELLS = tuple(CELLS)


def network(model: str = "recurrent", /, **values: Any) -> tuple[Lesson, Settings]:
    """Binary addition with three bits, three hidden units and two sequences, and ``values`` over that."""
    lesson = made_lesson(model, "binary_addition", {"bits": 3, "hidden": 3, "batch": 2, "init": "xavier", **values})
    return lesson, lesson.settings


def tape_of(model: str = "recurrent", /, **values: Any) -> Tape:
    """The first iteration of such a network, recorded."""
    return Run(*network(model, **values)).tape(0)


def entry(tape: Tape, symbol: str, path: str) -> Tensor:
    """The forward entry with a symbol in the scope of that path."""
    (found,) = (
        step for step in tape.steps[: tape.backward_start] if step.symbol == symbol and step.scope.path == path
    )
    return found
