"""The equation of a step with its numbers: matrices and vectors in the places of the symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from engine.operation import EACH
from engine.tensor import Array, Tensor
from gui.equations.attributes import attribute_terms
from gui.equations.axes import is_made_there, operand_place, place_in
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.equations.sums import is_sum
from gui.equations.template import Mark, Slot, Token, template
from gui.equations.term import Term
from gui.typesetting.number_line import Piece, Script
from gui.typesetting.number_matrix import Matrix

_LETTERS = "abcdefgh"
_SPELLED = {r"\sqrt": r"\operatorname{sqrt}", r"\overline": r"\operatorname{mean}", r"\oslash": r"\div"}
_CONSTANT = re.compile(r"-?[0-9.]+|([0-9.]+ \\cdot )?10\^\{-?[0-9]+\}")
_SHOWN_TERMS = 4
"""So many operands of a sum are written out."""


def step_numbers(names: Names, step: Tensor, focus: Focus, *, weights: bool = False) -> list[Piece]:
    """``z^{3} = \\sigma([…]) = […]``: the step with numbers; only for a step that is revealed.

    What has no name of its own begins with "=": its symbols stand on the line above.

    Args:
        focus: the number to be stressed.
        weights: whether the value is shaped like a parameter.
    """
    name = names.latex(step.index)
    made = np.asarray(step.value)
    place = place_in(step, focus, weights=weights)
    result = number_or_matrix(made, place)
    row = step.operation
    if row is None:
        return [name, "=", result]
    if is_sum(row):
        right = joined([_operand(step, tensor, place, focus) for tensor in step.inputs])
    else:
        operands = _operands(step, place, focus)
        right = fill(template(row.formula).tokens, operands, attribute_terms(step.attributes))
    left = [name, "="] if names.is_named(step.index) else ["="]
    return [*left, *right, "=", result]


def fill(
    tokens: Sequence[Token], operands: Mapping[str, Sequence[Piece]], attributes: Mapping[str, Term]
) -> list[Piece]:
    """The pieces of a line: numbers in the slots of tensors, constants in those of attributes."""
    single = all(len(pieces) > 1 or isinstance(pieces[0], float) for pieces in operands.values())
    pieces: list[Piece] = []
    for token in without_mean(tokens) if single else tokens:
        if isinstance(token, Mark):
            latex = _SPELLED.get(token.latex, token.latex)
            pieces.append(Script(latex, upper=token.script) if token.script else latex)
        elif token.name in attributes:
            pieces.append(attributes[token.name].within(token.level))
        else:
            pieces.extend(_filled(token, operands[token.name]))
    return _without_gaps(pieces)


def without_mean(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the sign for a mean and its parentheses: the mean of one number is that number."""
    kept: list[Token] = []
    depth, closing = 0, []
    previous = ""
    for token in tokens:
        latex = token.latex if isinstance(token, Mark) else ""
        depth += (latex in ("(", "[")) - (latex in (")", "]"))
        if latex == "(" and previous == r"\overline":
            closing.append(depth - 1)
        elif latex == ")" and closing and depth == closing[-1]:
            closing.pop()
        elif latex != r"\overline":
            kept.append(token)
        previous = latex
    return kept


def _without_gaps(pieces: list[Piece]) -> list[Piece]:
    """Products without a sign get one between two numbers, which would read as one."""
    kept: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece != r"\," if isinstance(piece, str) else True:
            kept.append(piece)
        elif 0 < at < len(pieces) - 1 and _is_number(pieces[at - 1]) and _is_number(pieces[at + 1]):
            kept.append(r"\times")
    return kept


def _is_number(piece: Piece) -> bool:
    if isinstance(piece, Script):
        return isinstance(piece.base, float)
    return isinstance(piece, float) or (isinstance(piece, str) and _CONSTANT.fullmatch(piece) is not None)


def number_or_matrix(value: Array, place: tuple[int, ...], *, stressed: bool = True) -> Piece:
    """A number where there is only one, else the array with the number at the place stressed.

    Args:
        place: in the value; of more than two axes, the slice it is in is shown.
        stressed: whether the number at the place is.
    """
    if value.size == 1:
        return float(value.reshape(-1)[0])
    row, column = (0, 0, *place)[-2:]
    focus = (row, column) if stressed and place else None
    if value.ndim <= 2:
        return Matrix(value, focus=focus)
    return Matrix(value[place[:-2]], focus=focus, whole=value.shape)


def _operand(step: Tensor, operand: Tensor, place: tuple[int, ...], focus: Focus) -> Piece:
    value = np.asarray(operand.value)
    stressed = is_made_there(step, operand)
    if value.ndim > 2:
        return number_or_matrix(value, operand_place(step, operand, place, focus), stressed=stressed)
    return number_or_matrix(value, place if stressed else ())


def _filled(slot: Slot, pieces: Sequence[Piece]) -> list[Piece]:
    one = len(pieces) == 1
    if not slot.script or (one and slot.script == r"\top" and isinstance(pieces[0], float)):
        return list(pieces)
    if one:
        return [Script(pieces[0], upper=slot.script)]
    return ["(", *pieces, Script(")", upper=slot.script)]


def _operands(step: Tensor, place: tuple[int, ...], focus: Focus) -> dict[str, list[Piece]]:
    """What stands in the slots of the tensors; all of them in the first where there may be any number."""
    shown: list[Piece] = [_operand(step, tensor, place, focus) for tensor in step.inputs]
    if step.operation is not None and step.operation.arity == EACH:
        return {_LETTERS[0]: joined(shown, sign=",")}
    return {letter: [one] for letter, one in zip(_LETTERS, shown, strict=False)}


def joined(terms: Sequence[Piece], most: int = _SHOWN_TERMS, sign: str = "+") -> list[Piece]:
    """Terms with signs between them, elided in the middle where they are many."""
    shown: list[Piece] = list(terms) if len(terms) <= most else [*terms[: most - 2], r"\dots", terms[-1]]
    pieces: list[Piece] = []
    for at, term in enumerate(shown):
        pieces.extend([sign, term] if at else [term])
    return pieces
