"""The Transformer, four ways: by hand with every value, and with PyTorch's attention, layers and whole model.

Without a teacher PyTorch computes every step anew over the whole answer so far, and keeps no keys and values.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from engine.settings import Value
from engine.tensor import Tensor as Entry
from engine.transformer.sublayer import NORM_PLACES
from tests.oracles.systems.case import Case
from tests.oracles.systems.system import System, symbol

ATTENTION, ENCODER, DECODER, WHOLE = "multi-head attention", "encoder layers", "decoder layers", "whole model"
INSIDE = "h inside"
"""Every h but those that layers pass on."""


def _draw(random: np.random.Generator, family: str, small: bool, forcing: str = "on") -> Case:
    """Sizes, settings and data at random; about half of the cases have padding, in front or behind.

    Weights are so small that no softmax saturates. There are always two keys at least: with one there is no choice,
    and the gradient of its query is rounding alone.
    """
    most = 3 if small else 9
    heads = int(random.choice((1, 2, 4) if small else (1, 2, 3, 8)))
    # Of fewer than three numbers nothing is left when they are normalised.
    width = heads * int(random.integers(-(-(3 if small else 8) // heads), (4 if small else 24) // heads + 1))
    symbols, length, answers, batch = (int(random.integers(*range_)) for range_ in (
        (2, most + 2), (2, most + 1), (2, most + 1), (1, 3 if small else 5)
    ))  # fmt: skip
    values: dict[str, Value] = {
        "layers": int(random.choice((1, 1, 1, 2) if small else (1, 2, 3))),
        "width": width,
        "heads": heads,
        "feed_forward": int(random.integers(1, 5 if small else 33)),
        "layer_norm": family if family in NORM_PLACES else str(random.choice(NORM_PLACES)),
        "bias": bool(random.random() < 0.5),
        "teacher_forcing": forcing,
    }
    classes = int(random.integers(2, most + 2))
    sizes: dict[str, Any] = {
        "inputs": symbols, "outputs": classes, "length": length + answers, "answer": "classes", "vocabulary": True,
        "start": int(random.integers(classes)),
    }  # fmt: skip
    x, d = random.integers(0, symbols, (length, batch)), random.integers(0, classes, (answers, batch))
    mask = None
    if random.random() < 0.5:
        mask = (np.arange(length)[:, np.newaxis] < random.integers(2, length + 1, batch)).astype(np.float64)
        mask = mask[:: int(random.choice((1, -1)))].copy()
        x = np.where(mask > 0, x, -1)
        d = np.where(np.arange(answers)[:, np.newaxis] < random.integers(2, answers + 1, batch), d, -1)
    return Case(
        "transformer", family, values, sizes, int(random.integers(2**31)), {"x": x}, {"d": d}, mask=mask,
        most=0.8,
    )  # fmt: skip


def _loss(weights: Any, case: Case, keep: Any) -> Any:
    from tests.oracles.systems.torch_transformer import ByHand

    return ByHand(weights, case, keep).loss()


def _loss_of_answers(weights: Any, case: Case, keep: Any) -> Any:
    """Nothing is told but answers: where steps are computed anew, other values have other gradients."""
    return _loss(weights, case, lambda name, value: keep(name, value) if name in _ANSWERS else value)


def _loss_of_modules(weights: Any, case: Case, keep: Any) -> Any:
    from tests.oracles.systems.torch_transformer_modules import with_modules

    return with_modules(weights, case, keep).loss()


_ANSWERS = {"v": symbol("v"), "y": symbol("y")}
_LAYERS = {"h": symbol("h", "feed forward")}


def _is_inside(entry: Entry) -> bool:
    return symbol("h")(entry) and not _LAYERS["h"](entry)


SYSTEMS = (
    System(
        "transformer", NORM_PLACES, _draw, _loss,
        {name: symbol(name) for name in ("Q", "K", "a", "ctx", "o")}
        | {INSIDE: _is_inside, **_LAYERS, **_ANSWERS},
    ),
    System("transformer_attention", (ATTENTION,), _draw, _loss_of_modules, {"o": symbol("o"), **_LAYERS, **_ANSWERS}),
    System("transformer_layers", (ENCODER, DECODER, WHOLE), _draw, _loss_of_modules, _LAYERS | _ANSWERS),
    System("transformer_free", NORM_PLACES, partial(_draw, forcing="off"), _loss_of_answers, _ANSWERS),
)  # fmt: skip
