"""Where the cells of a heatmap lie: how many fit, how large they are, whether their numbers fit into them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.tensor import Array

_MOST_LINES = 6
"""A vector whose numbers fill more lines than this is shown in colours alone."""

_ROUND = (4, 5, 8, 10, 16, 20, 32, 64)


@dataclass(frozen=True, slots=True)
class CellSizes:
    """Sizes in px, scaled.

    Attributes:
        number_width: of the narrowest cell a number is readable in.
        number_height: of a cell with a number.
        least, most: bounds of a cell without numbers.
        widest: of a cell with a number.
        height: of the whole heatmap at most.
    """

    number_width: int
    number_height: int
    least: int
    most: int
    widest: int
    height: int


@dataclass(frozen=True, slots=True)
class CellGrid:
    """The cells on screen: lines of cells; a vector is wrapped into lines, a matrix has a line for each row.

    Attributes:
        shape: rows and columns of the array.
        per_line: cells in a line, of a matrix its columns.
        lines: number of lines.
        shown_lines, shown_columns: how many are on screen at a time.
        cell_width, cell_height: whole px.
        numbers: whether the numbers stand in the cells.
        wrapped: whether a line is not a row of the array.
    """

    shape: tuple[int, int]
    per_line: int
    lines: int
    shown_lines: int
    shown_columns: int
    cell_width: int
    cell_height: int
    numbers: bool
    wrapped: bool

    @property
    def is_cut(self) -> bool:
        """Whether only a part is on screen."""
        return self.shown_lines < self.lines or self.shown_columns < self.per_line

    def place(self, line: int, column: int) -> tuple[int, int] | None:
        """The row and column of the array in a cell; None behind the last."""
        if not (0 <= line < self.lines and 0 <= column < self.per_line):
            return None
        if not self.wrapped:
            return line, column
        at = line * self.per_line + column
        if at >= self.shape[0] * self.shape[1]:
            return None
        return (0, at) if self.shape[0] == 1 else (at, 0)

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """The line and its cell where a number of the array stands."""
        return divmod(max(row, column), self.per_line) if self.wrapped else (row, column)

    def slice_of(self, values: Array, first_line: int, first_column: int) -> Array:
        """The numbers on screen, (lines, columns) float64; the last line of a wrapped vector is filled with zeros."""
        if not self.wrapped:
            part = values[first_line : first_line + self.shown_lines, first_column : first_column + self.shown_columns]
            return np.asarray(part, dtype=np.float64)
        start = first_line * self.per_line
        part = values.reshape(-1)[start : start + self.shown_lines * self.per_line]
        lines = math.ceil(part.size / self.per_line)
        made = np.zeros(lines * self.per_line)
        made[: part.size] = part
        return made.reshape(lines, self.per_line)


def two_dimensional(values: Array) -> Array:
    """The array as rows and columns, without a copy: a scalar is one cell, of further axes the first slice is taken."""
    flat = np.asarray(values)
    while flat.ndim > 2:
        flat = flat[0]
    return flat.reshape(1, -1) if flat.ndim < 2 else flat


def cell_grid(shape: tuple[int, int], width: int, sizes: CellSizes) -> CellGrid:
    """The grid for an array of a shape in a place of a width in px."""
    rows, columns = shape
    count = rows * columns
    if min(rows, columns) == 1 and count > 1:
        return _vector(shape, count, width, sizes)
    if columns * sizes.number_width <= width:
        cell_width = min(sizes.widest, width // max(1, columns))
        cell_height, numbers = sizes.number_height, True
    else:
        cell_width = min(sizes.most, max(sizes.least, width // max(1, columns)))
        cell_height, numbers = cell_width, False
    shown_columns = min(columns, max(1, width // max(1, cell_width)))
    shown_lines = min(rows, max(1, sizes.height // max(1, cell_height)))
    return CellGrid(shape, columns, rows, shown_lines, shown_columns, cell_width, cell_height, numbers, False)


def _vector(shape: tuple[int, int], count: int, width: int, sizes: CellSizes) -> CellGrid:
    fitting = max(1, width // sizes.number_width)
    numbers = math.ceil(count / fitting) <= _MOST_LINES
    if numbers:
        # Lines of 8 or 10 are easier to count in than lines of 7.
        round_ones = [length for length in _ROUND if length <= fitting and math.ceil(count / length) <= _MOST_LINES]
        per_line = count if count <= fitting else max(round_ones, default=fitting)
        lines = math.ceil(count / per_line)
        cell_width, cell_height = min(sizes.widest, width // per_line), sizes.number_height
    else:
        cell_width = max(sizes.least, min(sizes.most, width * sizes.height // max(1, count * sizes.least)))
        cell_width = min(cell_width, sizes.most)
        per_line = max(1, width // cell_width)
        lines = math.ceil(count / per_line)
        cell_height = cell_width
    shown = min(lines, max(1, sizes.height // cell_height))
    return CellGrid(shape, per_line, lines, shown, per_line, cell_width, cell_height, numbers, True)
