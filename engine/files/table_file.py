"""Tables of numbers in text files: CSV with any usual separator, with or without a line of names."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from engine.errors import FileError
from engine.tensor import Array
from engine.text.text_file import read_text_file

_SEPARATORS = ",;\t"
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "inf", "-inf", "#n/a"})
_MOST_COLUMNS = 10_000


@dataclass(frozen=True, slots=True)
class NotANumber:
    """The first cell of a column that is no number: its line in the file, from 1, and its text."""

    line: int
    text: str


@dataclass(frozen=True, eq=False)
class Table:
    """What was read.

    Attributes:
        file: its name.
        columns: (rows,) by name; NaN where a value is missing.
        words: by name, the columns that hold something else than numbers.
    """

    file: str
    columns: Mapping[str, Array]
    words: Mapping[str, NotANumber]


def read_table(path: Path) -> Table:
    """Read a table; a line of names is recognised by having no number where the next line has one.

    Raises:
        FileError: it cannot be read, has no rows, or lines of different lengths.
    """
    text = read_text_file(path).text
    rows = table_rows(text, separator_of(text), path)
    names, start = _names(rows)
    if len(rows) == start:
        raise FileError("{file} has no rows of numbers.", file=str(path))
    if len(names) > _MOST_COLUMNS:
        raise FileError("{file} has {count} columns; at most {most} can be read.",
                        file=str(path), count=len(names), most=_MOST_COLUMNS)  # fmt: skip
    for number, row in enumerate(rows, start=1):
        if len(row) != len(names):
            raise FileError(
                "{file}, row {row}: {found} values, but there are {expected} columns.",
                file=str(path), row=number, found=len(row), expected=len(names),
            )  # fmt: skip
    columns, words = {}, {}
    for place, name in enumerate(names):
        cells = [row[place].strip() for row in rows[start:]]
        numbers = [_number(cell) for cell in cells]
        wrong = next((at for at, value in enumerate(numbers) if value is None), None)
        if wrong is None:
            columns[name] = np.array(numbers, dtype=np.float64)
        else:
            words[name] = NotANumber(wrong + start + 1, cells[wrong])
    return Table(path.name, columns, words)


def table_rows(text: str, separator: str, path: Path, *, quoted: bool = True) -> list[list[str]]:
    """The cells of a table's text, row by row, without empty rows.

    Args:
        path: the file, to be named in an error.
        quoted: whether quotes keep cells together; else they are text like any other.

    Raises:
        FileError: a cell is longer than any real one.
    """
    try:
        rows = list(_reader(text, separator, quoted))
    except csv.Error as error:
        raise FileError("{file} is no table: {problem}.", file=str(path), problem=str(error)) from error
    return [row for row in rows if any(map(str.strip, row))]


def _reader(text: str, separator: str, quoted: bool) -> Iterator[list[str]]:
    if quoted:
        return csv.reader(StringIO(text), delimiter=separator)
    return csv.reader(StringIO(text), delimiter=separator, quoting=csv.QUOTE_NONE)


def separator_of(text: str) -> str:
    """The one that cuts the first lines into equally many pieces, and more than one; else a comma."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    for separator in _SEPARATORS:
        counts = {line.count(separator) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return separator
    return max(_SEPARATORS, key=lambda separator: lines[0].count(separator)) if lines else ","


def _names(rows: list[list[str]]) -> tuple[list[str], int]:
    """Names of the columns, and how many lines they take."""
    first = [cell.strip() for cell in rows[0]]
    later = rows[1] if len(rows) > 1 else ["0"] * len(first)
    named = any(
        _number(name) is None and _number(cell.strip()) is not None for name, cell in zip(first, later, strict=False)
    )
    numbered = [f"column {place}" for place in range(1, len(first) + 1)]
    if not named:
        return numbered, 0
    names: list[str] = []
    for name, number in zip(first, numbered, strict=True):
        names.append(name if name and name not in names else number)
    return names, 1


def _number(cell: str) -> float | None:
    """The number in a cell, NaN if it is missing; None if it is something else."""
    if cell.lower() in _MISSING:
        return math.nan
    try:
        value = float(cell.replace("−", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else math.nan
