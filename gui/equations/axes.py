"""What the axes of an array stand for, and where in an array of any number of axes the number in focus is.

Values are (N, …): one slice for each sequence of the batch. Attention has (N, heads, T', S), images have
(N, C, H, W), filters (F, C, k, k).
"""

from __future__ import annotations

from engine.tape import Phase
from engine.tensor import Role, Tensor
from gui.equations.focus import Focus, broadcast_place

SEQUENCE, HEAD, CHANNEL, FILTER, ROW = "sequence", "head", "channel", "filter", "row"
_IN_ATTENTION = "attention"
"""Part of the names of the scopes that multi-head attention is recorded in."""
_REARRANGING = {"reshape", "convolution2d", "convolution2d_filters", "transposed_convolution2d"}
"""Operations with which an axis of the result is not the same one of the operands."""
_FROM_ELSEWHERE = {"transpose", "reverse", "convolution2d", "transposed_convolution2d"}
"""Beside the matrix products: although operand and result are shaped alike, a number comes from other places."""


def axes_of(step: Tensor, *, weights: bool = False) -> tuple[str, ...]:
    """What all axes but the last stand for, of an array of three axes or more; one without a name is its number.

    Args:
        weights: whether the array is shaped like a parameter.
    """
    count = len(step.shape)
    if weights and not _is_of_the_batch(step):
        return (FILTER, CHANNEL, ROW) if count == 4 else (*_numbers(0, count - 2), ROW)
    if count != 4:
        return (SEQUENCE, *_numbers(1, count - 2), ROW)
    if _IN_ATTENTION not in step.scope.path:
        return (SEQUENCE, CHANNEL, ROW)
    return (SEQUENCE, ROW, HEAD) if _is_shared_out(step) else (SEQUENCE, HEAD, ROW)


def place_in(step: Tensor, focus: Focus, *, weights: bool = False) -> tuple[int, ...]:
    """The index of the number in focus in a step's value; empty for a scalar.

    Args:
        weights: whether the value is shaped like a parameter.
    """
    shape = step.shape
    if len(shape) <= 2 or 0 in shape:
        return focus.place(shape, weights=weights)
    wishes = {SEQUENCE: focus.sequence or 0, ROW: focus.row, **dict(focus.chosen)}
    wish = (*(wishes.get(axis, 0) for axis in axes_of(step, weights=weights)), focus.unit)
    return tuple(min(at, length - 1) for at, length in zip(wish, shape, strict=True))


def operand_place(step: Tensor, operand: Tensor, place: tuple[int, ...], focus: Focus) -> tuple[int, ...]:
    """Where to look in an operand of three axes or more when the step is looked at in a place.

    Along the axes before the last two that fit those of the step it is the same slice, else the one in focus.
    """
    name = step.operation.name if step.operation is not None else ""
    if name == "permute" and place:
        return _before_permuting(place, (step.attributes or {})["axes"])
    found = place_in(operand, focus, weights=_is_for_weights(operand))
    if name in _REARRANGING or not place:
        return found
    lengths = operand.shape[:-2]
    end = len(step.shape) - 2
    first = end - len(lengths)
    if end < 1 or first < 0 or any(a not in (1, b) for a, b in zip(lengths, step.shape[first:end], strict=True)):
        return found
    if operand.shape == step.shape:
        return place
    return (*broadcast_place(place[first:end], lengths), *found[-2:])


def is_made_there(step: Tensor, operand: Tensor) -> bool:
    """Whether the number in focus is made of the operand's number in the place where that is looked at."""
    name = step.operation.name if step.operation is not None else ""
    if name == "permute":
        return len(step.shape) > 2
    return operand.shape == step.shape and name not in _FROM_ELSEWHERE and "matmul" not in name


def _before_permuting(place: tuple[int, ...], axes: tuple[int, ...]) -> tuple[int, ...]:
    at = dict(zip((axis % len(axes) for axis in axes), place, strict=True))
    return tuple(at[axis] for axis in range(len(axes)))


def _is_of_the_batch(step: Tensor) -> bool:
    """A constant of the forward pass, such as the mask of a batch's padding, is no parameter."""
    return step.role is Role.CONSTANT and step.tape.phase(step.index) is Phase.FORWARD


def _is_for_weights(operand: Tensor) -> bool:
    return operand.role is Role.PARAMETER or operand.tape.phase(operand.index) is Phase.UPDATE


def _is_shared_out(step: Tensor) -> bool:
    """Whether it is (N, T, heads, d_k): before the heads come to the front, or after they went back."""
    name = step.operation.name if step.operation is not None else ""
    if name == "permute":
        return not _is_shared_out(step.inputs[0])
    return name == "reshape"


def _numbers(first: int, end: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, end))
