"""Small recurrent networks to be recorded: any cell, and data that are given."""

from typing import Any

from engine.cell import CELLS
from engine.lesson import RUN_SETTINGS, Lesson
from engine.model import MODELS
from engine.settings import Settings, declared
from engine.tape import Tape
from engine.task import TASKS
from engine.tensor import Tensor
from engine.training import clipping, initializers, optimizers
from engine.training.run import Run

ALL_CELLS = tuple(CELLS)


def network(model: str = "recurrent", /, **values: Any) -> tuple[Lesson, Settings]:
    """Binary addition with three bits, three hidden units and two sequences, and ``values`` over that."""
    task = TASKS["binary_addition"]
    groups = (initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS)
    table = declared(MODELS[model].settings, task.settings, *groups)
    settings = Settings(table, {"bits": 3, "hidden": 3, "batch": 2, "init": "xavier", **values})
    texts = {"en": ""}
    return Lesson("cells", texts, texts, texts, MODELS[model], task, (), settings, "", 1), settings


def tape_of(model: str = "recurrent", /, **values: Any) -> Tape:
    """The first iteration of such a network, recorded."""
    return Run(*network(model, **values)).tape(0)


def entry(tape: Tape, symbol: str, path: str) -> Tensor:
    """The forward entry with a symbol in the scope of that path."""
    (found,) = (
        step for step in tape.steps[: tape.backward_start] if step.symbol == symbol and step.scope.path == path
    )
    return found
