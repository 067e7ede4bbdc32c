"""A series of the user's own, out of a CSV file: from the values so far, the next ones are to be told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.files.chosen_file import ChosenFile, chosen_file
from engine.files.series_data import (
    FILLINGS,
    INTERPOLATED,
    SCALINGS,
    STANDARD,
    SeriesData,
    SeriesError,
    series_of,
)  # fmt: skip
from engine.files.table_file import Table, read_table
from engine.randomness import generator
from engine.scoring import score_values
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Remark, Score, Sizes
from engine.tensor import Array

EXAMINED = 500
TOLERANCE = 0.5
_ROWS = 400


class Series:
    """Windows of a series, drawn at random from the part that is learned; each value's successor is asked."""

    name = "series"
    sequences = "windows"
    settings = (
        Setting("series_file", SettingKind.FILE, "", "CSV file with the series; without one, a series of our own."),
        Setting(
            "columns", SettingKind.TEXT, "",
            "Columns of the series: names or numbers with commas between; empty for all that hold numbers.",
        ),
        Setting(
            "missing", SettingKind.CHOICE, INTERPOLATED, "What stands in for a missing value of the series.",
            choices=FILLINGS,
        ),
        Setting(
            "scaling", SettingKind.CHOICE, STANDARD,
            "How each column of the series is scaled, measured on the part that is learned.", choices=SCALINGS,
        ),
        Setting("length", SettingKind.INTEGER, 24, "Number of time steps of a sequence.", 2, 10_000),
        Setting("batch", SettingKind.INTEGER, 8, "Number of sequences in one iteration.", 1, 4096),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """The columns in, the columns a time step later out."""
        columns = len(data_of(settings).names)
        return Sizes(columns, columns, settings.integer("length"), Answer.VALUES)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random windows of the part that is learned."""
        data = data_of(settings)
        starts = random.integers(data.trained - settings.integer("length"), size=settings.integer("batch"))
        return _windows(data, settings, starts)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """Windows of the part that was held out, from its start to its end."""
        data, length = data_of(settings), settings.integer("length")
        first = max(0, data.trained - length)
        last = len(data.values) - length - 1
        starts = np.unique(np.linspace(min(first, last), last, EXAMINED).astype(np.int64))
        return _windows(data, settings, starts)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a window whose last values are closer than TOLERANCE, as scaled; the loss is over all of it."""
        targets = batch.targets["d"]
        right = score_values(outputs[-1:], targets[-1:], TOLERANCE).right
        return Score(right, batch.size, score_values(outputs, targets, TOLERANCE).mean_loss)

    def measures(self, score: Score) -> Mapping[str, float]:
        """The mean squared error, as scaled."""
        return {"mean squared error": 2.0 * score.mean_loss}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first window's last values and the answers, as scaled."""
        pairs = zip(batch.targets["d"][-1, 0], outputs[-1, 0], strict=True)
        return ["; ".join(f"next {truth:.3f}, answer {answer:.3f}" for truth, answer in pairs)]

    def remarks(self, settings: Settings) -> tuple[Remark, ...]:
        """What was done to the data."""
        data = data_of(settings)
        made = [
            Remark(
                "{names}: {rows} rows, the first {trained} are learned.",
                names=", ".join(data.names), rows=len(data.values), trained=data.trained,
            )  # fmt: skip
        ]
        if data.left_out:
            made.append(Remark("{count} rows with missing values were left out.", count=data.left_out))
        elif data.missing:
            filling = settings.text("missing")
            made.append(Remark("{count} missing values: {filling}.", count=data.missing, filling=filling))
        if data.skipped:
            made.append(Remark("Without numbers, and so left out: {names}.", names=", ".join(data.skipped)))
        return tuple(made)


def data_of(settings: Settings) -> SeriesData:
    """The series that settings ask for.

    Raises:
        FileError: the file cannot be read. SeriesError: it gives no series, or one shorter than a window.
    """
    file = chosen_file(settings, "series_file")
    data = _data(file, settings.text("columns"), settings.text("missing"), settings.text("scaling"))
    if data.trained <= settings.integer("length"):
        raise SeriesError(
            "The series has {rows} rows to learn; a length of {length} needs more of them.",
            rows=data.trained, length=settings.integer("length"),
        )  # fmt: skip
    return data


@lru_cache(maxsize=8)
def _data(file: ChosenFile | None, columns: str, filling: str, scaling: str) -> SeriesData:
    return series_of(_own_table() if file is None else read_table(file.path), columns, filling, scaling)


def _own_table() -> Table:
    """A shop's year of days: sales follow the weekday and the season, and so, a day later, do returns."""
    random = generator(0, "series")
    day = np.arange(_ROWS)
    week, season = np.sin(2 * np.pi * day / 7), np.cos(2 * np.pi * day / 365)
    sales = 100 + 30 * week + 20 * season + 4 * random.standard_normal(_ROWS)
    returns = 5 + 0.1 * np.concatenate([sales[:1], sales[:-1]]) + random.standard_normal(_ROWS)
    sales[[40, 41, 205]] = returns[300] = np.nan
    return Table("sales", {"sales": sales, "returns": returns}, {})


def _windows(data: SeriesData, settings: Settings, starts: Array) -> Batch:
    dtype = np.dtype(settings.text("dtype"))
    places = starts + np.arange(settings.integer("length") + 1)[:, np.newaxis]
    windows = data.values[places].astype(dtype)
    return Batch({"x": windows[:-1]}, {"d": windows[1:]}, {"start": starts})


TASKS.add(Series.name, Series())
