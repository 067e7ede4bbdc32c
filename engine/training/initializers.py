"""Initial values of parameters."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.model import Parameters, ParameterSpec
from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings

Deviation = Callable[[ParameterSpec, Settings], float]

INITIALIZERS: dict[str, Deviation] = {
    "normal": lambda spec, settings: settings.number("weight_std"),
    "xavier": lambda spec, settings: 1.0 / math.sqrt(spec.fan_in),
    "he": lambda spec, settings: math.sqrt(2.0 / spec.fan_in),
}
"""Standard deviation of a weight by the name of its initialisation, as the course has them: Xavier divides by the
square root of the number of inputs, He multiplies that by the square root of two."""

SETTINGS = (
    Setting(
        "init", SettingKind.CHOICE, "normal", "How weights are initialised; biases start at zero.",
        choices=tuple(INITIALIZERS),
    ),
    Setting(
        "weight_std", SettingKind.NUMBER, 1.0, "Standard deviation of the weights for the initialisation “normal”.",
        0.0, 1000.0,
    ),
)  # fmt: skip


def initial_parameters(specs: tuple[ParameterSpec, ...], settings: Settings) -> Parameters:
    """Draw all parameters, each from a stream of its own, so that adding one leaves the others as they were."""
    deviation = INITIALIZERS[settings.text("init")]
    dtype = np.dtype(settings.text("dtype"))
    made: Parameters = {}
    for spec in specs:
        if not spec.fan_in:
            made[spec.name] = np.zeros(spec.shape, dtype=dtype)
            continue
        random = generator(settings.integer("seed"), f"parameter {spec.name}")
        made[spec.name] = (random.standard_normal(spec.shape) * deviation(spec, settings)).astype(dtype)
    return made
