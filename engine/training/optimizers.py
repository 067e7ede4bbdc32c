"""Optimizers: each records the new value of a parameter in operations, so that the update can be stepped.

Formulas as in the course (see the README's sources); ``eta`` is the learning rate.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.ops.arithmetic import divide, scale, shift, square, square_root, subtract
from engine.settings import Setting, SettingKind
from engine.tensor import Tensor, variable

Memory = dict[str, Tensor]
Update = Callable[[Tensor, Tensor, Memory, float, int], tuple[Tensor, Memory]]
"""``update(parameter, gradient, memory, learning_rate, iteration)`` → new value and new memory."""

_TINY = 1e-7
_MOMENTUM = 0.9
_DECAY = 0.99
_BETA_1, _BETA_2 = 0.9, 0.999


@dataclass(frozen=True, slots=True)
class Optimizer:
    """An optimizer.

    Attributes:
        memory: symbols of what it keeps for every parameter, each shaped like it and zero at first.
        update: see ``Update``.
    """

    memory: tuple[str, ...]
    update: Update


def _sgd(W: Tensor, g: Tensor, memory: Memory, eta: float, iteration: int) -> tuple[Tensor, Memory]:
    return subtract(W, scale(g, factor=eta)), {}


def _momentum(W: Tensor, g: Tensor, memory: Memory, eta: float, iteration: int) -> tuple[Tensor, Memory]:
    v = variable("v", subtract(scale(memory["v"], factor=_MOMENTUM), scale(g, factor=eta)))
    return W + v, {"v": v}


def _adagrad(W: Tensor, g: Tensor, memory: Memory, eta: float, iteration: int) -> tuple[Tensor, Memory]:
    h = variable("h", memory["h"] + square(g))
    return W - divide(scale(g, factor=eta), shift(square_root(h), by=_TINY)), {"h": h}


def _rmsprop(W: Tensor, g: Tensor, memory: Memory, eta: float, iteration: int) -> tuple[Tensor, Memory]:
    h = variable("h", scale(memory["h"], factor=_DECAY) + scale(square(g), factor=1.0 - _DECAY))
    return W - divide(scale(g, factor=eta), shift(square_root(h), by=_TINY)), {"h": h}


def _adam(W: Tensor, g: Tensor, memory: Memory, eta: float, iteration: int) -> tuple[Tensor, Memory]:
    count = iteration + 1
    rate = eta * math.sqrt(1.0 - _BETA_2**count) / (1.0 - _BETA_1**count)
    m = variable("m", memory["m"] + scale(g - memory["m"], factor=1.0 - _BETA_1))
    v = variable("v", memory["v"] + scale(square(g) - memory["v"], factor=1.0 - _BETA_2))
    return W - divide(scale(m, factor=rate), shift(square_root(v), by=_TINY)), {"m": m, "v": v}


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer((), _sgd),
    "momentum": Optimizer(("v",), _momentum),
    "adagrad": Optimizer(("h",), _adagrad),
    "rmsprop": Optimizer(("h",), _rmsprop),
    "adam": Optimizer(("m", "v"), _adam),
}

SETTINGS = (
    Setting("learning_rate", SettingKind.NUMBER, 0.1, "Learning rate.", 0.0, 1e12),
    Setting("optimizer", SettingKind.CHOICE, "sgd", "Optimisation method.", choices=tuple(OPTIMIZERS)),
)
