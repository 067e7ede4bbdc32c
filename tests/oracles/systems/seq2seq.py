"""Encoder, decoder and attention: any cell, every score, the context where Luong and where Bahdanau let it enter."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from engine.attention import NONE, SCORES
from engine.models.seq2seq import CELL, READ_OUT
from engine.scope import ScopeKind
from engine.settings import Value
from engine.teacher import CHANCE
from engine.tensor import Tensor as Entry
from tests.oracles.recurrent.drawing import CELLS
from tests.oracles.systems.case import Case
from tests.oracles.systems.system import Is, System, symbol

_MOST = {True: (4, 4, 3, 5), False: (10, 8, 5, 12)}
"""By whether it is to be small: units, steps, rows, and symbols of a vocabulary."""
_LARGEST_WEIGHT = {"cec": 0.6, "skip_rnn": 0.9}
"""Of a unit with one input: what adds up over time must not saturate what comes after it."""


def _draw(random: np.random.Generator, family: str, small: bool, context_into: str = READ_OUT) -> Case:
    """A case of a score, everything else in it drawn at random; padding lies behind or, as of reversed sources, in
    front.
    """
    units, steps, rows, symbols = _MOST[small]

    def up_to(most: int, least: int = 1) -> int:
        return int(random.integers(least, most + 1))

    cell = str(random.choice([*CELLS]))
    length, answers, batch = up_to(steps), up_to(steps), up_to(rows)
    values: dict[str, Value] = {
        "cell": cell,
        **CELLS[cell](random),
        "hidden": up_to(units),
        "layers": int(random.choice((1, 1, 2))),
        "bias": bool(random.random() < 0.7),
        "bidirectional": bool(random.random() < 0.5),
        "embedding": up_to(units),
        "thought": str(random.choice(("all", "all", "hidden"))),
        "peeky": bool(random.random() < 0.4),
        "attention": family,
        "context_into": context_into,
        "teacher_forcing": str(random.choice(("on", "off", "probability"))),
        "forcing_probability": round(float(random.random()), 2),
    }
    inputs, classes = up_to(symbols, 2), up_to(symbols, 2)
    x, d = random.integers(0, inputs, (length, batch)), random.integers(-1, classes, (answers, batch))
    mask = None
    if random.random() < 0.5:
        mask = (np.arange(length)[:, np.newaxis] < random.integers(1, length + 1, batch)).astype(np.float64)
        mask = mask[:: int(random.choice((1, -1)))].copy()
        x = np.where(mask > 0, x, -1)
    sizes: dict[str, Any] = {
        "inputs": inputs, "outputs": classes, "length": length + answers, "answer": "classes", "vocabulary": True,
        "start": classes - 1,
    }  # fmt: skip
    return Case(
        "seq2seq", family, values, sizes, int(random.integers(2**31)), {"x": x}, {"d": d},
        {CHANCE: random.random((batch, answers)).round(2)}, mask, _LARGEST_WEIGHT.get(cell, 1.5),
    )  # fmt: skip


def _loss(*arguments: Any) -> Any:
    from tests.oracles.systems.torch_seq2seq import seq2seq_loss

    return seq2seq_loss(*arguments)


def _outside_cells(name: str) -> Is:
    def is_one(entry: Entry) -> bool:
        return symbol(name)(entry) and entry.scope.enclosing(ScopeKind.CELL) is None

    return is_one


_DECODER = {name: _outside_cells(name) for name in ("v", "y")}
_ATTENTION = {name: _outside_cells(name) for name in ("hs", "a", "ctx")}

SYSTEMS = (
    System("seq2seq", SCORES, _draw, _loss, _DECODER | _ATTENTION),
    System(
        "seq2seq_into_cell", tuple(score for score in SCORES if score != NONE), partial(_draw, context_into=CELL),
        _loss, _DECODER | _ATTENTION,
    ),
)  # fmt: skip
