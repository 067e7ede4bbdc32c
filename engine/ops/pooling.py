"""Max pooling over images ``(N, C, H, W)``, and its adjoints, which look up the places of the maxima again.

``size`` and ``stride`` are a number or a pair (vertical, horizontal); the stride is the size where none is given. Of
several equal maxima the first one counts, row by row.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from engine.operation import Recorded, register
from engine.ops.arithmetic import scale
from engine.ops.convolution import Pair, output_size, pair
from engine.tensor import Array


def _windows(a: Array, size: Pair, stride: Pair) -> Array:
    """The numbers that each place of the output is the maximum of: ``(N, C, OH, OW, size)``."""
    (high, wide), (down, across) = pair(size), pair(stride or size)
    output_size(a.shape[2], high), output_size(a.shape[3], wide)
    seen = sliding_window_view(a, (high, wide), axis=(2, 3))[:, :, ::down, ::across]
    return seen.reshape(*seen.shape[:4], high * wide)


def _places(a: Array, size: Pair, stride: Pair) -> tuple[Array, ...]:
    """The index of every maximum into the image, as four arrays ``(N, C, OH, OW)``."""
    wide, (down, across) = pair(size)[1], pair(stride or size)
    best = np.argmax(_windows(a, size, stride), axis=-1)
    image, channel, row, column = np.indices(best.shape)
    return image, channel, row * down + best // wide, column * across + best % wide


def _max_pool2d(a: Array, size: Pair, stride: Pair = 0) -> Array:
    made: Array = np.max(_windows(a, size, stride), axis=-1)
    return made


max_pool2d: Recorded = register(
    "max_pool2d",
    _max_pool2d,
    (lambda g, out, a, size, stride=0: max_unpool2d(g, a, size=size, stride=stride),),
    symbol="max",
    formula=r"{out} = \mathrm{{maxpool}}({a})",
    gradient_formulas=(r"\mathrm{{unpool}}({g}, {a})",),
)


def _max_unpool2d(values: Array, a: Array, size: Pair, stride: Pair = 0) -> Array:
    made = np.zeros(a.shape, dtype=values.dtype)
    np.add.at(made, _places(a, size, stride), values)
    return made


max_unpool2d: Recorded = register(
    "max_unpool2d",
    _max_unpool2d,
    (
        lambda g, out, values, a, size, stride=0: at_maxima(g, a, size=size, stride=stride),
        lambda g, out, values, a, size, stride=0: scale(a, factor=0.0),
    ),
    attributes=True,
    symbol="unpool",
    formula=r"{out} = \mathrm{{unpool}}({a}, {b})",
    gradient_formulas=(r"{g}[\mathrm{{argmax}} {b}]", "0"),
)


def _at_maxima(values: Array, a: Array, size: Pair, stride: Pair = 0) -> Array:
    taken: Array = values[_places(a, size, stride)]
    return taken


at_maxima: Recorded = register(
    "at_maxima",
    _at_maxima,
    (
        lambda g, out, values, a, size, stride=0: max_unpool2d(g, a, size=size, stride=stride),
        lambda g, out, values, a, size, stride=0: scale(a, factor=0.0),
    ),
    attributes=True,
    symbol="[max]",
    formula=r"{out} = {a}[\mathrm{{argmax}} {b}]",
    gradient_formulas=(r"\mathrm{{unpool}}({g}, {b})", "0"),
)
