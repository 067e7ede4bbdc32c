"""A series out of a table: columns chosen, missing values filled, scaled; and what was done, to be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.errors import BackstepError
from engine.files.table_file import Table
from engine.tensor import Array

INTERPOLATED, PREVIOUS, LEFT_OUT = "interpolated", "previous value", "row left out"
FILLINGS = (INTERPOLATED, PREVIOUS, LEFT_OUT)
STANDARD, UNIT, UNCHANGED = "mean 0, deviation 1", "0 to 1", "none"
SCALINGS = (STANDARD, UNIT, UNCHANGED)
TRAINED = 0.8
"""The part of the rows that is learned; the rest is held out."""


class SeriesError(BackstepError):
    """A table gives no series."""


@dataclass(frozen=True, eq=False)
class SeriesData:
    """A series.

    Attributes:
        names: of its columns.
        values: (rows, columns), scaled.
        trained: number of rows that are learned; the later ones are held out.
        missing: number of values that were missing.
        left_out: number of rows that were left out.
        skipped: columns of the table that hold no numbers and were not chosen.
        offset, factor: (columns,): a value of the table is ``offset + factor · value``.
    """

    names: tuple[str, ...]
    values: Array
    trained: int
    missing: int
    left_out: int
    skipped: tuple[str, ...]
    offset: Array
    factor: Array


def series_of(table: Table, chosen: str, filling: str, scaling: str) -> SeriesData:
    """Make a series.

    Args:
        table: what was read.
        chosen: names or numbers (from 1) of columns, with commas between; empty for all that hold numbers.
        filling: one of FILLINGS. scaling: one of SCALINGS; measured on the rows that are learned.

    Raises:
        SeriesError: a column is unknown, holds no numbers, or nothing but missing values; or too few rows are left.
    """
    names = _chosen(table, chosen)
    raw = np.stack([table.columns[name] for name in names], axis=1)
    missing = np.isnan(raw)
    for place, name in enumerate(names):
        if missing[:, place].all():
            raise SeriesError("The column “{name}” of {file} has no values.", name=name, file=table.file)
    if filling == LEFT_OUT:
        values = raw[~missing.any(axis=1)]
    else:
        values = np.stack([_filled(column, filling) for column in raw.T], axis=1)
    if len(values) < 4:
        raise SeriesError("{file} leaves {count} rows; at least 4 are needed.", file=table.file, count=len(values))
    trained = max(2, int(TRAINED * len(values)))
    offset, factor = _scale(values[:trained], scaling)
    return SeriesData(
        names, (values - offset) / factor, trained, int(missing.sum()), len(raw) - len(values),
        tuple(table.words), offset, factor,
    )  # fmt: skip


def _chosen(table: Table, chosen: str) -> tuple[str, ...]:
    every = [*table.columns, *table.words]
    wanted = [piece.strip() for piece in chosen.split(",") if piece.strip()]
    if not wanted:
        if not table.columns:
            raise SeriesError("No column of {file} holds numbers alone.", file=table.file)
        return tuple(table.columns)
    names = []
    for piece in wanted:
        name = piece if piece in every else _by_number(table, piece)
        if name is None:
            raise SeriesError(
                "{file} has no column “{name}”; there are {known}.",
                file=table.file, name=piece, known=", ".join(every[:20]),
            )  # fmt: skip
        if name in table.words:
            wrong = table.words[name]
            raise SeriesError(
                "The column “{name}” of {file} holds something else than numbers: “{text}” in row {row}.",
                name=name, file=table.file, text=wrong.text[:40], row=wrong.line,
            )  # fmt: skip
        if name not in names:
            names.append(name)
    return tuple(names)


def _by_number(table: Table, piece: str) -> str | None:
    every = list(table.columns)
    return every[int(piece) - 1] if piece.isascii() and piece.isdigit() and 0 < int(piece) <= len(every) else None


def _filled(column: Array, filling: str) -> Array:
    there = ~np.isnan(column)
    places = np.arange(len(column))
    if filling == INTERPOLATED:
        return np.interp(places, places[there], column[there])
    last = np.maximum.accumulate(np.where(there, places, -1))
    filled: Array = column[np.where(last >= 0, last, int(np.argmax(there)))]
    return filled


def _scale(values: Array, scaling: str) -> tuple[Array, Array]:
    """Offset and factor of every column; a constant column is only shifted."""
    measures: dict[str, Callable[[], tuple[Array, Array]]] = {
        STANDARD: lambda: (values.mean(axis=0), values.std(axis=0)),
        UNIT: lambda: (values.min(axis=0), np.ptp(values, axis=0)),
        UNCHANGED: lambda: (np.zeros(values.shape[1]), np.ones(values.shape[1])),
    }
    offset, factor = measures[scaling]()
    return offset, np.where(factor > 0, factor, 1.0)
