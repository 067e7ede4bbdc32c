"""An equation with live numbers, built anew at every step: symbols come from the cache, numbers are drawn by Qt.

A piece of a line is
    a str      LaTeX symbols or a sign: ``"z^{t}"``, ``"="``, ``r"\\odot"``
    a number   float, int, NumPy scalar
    an array   shown as a Matrix
    Matrix, Fraction, Script, Words, Colored
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from gui.typesetting import math_spacing
from gui.typesetting.boxes import Box, FormulaBox, FractionBox, RowBox, ScriptBox, TextBox
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import SMALL, LineStyle
from gui.typesetting.math_spacing import BIN, CLOSE, INNER, OP, OPEN, ORD, PUNCT, REL
from gui.typesetting.number_format import number_parts
from gui.typesetting.number_matrix import COLUMNS, Matrix, matrix_box, power_of_ten


@dataclass(frozen=True, eq=False)
class Fraction:
    """Pieces over pieces."""

    upper: Sequence[Piece]
    lower: Sequence[Piece]


@dataclass(frozen=True, eq=False)
class Script:
    """A piece with LaTeX symbols to its upper and lower right: a transposed matrix, a squared number."""

    base: Piece
    upper: str = ""
    lower: str = ""


@dataclass(frozen=True)
class Words:
    """Plain words, already in the language of the screen."""

    text: str


@dataclass(frozen=True)
class Colored:
    """A number in a theme colour (for symbols there is \\textcolor, for arrays Matrix.color)."""

    value: float
    color: str


Piece = str | float | int | np.generic | np.ndarray | Matrix | Fraction | Script | Words | Colored

_SIGNS = {
    **dict.fromkeys(("=", "+=", r"\leftarrow", r"\to", r"\approx", "<", ">", r"\le", r"\ge", r"\ne", r"\ll"), REL),
    **dict.fromkeys(("+", "-", r"\odot", r"\times", r"\cdot", r"\div", r"\pm"), BIN),
    **dict.fromkeys(("(", "[", r"\{"), OPEN), **dict.fromkeys((")", "]", r"\}"), CLOSE), ",": PUNCT,
    **dict.fromkeys((r"\sum", r"\prod", r"\max", r"\min", r"\tanh", r"\exp", r"\log"), OP),
    **dict.fromkeys((r"\dots", r"\cdots"), INNER),
}  # fmt: skip


FEWEST_COLUMNS = 3
"""A matrix is not cut further than this, however narrow the place."""


class NumberLine:
    """A laid-out equation of one or more lines.

    Attributes:
        size: width and height, px.
        baseline: of the first line, px below the top.
        columns: how many columns its matrices show at most.
    """

    def __init__(self, lines: Sequence[Box], leading: float, indent: float, columns: int = COLUMNS) -> None:
        self._lines = tuple(lines)
        self.columns = columns
        self._indent = indent
        self._baselines: list[float] = []
        y = 0.0
        for line in lines:
            self._baselines.append(y + line.ascent)
            y += line.ascent + line.descent + leading
        width = max((line.width + (indent if at else 0.0) for at, line in enumerate(lines)), default=0.0)
        self.size = QSizeF(width, max(0.0, y - leading))
        self.baseline = self._baselines[0] if lines else 0.0

    def __len__(self) -> int:
        return len(self._lines)

    def paint(self, painter: QPainter, x: float, top: float, inks: Inks) -> None:
        """Draw all lines from (x, top)."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (line, baseline) in enumerate(zip(self._lines, self._baselines, strict=True)):
            line.paint(painter, x + (self._indent if at else 0.0), top + baseline, inks)
        painter.restore()


def number_line(
    pieces: Sequence[Piece], style: LineStyle, width: float = float("inf"), columns: int = COLUMNS
) -> NumberLine:
    """Lay out pieces within a width: lines break before signs, then matrices show fewer columns.

    Args:
        columns: how many columns to begin with; what fitted a line of the same shape saves trying.

    Raises:
        FormulaError: a symbol is not LaTeX that can be typeset.
    """
    indent = 1.2 * style.size
    for shown in range(max(columns, FEWEST_COLUMNS), FEWEST_COLUMNS - 1, -1):
        parts = _Parts(pieces, style, shown)
        lines = parts.lines(width, indent)
        if not any(line.width + (indent if at else 0.0) > width for at, line in enumerate(lines)):
            break
        # Nothing to be gained from fewer columns where there are no columns; the loop would lay out the same again.
        if not parts.has_matrices:
            break
    return NumberLine(lines, 0.35 * style.size, indent, shown)


