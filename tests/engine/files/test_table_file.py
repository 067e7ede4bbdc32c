"""Tables: any usual separator and encoding, names or none, missing values, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import FileError
from engine.files.table_file import read_table


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_every_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    text = "日付,気温,湿度\n一日目,1.5,60\n二日目,−2,\n三日目,3e1,NaN\n".replace(",", separator)
    if encoding in {"cp932", "euc_jp"}:
        text = text.replace("−", "-")
    table = read_table(written(tmp_path, text, encoding))
    np.testing.assert_array_equal(table.columns["気温"], [1.5, -2.0, 30.0])
    np.testing.assert_array_equal(table.columns["湿度"], [60.0, np.nan, np.nan])
    assert table.words["日付"].line == 2
    assert table.words["日付"].text == "一日目"


def test_a_table_without_names_and_one_with_a_name_missing_or_twice(tmp_path: Path) -> None:
    assert list(read_table(written(tmp_path, "1,2\n3,4\n")).columns) == ["column 1", "column 2"]
    assert list(read_table(written(tmp_path, "a,,a\n3,4,5\n")).columns) == ["a", "column 2", "column 3"]


def test_quotes_and_empty_lines(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, '"x, in m";y\n\n1;2\n  \n3;4\n'))
    np.testing.assert_array_equal(table.columns["x, in m"], [1, 3])


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    np.testing.assert_array_equal(read_table(written(tmp_path, "v\n1\n2\n")).columns["v"], [1, 2])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("a,b\n", "has no rows of numbers"),
        ("a,b\n1,2\n3\n", "row 3: 1 values, but there are 2 columns"),
        ("1,2\n3,4,5\n", "row 2: 3 values"),
        ("x\0y", "holds binary data"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        read_table(written(tmp_path, text))


def test_a_folder_or_nothing_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(FileError):
            read_table(path)
