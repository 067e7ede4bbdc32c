"""Random configurations of the recursive net: trees, settings, parameters; the same for the engine and its oracle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.task import Batch

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]
NOTHING = -1
CLASSES = 3


@dataclass(frozen=True)
class Limits:
    """Largest sizes of a configuration."""

    hidden: int
    words: int
    vocabulary: int


@dataclass(frozen=True)
class Configuration:
    """What is computed.

    Attributes:
        hidden, activation, bias: settings of the lesson.
        parameters: W_embed (V, H), W (2H, H), W_y (H, 3) and, with biases, b (1, H), b_y (1, 3); never constant.
        nodes: (4, T): word, left and right part, class of each node in post-order; -1 for none.
    """

    hidden: int
    activation: str
    bias: bool
    parameters: dict[str, Numbers]
    nodes: Ids

    @property
    def settings(self) -> dict[str, bool | int | float | str]:
        """Values of the lesson's settings."""
        return {"hidden": self.hidden, "activation": self.activation, "bias": self.bias}

    def batch(self) -> Batch:
        """The trees as the engine takes them."""
        x, left, right, d = self.nodes[:, :, np.newaxis]
        return Batch({"x": x, "left": left, "right": right}, {"d": d})


def random_configuration(random: np.random.Generator, limits: Limits) -> Configuration:
    """A configuration with everything in it drawn at random; now and then two trees."""
    hidden, vocabulary = int(random.integers(1, limits.hidden + 1)), int(random.integers(2, limits.vocabulary + 1))
    activation = str(random.choice(("tanh", "tanh", "sigmoid", "relu", "identity")))
    bias = bool(random.integers(2))
    rows: list[tuple[int, int, int]] = []
    roots = []
    for _ in range(int(random.choice((1, 1, 2)))):
        roots.append(_grow(rows, int(random.integers(1, limits.words + 1)), vocabulary, random))
    classes = random.integers(CLASSES, size=len(rows))
    asked = {
        "all": np.ones(len(rows), bool),
        "some": random.random(len(rows)) < 0.6,
        "root": np.isin(np.arange(len(rows)), roots),
    }[str(random.choice(("all", "some", "root")))]
    asked[roots[-1]] = True
    nodes = np.array(rows, np.int64).T
    parameters = {
        "W_embed": random.standard_normal((vocabulary, hidden)),
        "W": random.standard_normal((2 * hidden, hidden)) * hidden**-0.5,
        "W_y": random.standard_normal((hidden, CLASSES)),
    }
    if bias:
        parameters |= {"b": random.standard_normal((1, hidden)), "b_y": random.standard_normal((1, CLASSES))}
    return Configuration(
        hidden, activation, bias, parameters, np.vstack([nodes, np.where(asked, classes, NOTHING)])
    )


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
