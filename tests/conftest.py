"""What holds for every test; knows no Qt, since the rooms below the screen are tested where there is none."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt: tests never open a window unless somebody names another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# One BLAS thread: spin-waits of more would only fight the drawing for the same cores.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

# The same examples at every run, on a machine however busy: whether the tests pass is to depend on what is tested.
# `pytest --hypothesis-profile default` looks for new ones.
hypothesis.settings.register_profile(
    "always the same", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("always the same")

# tqdm's monitor outlives the bar by design and ends with the process.
_THREADS_THAT_MAY_STAY = ("TMonitor",)
_SECONDS_TO_END = 6.0


@pytest.fixture(autouse=True)
def home_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty settings folder, so that no test reads or writes the user's own."""
    home = tmp_path / "backstep-home"
    home.mkdir()
    monkeypatch.setenv("BACKSTEP_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_warnings_logged(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged warning or error that the test did not ask for fails it (marker: allow_warnings)."""
    yield
    if request.node.get_closest_marker("allow_warnings"):
        return
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    unexpected = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    assert not unexpected, f"logged without being expected: {unexpected}"


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """A Python thread that the test started and did not end fails it."""
    before = set(threading.enumerate())
    yield
    left = _threads_left(before)
    deadline = time.monotonic() + _SECONDS_TO_END
    while left and time.monotonic() < deadline:
        left[0].join(0.02)
        left = _threads_left(before)
    assert not left, f"threads still running: {[thread.name for thread in left]}"


def _threads_left(before: set[threading.Thread]) -> list[threading.Thread]:
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and type(thread).__name__ not in _THREADS_THAT_MAY_STAY
    ]
