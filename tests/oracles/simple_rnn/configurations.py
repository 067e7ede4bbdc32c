"""Random configurations of the simple RNN, the same for the engine and for its oracle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Largest sizes of a configuration."""

    hidden: int
    length: int
    batch: int


@dataclass(frozen=True)
class Configuration:
    """What is computed: settings of the lesson, parameters, and data that need not be bits.

    Attributes:
        settings: values of the lesson's settings.
        parameters: W_in (D, H), W_out (H, 1), W (H, H) and, with biases, b (1, H), c (1, 1); never constant.
        x: inputs (T, N, D). d: targets (T, N, 1).
    """

    settings: dict[str, bool | int | float | str]
    parameters: dict[str, Numbers]
    x: Numbers
    d: Numbers


_INPUTS = 2


def random_configuration(random: np.random.Generator, limits: Limits) -> Configuration:
    """A configuration with everything in it drawn at random."""
    hidden, length = int(random.integers(1, limits.hidden + 1)), int(random.integers(2, limits.length + 1))
    batch, bias = int(random.integers(1, limits.batch + 1)), bool(random.integers(2))
    activation = str(random.choice(("sigmoid", "tanh", "relu", "identity")))
    init = str(random.choice(("normal", "xavier", "he")))
    settings: dict[str, bool | int | float | str] = {
        "hidden": hidden,
        "bits": length,
        "batch": batch,
        "bias": bias,
        "activation": activation,
        "init": init,
        "truncation": int(random.choice((0, 1, 2, 3, length - 1, length))),
        "delta_out": str(random.choice(("exact", "exact", "exact", "course"))),
    }
    deviations = {"normal": (1.0, 1.0), "xavier": (_INPUTS**-0.5, hidden**-0.5)}
    deviations["he"] = tuple(np.sqrt(2) * np.array(deviations["xavier"]))
    wide, narrow = deviations[init]
    if activation in ("relu", "identity"):
        narrow = min(narrow, 0.8 * hidden**-0.5)
    # With a spectral radius far above 1 a tanh network is chaotic: rounding in the first step grows to 1e-10 in twenty.
    narrow = min(narrow, 3 * hidden**-0.5)
    parameters = {
        "W_in": random.standard_normal((_INPUTS, hidden)) * wide,
        # A saturated output would leave nothing to compare: 1 − y would be rounding noise in both programs.
        "W_out": random.standard_normal((hidden, 1)) * min(narrow, hidden**-0.5),
        "W": random.standard_normal((hidden, hidden)) * narrow,
    }
    if bias:
        parameters |= {"b": random.standard_normal((1, hidden)), "c": random.standard_normal((1, 1))}
    x, d = random.standard_normal((length, batch, _INPUTS)), random.random((length, batch, 1))
    return Configuration(settings, parameters, x, d)
