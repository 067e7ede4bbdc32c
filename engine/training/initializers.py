"""Initial values of parameters."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.cancellation import heed
from engine.model import Parameters, ParameterSpec
from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Array
from engine.training.largest_eigenvalue import largest_eigenvalue

Deviation = Callable[[ParameterSpec, Settings], float]

INITIALIZERS: dict[str, Deviation] = {
    "normal": lambda spec, settings: settings.number("weight_std"),
    "xavier": lambda spec, settings: 1.0 / math.sqrt(spec.fan_in),
    "he": lambda spec, settings: math.sqrt(2.0 / spec.fan_in),
    "identity": lambda spec, settings: settings.number("weight_std"),
    "np-rnn": lambda spec, settings: _np_rnn_gain(spec) / math.sqrt(max(spec.shape)),
}
"""Standard deviation of a weight by the name of its initialisation, as the course has them: Xavier divides by the
square root of the number of inputs, He multiplies that by the square root of two. The last two are for ReLU nets: they
set a recurrent weight to the identity (Le, Jaitly & Hinton 2015), or to a positive definite matrix whose largest
eigenvalue is 1 (Talathi & Vartak 2015)."""

SETTINGS = (
    Setting(
        "init", SettingKind.CHOICE, "normal", "How weights are initialised; biases start at zero.",
        choices=tuple(INITIALIZERS),
    ),
    Setting(
        "weight_std", SettingKind.NUMBER, 1.0,
        "Standard deviation of the weights for the initialisations “normal” and “identity”.", 0.0, 1000.0,
        only_with=("init", ("normal", "identity")),
    ),
    Setting(
        "identity_scale", SettingKind.NUMBER, 1.0,
        "What the identity that recurrent weights start at is multiplied by.", 0.0, 1000.0,
        only_with=("init", ("identity",)),
    ),
)  # fmt: skip


_DRAWN_AT_ONCE = 1 << 20
"""So many numbers, some milliseconds, are drawn between two looks at whether the work is to stop."""

_MULTIPLIED_AT_ONCE = 1000
"""Rows of a matrix up to which it is multiplied in one piece."""


def initial_parameters(specs: tuple[ParameterSpec, ...], settings: Settings) -> Parameters:
    """Draw all parameters, each from a stream of its own, so that adding one leaves the others as they were.

    Raises:
        Cancelled: the work was asked to stop.
    """
    dtype = np.dtype(settings.text("dtype"))
    return {spec.name: _initial(spec, settings).astype(dtype, copy=False) for spec in specs}


def _initial(spec: ParameterSpec, settings: Settings) -> Array:
    heed()
    if spec.parts:
        return np.concatenate([_initial(part, settings) for part in spec.parts], axis=-1)
    if not spec.fan_in:
        return np.full(spec.shape, spec.offset)
    random = generator(settings.integer("seed"), f"parameter {spec.name}")
    if spec.std is not None:
        return _normal(random, spec.shape, spec.std)
    init = settings.text("init")
    if spec.recurrent and init == "identity":
        return np.eye(spec.shape[0]) * settings.number("identity_scale")
    if spec.recurrent and init == "np-rnn":
        return _normalized_positive_definite(_normal(random, spec.shape, 1.0))
    return _normal(random, spec.shape, INITIALIZERS[init](spec, settings))


def _normal(random: np.random.Generator, shape: tuple[int, ...], std: float) -> Array:
    """``random.standard_normal(shape) * std``, bit for bit, that can be stopped on the way."""
    drawn = np.empty(math.prod(shape))
    for start in range(0, drawn.size, _DRAWN_AT_ONCE):
        heed()
        piece = drawn[start : start + _DRAWN_AT_ONCE]
        random.standard_normal(out=piece)
        piece *= std
    return drawn.reshape(shape)


def _normalized_positive_definite(drawn: Array) -> Array:
    """(A + I) / λ_max with A = RᵀR / N (Talathi & Vartak 2015, arXiv 1511.03771)."""
    size = drawn.shape[0]
    if size <= _MULTIPLIED_AT_ONCE:
        matrix = drawn.T @ drawn
    else:
        matrix = np.empty_like(drawn)
        for start in range(0, size, _MULTIPLIED_AT_ONCE // 10):
            heed()
            piece = slice(start, start + _MULTIPLIED_AT_ONCE // 10)
            matrix[piece] = drawn[:, piece].T @ drawn
    matrix = matrix / size + np.eye(size)
    normalized: Array = matrix / largest_eigenvalue(matrix)
    return normalized


def _np_rnn_gain(spec: ParameterSpec) -> float:
    """√2·exp(1.2 / (max(N, 6) − 2.4)) for N hidden units, of the same paper."""
    return math.sqrt(2.0) * math.exp(1.2 / (max(*spec.shape, 6) - 2.4))
