"""Random dialogues of any cell: what the oracles of HRED and VHRED draw."""

from __future__ import annotations

import numpy as np

from engine.settings import Value
from tests.oracles.recurrent.drawing import CELLS
from tests.oracles.systems.case import Case

FAMILIES = ("all", "last")
"""What the context RNN remembers."""
_MOST = {True: (3, 3, 3, 4), False: (12, 5, 6, 12)}
"""By whether it is to be small: units, utterances, words of one, and rows and words there are."""
_LARGEST_WEIGHT = {"cec": 0.6, "skip_rnn": 0.7}
"""Of a unit with one input: what adds up over time must not grow so large that only its rounding is left."""


def draw_dialogues(random: np.random.Generator, family: str, small: bool, model: str) -> Case:
    """A case of a model, everything in it but what it remembers drawn at random."""
    units, utterances, length, many = _MOST[small]

    def up_to(most: int, least: int = 1) -> int:
        return int(random.integers(least, most + 1))

    cell = str(random.choice([*CELLS]))
    values: dict[str, Value] = {
        "cell": cell,
        **CELLS[cell](random),
        "hidden": up_to(units),
        "context": up_to(units),
        "embedding": up_to(units),
        "layers": int(random.choice((1, 1, 2))),
        "bias": bool(random.random() < 0.7),
        "history": family,
        "peeky": bool(random.random() < 0.5),
        "teacher_forcing": str(random.choice(("on", "off", "probability"))),
        "forcing_probability": round(float(random.random()), 2),
        "seed": up_to(1000),
    }
    if model == "vhred":
        values |= {"latent": up_to(units), "kl_weight": round(2 * float(random.random()), 2)}
    words = _words(random, up_to(utterances, 2), up_to(length), up_to(many), up_to(many, 2))
    symbols, places = int(words.max()) + 2, words.shape[2]
    x = words.reshape(len(words), -1).T.copy()
    mask = (x >= 0).astype(np.float64)
    sizes = {
        "inputs": symbols, "outputs": symbols, "length": 2 * len(x) - places, "answer": "classes", "vocabulary": True,
        "start": symbols - 1,
    }  # fmt: skip
    chance = random.random((len(words), len(x) - places)).round(2)
    return Case(
        model, family, values, sizes, int(random.integers(2**31)), {"x": x}, {"d": x[places:]}, {"chance": chance},
        None if mask.all() else mask, _LARGEST_WEIGHT.get(cell, 1.0),
    )  # fmt: skip


def _words(random: np.random.Generator, utterances: int, length: int, rows: int, symbols: int) -> np.ndarray:
    """(N, M, L); rows end early, in utterances and in words, as they like, but for the first row."""
    words = random.integers(0, symbols, (rows, utterances, length))
    ragged = random.random() < 0.7
    for row in words[1:] if ragged else ():
        row[int(random.integers(1, utterances + 1)) :] = -1
        for utterance in row:
            utterance[int(random.integers(1, length + 1)) :] = -1
    return words
