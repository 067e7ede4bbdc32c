"""The scalar equation of one unit with the engine's numbers: ``z_{5} = \\sigma(0.83) = 0.70``.

An element-wise step is written down to named values: ``\\delta_{5} = 0.22 \\times 0.83 \\times (1 - 0.83) = 0.03``.
A matrix product is a sum over k. What is neither (a norm, a mean over many numbers) has no equation of one unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import OperationError
from engine.operation import EACH
from engine.tensor import Array, Tensor
from gui.equations.attributes import attribute_terms
from gui.equations.axes import place_in
from gui.equations.focus import Focus, broadcast_place, index_text, number_at
from gui.equations.naming import Names
from gui.equations.step_numbers import fill, joined
from gui.equations.template import Mark, Slot, Template, Token, template
from gui.equations.term import Level
from gui.typesetting.number_line import Piece

_LETTERS = "abcdefgh"
_DEEPEST = 6
_SHOWN_PRODUCTS = 4
"""So many products of a sum over k are written out."""

_SCALAR_SIGNS = {r"\odot": r"\times", r"\oslash": r"\div"}


@dataclass(frozen=True, slots=True)
class _Product:
    """Which of its axes a matrix product sums over: (axis of a, axis of b)."""

    a_axis: int
    b_axis: int


_PRODUCTS = {
    "matmul": _Product(1, 0),
    "matmul_by_transpose": _Product(1, 1),
    "transpose_matmul": _Product(0, 0),
}
_PRODUCTS |= {f"batched_{name}": kind for name, kind in _PRODUCTS.items()}


def unit_equation(names: Names, step: Tensor, focus: Focus, *, weights: bool = False) -> list[Piece]:
    """The equation of the number in focus; empty where there is none.

    Only for a step that is revealed: its operands are then revealed too.
    """
    value = np.asarray(step.value)
    if step.operation is None or not value.size:
        return []
    place = place_in(step, focus, weights=weights)
    right = _product(names, step, place) or _elementwise(names, step, place)
    if not right:
        return []
    index = index_text(place, value.shape)
    term = names.term(step.index)
    left = [term.with_index(index) if index else term.latex, "="]
    return [*left, *right, "=", number_at(value, place)]


def _elementwise(names: Names, step: Tensor, place: tuple[int, ...]) -> list[Piece]:
    made = _spelled(names, step, place, 0)
    return made[0] if made is not None else []


def _spelled(names: Names, step: Tensor, place: tuple[int, ...], depth: int) -> tuple[list[Piece], Level] | None:
    """The right-hand side at one place and how tightly it binds; None where the step is not element-wise."""
    row = step.operation
    if row is None or not _is_elementwise(step, place):
        return None
    if row.arity == EACH:
        terms = [np.asarray(tensor.value) for tensor in step.inputs]
        return joined([number_at(term, broadcast_place(place, term.shape)) for term in terms]), Level.SUM
    operands = [_number(names, tensor, place, depth + 1) for tensor in step.inputs]
    read = template(row.formula)
    filled = {
        letter: _within(operand, wanted)
        for letter, operand, wanted in zip(_LETTERS, operands, _wanted(read, len(operands)), strict=False)
    }
    return fill(_scalar_signs(read.tokens), filled, attribute_terms(step.attributes)), read.level


def _number(names: Names, tensor: Tensor, place: tuple[int, ...], depth: int) -> tuple[list[Piece], Level]:
    """A named value's number; an unnamed one is written out as long as it is element-wise."""
    value = np.asarray(tensor.value)
    inner = broadcast_place(place, value.shape)
    if depth < _DEEPEST and not names.is_named(tensor.index):
        made = _spelled(names, tensor, inner, depth)
        if made is not None:
            return made
    return [number_at(value, inner)], Level.LETTER


def _wanted(read: Template, count: int) -> list[Level]:
    """How tightly each operand must bind; one that carries a script is put in parentheses with it elsewhere."""
    wanted = [Level.SUM] * count
    for slot in read.slots:
        if slot.name in _LETTERS[:count] and not slot.script:
            at = _LETTERS.index(slot.name)
            wanted[at] = max(wanted[at], slot.level)
    return wanted


