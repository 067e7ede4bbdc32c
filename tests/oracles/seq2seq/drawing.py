"""Random configurations, family by family."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.attention import NONE, SCORES
from engine.models.seq2seq import CELL, READ_OUT
from engine.settings import Value
from tests.oracles.recurrent.drawing import CELLS
from tests.oracles.seq2seq.configuration import Configuration

INTO_THE_CELL = ", into the cell"
FAMILIES = (*SCORES, *(f"{score}{INTO_THE_CELL}" for score in SCORES if score != NONE))
"""A score of the attention, and where its context enters."""


@dataclass(frozen=True)
class Limits:
    """Largest sizes."""

    hidden: int
    length: int
    batch: int
    symbols: int


def random_configuration(random: np.random.Generator, family: str, limits: Limits) -> Configuration:
    """A configuration of a family, everything else in it drawn at random."""

    def up_to(most: int, least: int = 1) -> int:
        return int(random.integers(least, most + 1))

    cell = str(random.choice([*CELLS]))
    length, batch = up_to(limits.length), up_to(limits.batch)
    values: dict[str, Value] = {
        "cell": cell,
        **CELLS[cell](random),
        "hidden": up_to(limits.hidden),
        "layers": int(random.choice((1, 1, 2))),
        "bias": bool(random.random() < 0.7),
        "bidirectional": bool(random.random() < 0.5),
        "embedding": up_to(limits.hidden),
        "thought": str(random.choice(("all", "all", "hidden"))),
        "peeky": bool(random.random() < 0.4),
        "attention": family.removesuffix(INTO_THE_CELL),
        "context_into": CELL if family.endswith(INTO_THE_CELL) else READ_OUT,
        "teacher_forcing": str(random.choice(("on", "off", "probability"))),
        "forcing_probability": round(float(random.random()), 2),
    }
    masked = bool(random.random() < 0.5)
    return Configuration(
        family,
        values,
        seed=int(random.integers(2**31)),
        symbols=up_to(limits.symbols, 2),
        classes=up_to(limits.symbols, 2),
        length=length,
        answers=up_to(limits.length),
        batch=batch,
        lengths=tuple(up_to(length) for _ in range(batch)) if masked else None,
        padded_in_front=bool(random.random() < 0.5),
    )
