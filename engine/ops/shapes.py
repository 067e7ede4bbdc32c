"""Operations that move numbers and change none."""

from __future__ import annotations

import numpy as np

from engine.operation import EACH, Recorded, register
from engine.tensor import Array, Tensor

transpose: Recorded = register(
    "transpose",
    lambda a: a.T,
    (lambda g, out, a: transpose(g),),
    symbol="ᵀ",
    formula=r"{out} = {a}^{{\top}}",
    gradient_formulas=(r"{g}^{{\top}}",),
)


def _sum_to(a: Array, shape: tuple[int, ...]) -> Array:
    extra = np.ndim(a) - len(shape)
    axes = tuple(range(extra)) + tuple(
        axis + extra for axis, size in enumerate(shape) if size == 1 and np.shape(a)[axis + extra] != 1
    )
    summed: Array = np.sum(a, axis=axes).reshape(shape)
    return summed


sum_to: Recorded = register(
    "sum_to",
    _sum_to,
    (lambda g, out, a, shape: broadcast_to(g, shape=a.shape),),
    symbol="Σ",
    formula=r"{out} = \sum {a}",
    gradient_formulas=(r"{g}",),
)

broadcast_to: Recorded = register(
    "broadcast_to",
    lambda a, shape: np.broadcast_to(a, shape),
    (lambda g, out, a, shape: unbroadcast(g, a),),
    symbol="⇉",
    formula=r"{out} = {a}",
    gradient_formulas=(r"\sum {g}",),
)


def unbroadcast(gradient: Tensor, like: Tensor) -> Tensor:
    """Sum a gradient over the axes along which ``like`` was repeated; no step where it was not."""
    if gradient.value.shape == like.value.shape:
        return gradient
    return sum_to(gradient, shape=like.shape)


def _concatenate(*tensors: Array, axis: int = -1) -> Array:
    return np.concatenate(tensors, axis=axis)


def _concatenate_rule(g: Tensor, out: Tensor, argument: int, axis: int = -1) -> Tensor:
    lengths = [tensor.shape[axis] for tensor in out.inputs]
    start = sum(lengths[:argument])
    return part_of(g, start=start, stop=start + lengths[argument], axis=axis)


concatenate: Recorded = register(
    "concatenate",
    _concatenate,
    (_concatenate_rule,),
    arity=EACH,
    symbol="[;]",
    formula=r"{out} = [{a}]",
    gradient_formulas=(r"\mathrm{{part}}({g})",),
)


def _section(dimensions: int, start: int, stop: int, axis: int) -> tuple[slice, ...]:
    """The index that takes ``start … stop-1`` of one axis and all of the others."""
    return (slice(None),) * (axis % dimensions) + (slice(start, stop),)


def _part_of(a: Array, start: int, stop: int, axis: int = -1) -> Array:
    part: Array = a[_section(a.ndim, start, stop, axis)]
    return part


def _part_of_rule(g: Tensor, out: Tensor, a: Tensor, start: int, stop: int, axis: int = -1) -> Tensor:
    return placed_in(g, start=start, size=a.shape[axis], axis=axis)


part_of: Recorded = register(
    "part_of",
    _part_of,
    (_part_of_rule,),
    symbol="[:]",
    formula=r"{out} = \mathrm{{part}}({a})",
    gradient_formulas=(r"[0, {g}, 0]",),
)


def _placed_in(a: Array, start: int, size: int, axis: int = -1) -> Array:
    shape = list(a.shape)
    length = shape[axis]
    shape[axis] = size
    made = np.zeros(shape, dtype=a.dtype)
    made[_section(a.ndim, start, start + length, axis)] = a
    return made


def _placed_in_rule(g: Tensor, out: Tensor, a: Tensor, start: int, size: int, axis: int = -1) -> Tensor:
    return part_of(g, start=start, stop=start + a.shape[axis], axis=axis)


placed_in: Recorded = register(
    "placed_in",
    _placed_in,
    (_placed_in_rule,),
    symbol="0·0",
    formula=r"{out} = [0, {a}, 0]",
    gradient_formulas=(r"\mathrm{{part}}({g})",),
)


reshape: Recorded = register(
    "reshape",
    lambda a, shape: np.reshape(a, shape),
    (lambda g, out, a, shape: reshape(g, shape=a.shape),),
    symbol="□",
    formula=r"{out} = \mathrm{{reshape}}({a})",
    gradient_formulas=(r"\mathrm{{reshape}}({g})",),
)


def _permute_rule(g: Tensor, out: Tensor, a: Tensor, axes: tuple[int, ...]) -> Tensor:
    return permute(g, axes=tuple(int(place) for place in np.argsort([axis % len(axes) for axis in axes])))


permute: Recorded = register(
    "permute",
    lambda a, axes: np.transpose(a, axes),
    (_permute_rule,),
    symbol="⇄",
    formula=r"{out} = \mathrm{{permute}}({a})",
    gradient_formulas=(r"\mathrm{{permute}}({g})",),
)

reverse: Recorded = register(
    "reverse",
    lambda a, axis=0: np.flip(a, axis),
    (lambda g, out, a, axis=0: reverse(g, axis=axis),),
    symbol="←",
    formula=r"{out} = \mathrm{{reverse}}({a})",
    gradient_formulas=(r"\mathrm{{reverse}}({g})",),
)


def _stack(*tensors: Array, axis: int = 0) -> Array:
    return np.stack(tensors, axis=axis)


stack: Recorded = register(
    "stack",
    _stack,
    (lambda g, out, argument, axis=0: taken_at(g, at=argument, axis=axis),),
    arity=EACH,
    symbol="≡",
    formula=r"{out} = [{a}]",
    gradient_formulas=(r"\mathrm{{part}}({g})",),
)


def _taken_at(a: Array, at: int, axis: int = 0) -> Array:
    taken: Array = a[(slice(None),) * (axis % a.ndim) + (at,)]
    return taken


taken_at: Recorded = register(
    "taken_at",
    _taken_at,
    (lambda g, out, a, at, axis=0: put_at(g, at=at, size=a.shape[axis], axis=axis),),
    symbol="[t]",
    formula=r"{out} = \mathrm{{part}}({a})",
    gradient_formulas=(r"[0, {g}, 0]",),
)


def _put_at(a: Array, at: int, size: int, axis: int = 0) -> Array:
    axis %= a.ndim + 1
    made = np.zeros((*a.shape[:axis], size, *a.shape[axis:]), dtype=a.dtype)
    made[(slice(None),) * axis + (at,)] = a
    return made


put_at: Recorded = register(
    "put_at",
    _put_at,
    (lambda g, out, a, at, size, axis=0: taken_at(g, at=at, axis=axis),),
    symbol="0·0",
    formula=r"{out} = [0, {a}, 0]",
    gradient_formulas=(r"\mathrm{{part}}({g})",),
)
