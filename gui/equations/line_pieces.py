"""A LaTeX line cut at its signs into pieces, so that it can be broken where it is too long for its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gui.typesetting.number_line import Fraction, Piece, Script
from gui.typesetting.number_matrix import Matrix

_TOKEN = re.compile(r"\\mathrel\{\+\}=|\\[A-Za-z]+|\\.|.", re.DOTALL)
_SIGNS = {"=": "=", "+": "+", "-": "-", r"\odot": r"\odot", r"\oslash": r"\oslash", r"\mathrel{+}=": "+="}


@lru_cache(maxsize=2048)
def line_pieces(latex: str) -> tuple[str, ...]:
    """The pieces between the signs that stand outside all brackets, and the signs."""
    pieces, run, depth = [], "", 0
    for token in _TOKEN.findall(latex):
        depth += (token in "([{") - (token in ")]}")
        if depth or token not in _SIGNS:
            run += token
            continue
        if run.strip():
            pieces.append(run.strip())
        pieces.append(_SIGNS[token])
        run = ""
    return (*pieces, run.strip()) if run.strip() else tuple(pieces)


def latex_in(pieces: Sequence[Piece]) -> Iterator[str]:
    """Every formula that must be typeset before the pieces can be laid out."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Script):
            yield from latex_in([piece.base])
            yield from (latex for latex in (piece.upper, piece.lower) if latex)
        elif isinstance(piece, Fraction):
            yield from latex_in(piece.upper)
            yield from latex_in(piece.lower)
        elif not isinstance(piece, Matrix):
            yield from ("(", ")")


def numbers_shape(piece: Piece) -> tuple[int, ...]:
    """The shape of a piece that is a matrix, with or without a script; empty for others."""
    base = piece.base if isinstance(piece, Script) else piece
    return base.values.shape if isinstance(base, Matrix) else ()
