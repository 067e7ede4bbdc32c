"""Series out of tables: columns, missing values, scales."""

import numpy as np
import pytest

from engine.files.series_data import (
    FILLINGS,
    INTERPOLATED,
    LEFT_OUT,
    PREVIOUS,
    SCALINGS,
    STANDARD,
    UNCHANGED,
    UNIT,
    SeriesError,
    series_of,
)
from engine.files.table_file import NotANumber, Table

NAN = np.nan
TABLE = Table(
    "t.csv",
    {"a": np.array([NAN, 1.0, NAN, 3.0, 5.0, NAN]), "b": np.arange(6.0), "c": np.full(6, NAN)},
    {"day": NotANumber(2, "monday")},
)


@pytest.mark.parametrize(
    ("filling", "expected"),
    [(INTERPOLATED, [1, 1, 2, 3, 5, 5]), (PREVIOUS, [1, 1, 1, 3, 5, 5])],
)
def test_missing_values_are_filled(filling: str, expected: list[float]) -> None:
    data = series_of(TABLE, "a", filling, UNCHANGED)
    np.testing.assert_array_equal(data.values[:, 0], expected)
    assert (data.missing, data.left_out) == (3, 0)


def test_rows_with_missing_values_are_left_out() -> None:
    table = Table("t", {"a": np.array([0, NAN, 2, 3, 4, 5.0]), "b": np.array([0, 1, 2, NAN, 4, 5.0])}, {})
    data = series_of(table, "", LEFT_OUT, UNCHANGED)
    np.testing.assert_array_equal(data.values, [[0, 0], [2, 2], [4, 4], [5, 5]])
    assert (data.missing, data.left_out) == (2, 2)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_scales_are_measured_on_what_is_learned_and_can_be_undone(scaling: str) -> None:
    raw = np.random.default_rng(0).normal(7.0, 3.0, 50)
    data = series_of(Table("t", {"v": raw, "flat": np.full(50, 2.0)}, {}), "", INTERPOLATED, scaling)
    np.testing.assert_allclose(data.offset + data.factor * data.values, np.stack([raw, np.full(50, 2.0)], axis=1))
    learned = data.values[: data.trained, 0]
    if scaling == STANDARD:
        assert learned.mean() == pytest.approx(0, abs=1e-12)
        assert learned.std() == pytest.approx(1)
    if scaling == UNIT:
        assert (learned.min(), learned.max()) == (0, 1)
    assert data.trained == 40


def test_columns_are_chosen_by_name_or_number() -> None:
    assert series_of(TABLE, " b , 1", INTERPOLATED, UNCHANGED).names == ("b", "a")
    assert series_of(TABLE, "b,b", INTERPOLATED, UNCHANGED).names == ("b",)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("x", "no column “x”; there are a, b, c, day"),
        ("4", "no column “4”"),
        ("0", "no column “0”"),
        ("day", "holds something else than numbers: “monday” in row 2"),
        ("c", "“c” of t.csv has no values"),
        ("", "“c” of t.csv has no values"),
    ],
)
def test_what_cannot_be_chosen_is_refused(chosen: str, sentence: str) -> None:
    for filling in FILLINGS:
        with pytest.raises(SeriesError, match=sentence):
            series_of(TABLE, chosen, filling, STANDARD)


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(SeriesError, match="leaves 2 rows"):
        series_of(Table("t", {"a": np.array([NAN, 1.0, 2.0])}, {}), "a", LEFT_OUT, STANDARD)
    with pytest.raises(SeriesError, match="No column of t holds numbers"):
        series_of(Table("t", {}, {"day": NotANumber(1, "x")}), "", INTERPOLATED, STANDARD)
