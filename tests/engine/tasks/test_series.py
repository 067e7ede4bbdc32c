"""The user's own series as a task."""

import os
from pathlib import Path

import numpy as np
import pytest

from engine.errors import BackstepError
from engine.task import TASKS
from engine.tasks.series import Series, data_of
from tests.engine.tasks.drawn import drawn, examined, settings_of

TASK = TASKS["series"]


def table(folder: Path, rows: int = 40) -> str:
    path = folder / "own.csv"
    path.write_text("v,w\n" + "".join(f"{row},{row * row}\n" for row in range(rows)), encoding="utf-8")
    return str(path)


def test_each_next_row_is_asked(tmp_path: Path) -> None:
    batch = drawn("series", series_file=table(tmp_path), scaling="none", length=5, batch=7)
    x, d = batch.inputs["x"], batch.targets["d"]
    assert x.shape == d.shape == (5, 7, 2)
    np.testing.assert_array_equal(d[..., 0], x[..., 0] + 1)
    np.testing.assert_array_equal(d[..., 1], d[..., 0] ** 2)
    assert d.max() < 32 * 32  # nothing of what is held out


def test_the_examination_asks_what_is_held_out(tmp_path: Path) -> None:
    batch = examined("series", series_file=table(tmp_path), scaling="none", length=5)
    last = batch.targets["d"][-1, :, 0]
    assert last.min() >= 32
    assert last.max() == 39
    assert TASK.score(batch.targets["d"], batch).right == batch.size
    assert TASK.score(batch.targets["d"] + 0.6, batch).right == 0


def test_without_a_file_there_is_a_series_with_something_missing() -> None:
    assert isinstance(TASK, Series)
    settings = settings_of(TASK)
    data = data_of(settings)
    assert data.names == ("sales", "returns")
    assert [str(remark) for remark in TASK.remarks(settings)] == [
        "sales, returns: 400 rows, the first 320 are learned.", "4 missing values: interpolated."
    ]  # fmt: skip


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    settings = settings_of(TASK, series_file=table(tmp_path), length=2)
    before = len(data_of(settings).values)
    path = Path(table(tmp_path, rows=50))
    stamp = path.stat().st_mtime_ns + 10_000_000
    os.utime(path, ns=(stamp, stamp))
    assert (before, len(data_of(settings).values)) == (40, 50)


def test_a_window_longer_than_the_series_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackstepError, match="32 rows to learn; a length of 32 needs more"):
        TASK.sizes(settings_of(TASK, series_file=table(tmp_path), length=32))
