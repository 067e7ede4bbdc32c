"""A matrix or vector of live numbers between stretched brackets, cut where it is long, and saying so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.typesetting.boxes import Box, FormulaBox, RowBox, ScriptBox, TextBox
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import SMALL, LineStyle
from gui.typesetting.number_format import grid_texts

ROWS, COLUMNS = 6, 8
"""How many numbers are shown at most."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """Numbers to be shown.

    Attributes:
        values: any array; a vector is a row unless column is set, of more than two axes the first slice is shown.
        column: stand a vector upright.
        focus: (row, column) of a number to stress; it is shown even where its neighbours are cut.
        color: theme colour key of the numbers.
        whole: shape of the array that the values are a slice of; empty where they are all of it.
    """

    values: np.ndarray
    column: bool = False
    focus: tuple[int, int] | None = None
    color: str | None = None
    whole: tuple[int, ...] = ()


def matrix_box(matrix: Matrix, style: LineStyle, columns: int = COLUMNS, script: str = "") -> Box:
    """The box of a matrix; its shape is written behind it where not all of it is shown.

    Args:
        columns: how many columns are shown at most.
        script: LaTeX symbols to the upper right of the bracket, such as a transposition.
    """
    values = np.asarray(matrix.values)
    shape = matrix.whole or values.shape
    flat = values.reshape(1, 1) if values.ndim == 0 else values
    flat = flat.reshape(-1, 1) if flat.ndim == 1 and matrix.column else np.atleast_2d(flat)
    while flat.ndim > 2:
        flat = flat[0]
    focus = matrix.focus or (-1, -1)
    shown_rows = shown(flat.shape[0], ROWS, focus[0])
    shown_columns = shown(flat.shape[1], columns, focus[1])
    cut = len(shown_rows) < flat.shape[0] or len(shown_columns) < flat.shape[1] or len(shape) > 2
    taken = flat[np.ix_([row for row in shown_rows if row >= 0], [column for column in shown_columns if column >= 0])]
    texts, exponent = grid_texts(np.asarray(taken, dtype=float))
    grid: Box = _GridBox(
        _with_dots(texts, shown_rows, shown_columns), style, _focus_at(focus, shown_rows, shown_columns), matrix.color
    )
    if script:
        grid = ScriptBox(grid, FormulaBox(script, style.size * SMALL), None, style)
    return _with_remarks(grid, exponent, shape if cut else (), style)


def _with_remarks(grid: Box, exponent: int, shape: tuple[int, ...], style: LineStyle) -> Box:
    parts, gaps = [grid], [0.0]
    if exponent:
        parts.append(_power_of_ten(exponent, style))
        gaps.append(0.2 * style.size)
    if shape:
        said = "… " + " × ".join(str(length) for length in shape)
        parts.append(TextBox(said, style, color="ink_quiet", small=True))
        gaps.append(0.2 * style.size)
    return grid if len(parts) == 1 else RowBox(parts, gaps)


def shown(length: int, most: int, focus: int = -1) -> list[int]:
    """Which indices are shown, -1 for dots; the first ones, the last, and the one in focus."""
    most = max(2, most)
    if length <= most:
        return list(range(length))
    first = list(range(most - 1))
    if focus < most - 1 or focus == length - 1:
        return [*first, -1, length - 1]
    before = first[:-1]
    dots_before = [-1] if not before or focus > before[-1] + 1 else []
    dots_after = [-1] if focus < length - 2 else []
    return [*before, *dots_before, focus, *dots_after, length - 1]


def power_of_ten(mantissa: str, exponent: int, style: LineStyle, color: str | None = None) -> Box:
    """A number with its factor of ten written out."""
    if not exponent:
        return TextBox(mantissa, style, color=color)
    power = _power_of_ten(exponent, style, color)
    return RowBox([TextBox(mantissa, style, color=color), power], [0.0, 0.12 * style.size])


def _power_of_ten(exponent: int, style: LineStyle, color: str | None = None) -> Box:
    power = TextBox(str(exponent).replace("-", "−"), style, color=color, small=True)
    return ScriptBox(TextBox("× 10", style, color=color), power, None, style)


def _with_dots(texts: list[list[str]], rows: list[int], columns: list[int]) -> list[list[str]]:
    grid, numbers = [], iter(texts)
    for row in rows:
        if row < 0:
            grid.append(["⋱" if column < 0 else "⋮" for column in columns])
            continue
        line = iter(next(numbers))
        grid.append(["…" if column < 0 else next(line) for column in columns])
    return grid


def _focus_at(focus: tuple[int, int], rows: list[int], columns: list[int]) -> tuple[int, int] | None:
    if focus[0] in rows and focus[1] in columns and min(focus) >= 0:
        return rows.index(focus[0]), columns.index(focus[1])
    return None


class _GridBox:
    """Texts in columns aligned to the right (one number of decimals: the points align), between brackets."""

    __slots__ = ("_baselines", "_color", "_focus", "_style", "_texts", "_top", "_widths", "ascent", "descent", "width")

    def __init__(
        self, texts: list[list[str]], style: LineStyle, focus: tuple[int, int] | None, color: str | None
    ) -> None:
        self._texts, self._style, self._focus, self._color = texts, style, focus, color
        self._widths = [[style.advance(text) for text in row] for row in texts]
        pitch = 1.22 * style.size
        height = pitch * (len(texts) - 1) + style.ascent + 0.36 * style.size
        self.ascent = height / 2 + style.axis
        self.descent = height - self.ascent
        first = -self.ascent + 0.18 * style.size + style.ascent
        self._baselines = [first + pitch * row for row in range(len(texts))]
        count = len(texts[0]) if texts else 0
        self._top = [max((row[column] for row in self._widths), default=0.0) for column in range(count)]
        sides = 2 * (self._side() + self._bracket() + self._inset())
        self.width = sum(self._top) + 0.7 * style.size * max(0, count - 1) + sides

    def paint(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        self._paint_brackets(painter, x, baseline, inks)
        style = self._style
        painter.setFont(style.font)
        painter.setPen(inks.named(self._color))
        right = x + self._side() + self._bracket() + self._inset()
        for column, widest in enumerate(self._top):
            right += widest
            for row, at in enumerate(self._baselines):
                text = self._texts[row][column]
                if (row, column) == self._focus:
                    self._paint_focus(painter, QRectF(right - widest, baseline + at, widest, 0), inks)
                    painter.setPen(inks.named(self._color))
                room = widest - self._widths[row][column]
                painter.drawText(QPointF(right - widest + (room / 2 if text in "⋱⋮" else room), baseline + at), text)
            right += 0.7 * style.size

    def _paint_brackets(self, painter: QPainter, x: float, baseline: float, inks: Inks) -> None:
        rule, foot = self._style.rule, self._bracket()
        top, height = baseline - self.ascent, self.ascent + self.descent
        near, far = x + self._side(), x + self.width - self._side()
        for left, stem in ((near, near), (far - foot, far - rule)):
            painter.fillRect(QRectF(stem, top, rule, height), inks.ink)
            painter.fillRect(QRectF(left, top, foot, rule), inks.ink)
            painter.fillRect(QRectF(left, top + height - rule, foot, rule), inks.ink)

    def _paint_focus(self, painter: QPainter, line: QRectF, inks: Inks) -> None:
        room = 0.16 * self._style.size
        frame = line.adjusted(-room, -self._style.ascent - room, room, room)
        painter.setPen(inks.named("cursor"))
        painter.drawRoundedRect(frame, room, room)

    def _side(self) -> float:
        return 0.1 * self._style.size

    def _bracket(self) -> float:
        return 0.22 * self._style.size

    def _inset(self) -> float:
        return 0.16 * self._style.size