class _Parts:
    """The boxes of the pieces and the spaces before them."""

    def __init__(self, pieces: Sequence[Piece], style: LineStyle, columns: int) -> None:
        self._kinds = [_kind(piece) for piece in pieces]
        before = [OPEN, *self._kinds]
        self._boxes = [
            _in_parentheses(_box(piece, style, columns), style)
            if kind == BIN and _is_negative(piece)
            else _box(piece, style, columns)
            for kind, piece in zip(before, pieces, strict=False)
        ]
        self._gaps = [gap * style.size for gap in math_spacing.spaces(self._kinds, script=False)]
        for at in range(1, len(pieces)):
            if self._kinds[at - 1] == self._kinds[at] == ORD:
                self._gaps[at] = 0.17 * style.size
        self._matrices = [_is_matrix(piece) for piece in pieces]

    @property
    def has_matrices(self) -> bool:
        return any(self._matrices)

    def lines(self, width: float, indent: float) -> list[Box]:
        """The rows, broken before a binary sign or a further relation, and between matrices, where too long."""
        rows: list[Box] = []
        start = sign = factor = 0
        for at in range(len(self._boxes)):
            if self._may_break(at):
                sign, factor = (at, factor) if self._kinds[at] in (REL, BIN) else (sign, at)
            if self._length(start, at + 1) + (indent if rows else 0.0) > width and max(sign, factor) > start:
                stop = sign if sign > start else factor
                rows.append(self.row(start, stop))
                start = stop
        return [*rows, self.row(start, len(self._boxes))] if self._boxes else []

    def row(self, start: int, stop: int) -> Box:
        gaps = self._gaps[start:stop]
        gaps[:1] = [0.0] * len(gaps[:1])
        return RowBox(self._boxes[start:stop], gaps)

    def _may_break(self, at: int) -> bool:
        """Not before the first relation: what an equation says is said of its left side."""
        if self._kinds[at] == REL:
            return REL in self._kinds[:at]
        return self._kinds[at] == BIN or (self._matrices[at] and self._matrices[at - 1])

    def _length(self, start: int, stop: int) -> float:
        return sum(self._gaps[start + 1 : stop]) + sum(box.width for box in self._boxes[start:stop])


def _kind(piece: Piece) -> int:
    if isinstance(piece, str):
        return _SIGNS.get(piece.strip(), ORD)
    if isinstance(piece, Words):
        return INNER
    return ORD


def _is_matrix(piece: Piece) -> bool:
    if isinstance(piece, Script):
        return _is_matrix(piece.base)
    return isinstance(piece, Matrix) or (isinstance(piece, np.ndarray) and piece.ndim > 0)


def _is_negative(piece: Piece) -> bool:
    value = piece.value if isinstance(piece, Colored) else piece
    return isinstance(value, float | int | np.number) and float(value) < 0


def _in_parentheses(box: Box, style: LineStyle) -> Box:
    return RowBox([FormulaBox("(", style.size), box, FormulaBox(")", style.size)], [0.0, 0.0, 0.0])


def _box(piece: Piece, style: LineStyle, columns: int) -> Box:
    if isinstance(piece, str):
        return FormulaBox(piece, style.size)
    if isinstance(piece, Words):
        return TextBox(piece.text, style)
    if isinstance(piece, Colored):
        return power_of_ten(*number_parts(piece.value), style, piece.color)
    if isinstance(piece, Fraction):
        return FractionBox(_inner_row(piece.upper, style, columns), _inner_row(piece.lower, style, columns), style)
    if isinstance(piece, Script):
        return _script_box(piece, style, columns)
    if isinstance(piece, Matrix):
        return matrix_box(piece, style, columns)
    if isinstance(piece, np.ndarray) and piece.ndim:
        return matrix_box(Matrix(piece), style, columns)
    return power_of_ten(*number_parts(float(piece)), style)


def _script_box(piece: Script, style: LineStyle, columns: int) -> Box:
    if _is_matrix(piece.base) and not isinstance(piece.base, Script) and not piece.lower:
        base = piece.base if isinstance(piece.base, Matrix) else Matrix(np.asarray(piece.base))
        return matrix_box(base, style, columns, piece.upper)
    upper, lower = (FormulaBox(latex, style.size * SMALL) if latex else None for latex in (piece.upper, piece.lower))
    box = _box(piece.base, style, columns)
    return ScriptBox(_in_parentheses(box, style) if _is_negative(piece.base) else box, upper, lower, style)


def _inner_row(pieces: Sequence[Piece], style: LineStyle, columns: int) -> Box:
    return _Parts(pieces, style, columns).row(0, len(pieces))