def _within(operand: tuple[list[Piece], Level], wanted: Level) -> list[Piece]:
    pieces, level = operand
    return pieces if len(pieces) == 1 or level >= wanted else ["(", *pieces, ")"]


def _scalar_signs(tokens: Sequence[Token]) -> list[Token]:
    return [
        token if isinstance(token, Slot) else Mark(_SCALAR_SIGNS.get(token.latex, token.latex), token.script)
        for token in tokens
    ]


def _is_elementwise(step: Tensor, place: tuple[int, ...]) -> bool:
    """Whether the number at the place is what the operation makes of the numbers there: tried, not assumed."""
    value = np.asarray(step.value)
    if step.operation is None or step.operation.name in _PRODUCTS:
        return False
    shapes = [np.shape(tensor.value) for tensor in step.inputs]
    if any(not _broadcasts(shape, value.shape) for shape in shapes):
        return False
    cells = [_cell(np.asarray(tensor.value), place) for tensor in step.inputs]
    attributes = {name: (1, 1) if name == "shape" else given for name, given in (step.attributes or {}).items()}
    try:
        with np.errstate(all="ignore"):
            made = np.asarray(step.operation.forward(*cells, **attributes)).reshape(-1)
    except (ValueError, IndexError, OperationError):  # moves numbers about in ways that a single one does not allow
        return False
    return bool(made.size == 1 and np.array_equal(made[0], number_at(value, place), equal_nan=True))


def _broadcasts(shape: tuple[int, ...], to: tuple[int, ...]) -> bool:
    """Whether an operand is repeated to a result's shape; a scalar result is made of single numbers."""
    if int(np.prod(to)) == 1:
        return int(np.prod(shape)) == 1
    return len(shape) <= len(to) and all(
        a in (1, b) for a, b in zip(reversed(shape), reversed(to), strict=False)
    )


def _cell(value: Array, place: tuple[int, ...]) -> Array:
    return np.asarray(value[broadcast_place(place, value.shape)]).reshape(1, 1)


def _product(names: Names, step: Tensor, place: tuple[int, ...]) -> list[Piece]:
    kind = _PRODUCTS.get(step.operation.name) if step.operation is not None else None
    # A product that sums over the sequences of the batch as well is no sum over k alone.
    if kind is None or any(not 2 <= len(tensor.shape) <= len(place) for tensor in step.inputs):
        return []
    slices = [broadcast_place(place[:-2], tensor.shape[:-2]) for tensor in step.inputs]
    a, b = (np.asarray(tensor.value)[at] for tensor, at in zip(step.inputs, slices, strict=True))
    left = np.take(a, place[-2], axis=1 - kind.a_axis)
    right = np.take(b, place[-1], axis=1 - kind.b_axis)
    shown = range(len(left)) if len(left) <= _SHOWN_PRODUCTS else [0, 1, len(left) - 1]
    pieces: list[Piece] = _sum_in_symbols(names, step, place, slices, kind, len(left))
    for at in shown:
        if at and at == len(left) - 1 and len(left) > _SHOWN_PRODUCTS:
            pieces.extend(["+", r"\dots"])
        pieces.extend(["+"] if at else ["="])
        pieces.extend([float(left[at]), r"\times", float(right[at])])
    return pieces


def _sum_in_symbols(
    names: Names, step: Tensor, place: tuple[int, ...], slices: list[tuple[int, ...]], kind: _Product, count: int
) -> list[Piece]:
    """``\\sum_{k=0}^{15} z^{2}_{k} W_{k,5}``; empty over a single k."""
    factors = []
    axes = (kind.a_axis, kind.b_axis)
    for tensor, axis, before, at in zip(step.inputs, axes, slices, place[-2:], strict=True):
        index = [*(str(one) for one in before), str(at), str(at)]
        index[len(before) + axis] = "k"
        kept = [text for text, length in zip(index, tensor.shape, strict=True) if length > 1]
        term = names.term(tensor.index)
        factors.append(term.with_index(",".join(kept)) if kept else term.latex)
    if count == 1:
        return list(factors)
    return [rf"\sum_{{k=0}}^{{{count - 1}}}", *factors]
