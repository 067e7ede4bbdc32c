"""A line of pieces as plain text: for screen readers, for copying, and for the instant before it is typeset."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gui.typesetting.number_format import grid_texts, number_parts
from gui.typesetting.number_line import Colored, Fraction, Piece, Script, Words
from gui.typesetting.number_matrix import COLUMNS, ROWS, Matrix, shown
from gui.typesetting.plain_text import plain_text

_SIGNS = ("+", "−", "×", "÷", "⊙", "⋅")


def text_of(pieces: Sequence[Piece]) -> str:
    """The pieces in one line; a negative number after a sign stands in parentheses."""
    texts = [piece_text(piece) for piece in pieces]
    for at in range(1, len(texts)):
        if texts[at].startswith("−") and texts[at - 1] in _SIGNS:
            texts[at] = f"({texts[at]})"
    return " ".join(texts)


def piece_text(piece: Piece) -> str:
    """One piece, its numbers printed as in the typeset line."""
    if isinstance(piece, str):
        return plain_text(piece)
    if isinstance(piece, Words):
        return piece.text
    if isinstance(piece, Script):
        upper = f"^{plain_text(piece.upper)}" if piece.upper else ""
        lower = f"_{plain_text(piece.lower)}" if piece.lower else ""
        base = piece_text(piece.base)
        return f"({base}){lower}{upper}" if base.startswith("−") else f"{base}{lower}{upper}"
    if isinstance(piece, Fraction):
        return f"({text_of(piece.upper)}) / ({text_of(piece.lower)})"
    if isinstance(piece, Matrix):
        return _matrix_text(piece.values)
    if isinstance(piece, np.ndarray) and piece.ndim:
        return _matrix_text(piece)
    return number_text(float(piece.value if isinstance(piece, Colored) else piece))


def number_text(value: float) -> str:
    """One number as it is printed in an equation: ``0.831``, ``−1.20·10^−7``, ``NaN``."""
    mantissa, exponent = number_parts(value)
    return f"{mantissa}·10^{exponent}".replace("^-", "^−") if exponent else mantissa


def _matrix_text(values: np.ndarray) -> str:
    flat = np.atleast_2d(values)
    while flat.ndim > 2:
        flat = flat[0]
    rows, columns = shown(flat.shape[0], ROWS), shown(flat.shape[1], COLUMNS)
    picked = flat[np.ix_([row for row in rows if row >= 0], [column for column in columns if column >= 0])]
    texts, exponent = grid_texts(np.asarray(picked, dtype=float))
    lines = iter(texts)
    body = "; ".join("…" if row < 0 else _row_text(next(lines), columns) for row in rows)
    return f"[{body}]" + (f"·10^{exponent}".replace("^-", "^−") if exponent else "")


def _row_text(texts: list[str], columns: list[int]) -> str:
    numbers = iter(texts)
    return " ".join("…" if column < 0 else next(numbers) for column in columns)
