"""The recursive net over trees of any shape, one or two of them, with classes asked for at any nodes."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.ops.activations import ACTIVATIONS
from engine.ops.lookups import NOTHING
from engine.settings import Value
from tests.oracles.systems.case import Case
from tests.oracles.systems.system import System, symbol

CLASSES = 3
_MOST = {True: (4, 5, 5), False: (24, 16, 30)}
"""By whether it is to be small: units, words of a tree, and words there are."""


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    """A case of an activation function; now and then two trees."""
    units, words, vocabulary = _MOST[small]
    vocabulary = int(random.integers(2, vocabulary + 1))
    rows: list[tuple[int, int, int]] = []
    trees = int(random.choice((1, 1, 2)))
    roots = [_grow(rows, int(random.integers(1, words + 1)), vocabulary, random) for _ in range(trees)]
    asked = {
        "all": np.ones(len(rows), bool),
        "some": random.random(len(rows)) < 0.6,
        "root": np.isin(np.arange(len(rows)), roots),
    }[str(random.choice(("all", "some", "root")))]
    asked[roots[-1]] = True
    x, left, right = np.array(rows, np.int64).T[:, :, np.newaxis]
    d = np.where(asked, random.integers(CLASSES, size=len(rows)), NOTHING)[:, np.newaxis]
    values: dict[str, Value] = {
        "hidden": int(random.integers(1, units + 1)), "activation": family, "bias": bool(random.integers(2)),
    }  # fmt: skip
    sizes: dict[str, Any] = {
        "inputs": vocabulary, "outputs": CLASSES, "length": len(rows), "answer": "classes", "vocabulary": True
    }  # fmt: skip
    return Case(
        "recursive_net", family, values, sizes, int(random.integers(2**31)), {"x": x, "left": left, "right": right},
        {"d": d},
    )  # fmt: skip


def _grow(rows: list[tuple[int, int, int]], words: int, vocabulary: int, random: np.random.Generator) -> int:
    """Add a random tree of so many words in post-order; returns its root."""
    if words == 1:
        rows.append((int(random.integers(vocabulary)), NOTHING, NOTHING))
        return len(rows) - 1
    at_left = int(random.integers(1, words))
    left = _grow(rows, at_left, vocabulary, random)
    right = _grow(rows, words - at_left, vocabulary, random)
    rows.append((NOTHING, left, right))
    return len(rows) - 1


def _loss(*arguments: Any) -> Any:
    from tests.oracles.systems.torch_recursive_net import recursive_loss

    return recursive_loss(*arguments)


SYSTEM = System(
    "recursive_net", tuple(ACTIVATIONS), _draw, _loss, {name: symbol(name) for name in ("h", "u", "v", "y", "L")}
)
