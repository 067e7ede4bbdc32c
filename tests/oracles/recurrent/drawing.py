"""Random configurations, family by family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.settings import Value
from engine.task import Answer
from tests.oracles.recurrent.configuration import Configuration

Random = np.random.Generator
Draw = Callable[[Random], dict[str, Value]]


@dataclass(frozen=True)
class Limits:
    """Largest sizes."""

    hidden: int
    length: int
    batch: int
    width: int


def _choice(random: Random, *choices: str) -> str:
    return choices[int(random.integers(len(choices)))]


def _switch(random: Random, probability: float = 0.5) -> bool:
    return bool(random.random() < probability)


def _activation(random: Random) -> str:
    return _choice(random, "tanh", "relu", "sigmoid", "identity")


def _lstm(random: Random) -> dict[str, Value]:
    return {"forget_gate": _switch(random, 0.85)}


CELLS: dict[str, Draw] = {
    "rnn": lambda random: {"activation": _activation(random)},
    "lstm": _lstm,
    "lstm_merged": _lstm,
    "gru": lambda random: {
        "gru_update": _choice(random, "z-keeps-old", "z-takes-new"),
        "gru_reset": _choice(random, "before-product", "after-product"),
    },
    "peephole_lstm": lambda random: {
        **_lstm(random),
        "peephole": _choice(random, "full", "diagonal", "hadamard", "hadamard"),
        "peephole_candidate": _switch(random, 0.3),
    },
    "leaky": lambda random: {"activation": _activation(random), "tau": round(1 + 9 * float(random.random()), 2)},
    "skip_rnn": lambda random: {"activation": _activation(random), "skip": int(random.integers(2, 5))},
    "cec": lambda random: {"activation": _activation(random)},
}
"""What is drawn for each cell beside what all have."""

VECTOR_TO_SEQUENCE = "vector_to_sequence"
FAMILIES = (*CELLS, VECTOR_TO_SEQUENCE)


def random_configuration(random: Random, family: str, limits: Limits) -> Configuration:
    """A configuration of a family, everything in it drawn at random."""
    cell = _choice(random, *CELLS) if family == VECTOR_TO_SEQUENCE else family
    length, batch = int(random.integers(1, limits.length + 1)), int(random.integers(1, limits.batch + 1))
    answer = _choice(random, *Answer)
    values: dict[str, Value] = {
        "cell": cell,
        "hidden": int(random.integers(1, limits.hidden + 1)),
        "layers": _layers(random),
        "bias": _switch(random, 0.65),
        **CELLS[cell](random),
    }
    lengths = tuple(int(one) for one in random.integers(1, length + 1, batch)) if _switch(random) else None
    at_end = vocabulary = False
    if family == VECTOR_TO_SEQUENCE:
        values["feedback"] = _choice(random, "output", "output", "output-cut", "nothing")
    else:
        values["bidirectional"] = _switch(random, 0.4)
        values["truncation"] = int(random.integers(1, 4)) if _switch(random, 0.25) else 0
        at_end, vocabulary = _switch(random, 0.3), _switch(random, 0.3)
    if vocabulary:
        values["embedding"] = int(random.integers(1, limits.width + 1))
        values["time_layers"] = _switch(random)
    return Configuration(
        family,
        VECTOR_TO_SEQUENCE if family == VECTOR_TO_SEQUENCE else "recurrent",
        values,
        seed=int(random.integers(2**31)),
        inputs=int(random.integers(2, limits.width + 2)),
        outputs=int(random.integers(2, limits.width + 2)) if answer == Answer.CLASSES else int(random.integers(1, 4)),
        length=length,
        batch=batch,
        answer=answer,
        at_end=at_end,
        vocabulary=vocabulary,
        lengths=lengths,
        starts=_switch(random),
    )


def _layers(random: Random) -> int:
    return (1, 1, 1, 2, 2, 3, 3)[int(random.integers(7))]
