"""Convolution over images ``(N, C, H, W)`` with filters ``(F, C, KH, KW)``, and its two adjoints.

As in the textbooks of neural networks, the filters are not turned over. ``stride``, ``padding`` (zeros on both sides)
and ``dilation`` are a number or a pair (vertical, horizontal). With ``groups``, each group of channels meets the
filters of its own group alone: filters ``(F, C/groups, KH, KW)``; depthwise where there are as many groups as channels.

The three operations are linear in each argument and each other's gradient rules. The one by the input is what is
called a transposed convolution when it is used for itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from engine.cancellation import heed
from engine.errors import OperationError
from engine.operation import Recorded, register
from engine.tensor import Array, Tensor

_SUMMED_AT_ONCE = 1 << 21
"""Numbers: the images' parts in the gradient of filters are added up at once as long as they are no more together."""

Pair = int | tuple[int, int]


def pair(of: Pair) -> tuple[int, int]:
    """A number for both directions, or one for each."""
    return of if isinstance(of, tuple) else (of, of)


def output_size(image: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """The height or width of what a convolution makes.

    Raises:
        OperationError: the filter is larger than the padded image.
    """
    reach = dilation * (kernel - 1) + 1
    if reach > image + 2 * padding:
        raise OperationError(
            "A filter of size {filter} does not fit into an image of size {image}.",
            filter=reach,
            image=image + 2 * padding,
        )
    return (image + 2 * padding - reach) // stride + 1


def _padded(x: Array, padding: Pair) -> Array:
    vertical, horizontal = pair(padding)
    if not vertical and not horizontal:
        return x
    return np.pad(x, ((0, 0), (0, 0), (vertical, vertical), (horizontal, horizontal)))


def _columns(x: Array, kernel: tuple[int, int], groups: int, stride: Pair, padding: Pair, dilation: Pair) -> Array:
    """What each place of the output sees, a column a place: ``(N, groups, C/groups · KH · KW, OH · OW)``."""
    for axis in (0, 1):
        output_size(x.shape[2 + axis], kernel[axis], pair(stride)[axis], pair(padding)[axis], pair(dilation)[axis])
    (down, across), (wide_down, wide_across) = pair(stride), pair(dilation)
    reach = (wide_down * (kernel[0] - 1) + 1, wide_across * (kernel[1] - 1) + 1)
    seen = sliding_window_view(_padded(x, padding), reach, axis=(2, 3))
    windows: Array = seen[:, :, ::down, ::across, ::wide_down, ::wide_across].transpose(0, 1, 4, 5, 2, 3)
    places = windows.shape[4] * windows.shape[5]
    return windows.reshape(len(x), groups, x.shape[1] // groups * kernel[0] * kernel[1], places)


def _convolution2d(
    x: Array, filters: Array, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1, groups: int = 1
) -> Array:
    count, _, *kernel = filters.shape
    columns = _columns(x, (kernel[0], kernel[1]), groups, stride, padding, dilation)
    made = np.matmul(filters.reshape(groups, count // groups, -1), columns)
    sizes = (
        output_size(x.shape[2 + axis], kernel[axis], pair(stride)[axis], pair(padding)[axis], pair(dilation)[axis])
        for axis in (0, 1)
    )
    shaped: Array = made.reshape(len(x), count, *sizes)
    return shaped


def _convolution2d_filters(
    x: Array, g: Array, kernel: tuple[int, int], stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1,
    groups: int = 1,
) -> Array:  # fmt: skip
    columns = _columns(x, kernel, groups, stride, padding, dilation)
    batch, count = g.shape[:2]
    left, right = g.reshape(batch, groups, count // groups, -1), np.swapaxes(columns, -1, -2)
    if batch * count * columns.shape[2] <= _SUMMED_AT_ONCE:
        made = np.sum(np.matmul(left, right), axis=0)
    else:  # image by image, in the same order: the same bits, without what all of them would take
        made = np.matmul(left[0], right[0])
        for image in range(1, batch):
            heed()
            made += np.matmul(left[image], right[image])
    shaped: Array = made.reshape(count, x.shape[1] // groups, *kernel)
    return shaped


def _whole_size(g: Array, kernel: tuple[int, int], stride: Pair, padding: Pair, dilation: Pair) -> tuple[int, ...]:
    """The smallest image that a convolution makes this output of."""
    return tuple(
        (g.shape[2 + axis] - 1) * pair(stride)[axis] + pair(dilation)[axis] * (kernel[axis] - 1) + 1
        - 2 * pair(padding)[axis]
        for axis in (0, 1)
    )  # fmt: skip


def _transposed_convolution2d(
    g: Array, filters: Array, size: tuple[int, int] | tuple[()] = (), stride: Pair = 1, padding: Pair = 0,
    dilation: Pair = 1, groups: int = 1,
) -> Array:  # fmt: skip
    count, channels, *kernel = filters.shape
    height, width = size or _whole_size(g, (kernel[0], kernel[1]), stride, padding, dilation)
    (down, across), (wide_down, wide_across), (top, left) = pair(stride), pair(dilation), pair(padding)
    batch, _, rows, columns = g.shape
    by_group = filters.reshape(groups, count // groups, -1)
    shares = np.matmul(np.swapaxes(by_group, -1, -2), g.reshape(batch, groups, count // groups, rows * columns))
    shares = shares.reshape(batch, channels * groups, *kernel, rows, columns)
    made = np.zeros((batch, channels * groups, height + 2 * top, width + 2 * left), dtype=shares.dtype)
    for row, column in np.ndindex(*kernel):
        place = made[:, :, row * wide_down :: down, column * wide_across :: across]
        place[:, :, :rows, :columns] += shares[:, :, row, column]
    return np.ascontiguousarray(made[:, :, top : top + height, left : left + width])


def _image_size(x: Tensor) -> tuple[int, int]:
    return x.shape[2], x.shape[3]


def _kernel_size(filters: Tensor) -> tuple[int, int]:
    return filters.shape[2], filters.shape[3]


convolution2d: Recorded = register(
    "convolution2d",
    _convolution2d,
    (
        lambda g, out, x, filters, **how: transposed_convolution2d(g, filters, size=_image_size(x), **how),
        lambda g, out, x, filters, **how: convolution2d_filters(x, g, kernel=_kernel_size(filters), **how),
    ),
    attributes=True,
    symbol="*",
    formula=r"{out} = {a} \ast {b}",
    gradient_formulas=(r"{g} \ast^{{\top}} {b}", r"{a} \ast {g}"),
)


def _by_filters(g: Tensor, out: Tensor, a: Tensor, filters: Tensor, size: Any = (), **how: Any) -> Tensor:
    return convolution2d_filters(g, a, kernel=_kernel_size(filters), **how)


transposed_convolution2d: Recorded = register(
    "transposed_convolution2d",
    _transposed_convolution2d,
    (lambda g, out, a, filters, size=(), **how: convolution2d(g, filters, **how), _by_filters),
    attributes=True,
    symbol="*ᵀ",
    formula=r"{out} = {a} \ast^{{\top}} {b}",
    gradient_formulas=(r"{g} \ast {b}", r"{g} \ast {a}"),
)

convolution2d_filters: Recorded = register(
    "convolution2d_filters",
    _convolution2d_filters,
    (
        lambda g, out, x, a, kernel, **how: transposed_convolution2d(a, g, size=_image_size(x), **how),
        lambda g, out, x, a, kernel, **how: convolution2d(x, g, **how),
    ),
    attributes=True,
    symbol="*",
    formula=r"{out} = {a} \ast {b}",
    gradient_formulas=(r"{b} \ast^{{\top}} {g}", r"{a} \ast {g}"),
)
