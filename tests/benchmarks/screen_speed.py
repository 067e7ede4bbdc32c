"""A step on the screen, from the key press to the painted window, with every panel visible."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from engine.debugger.session import Session
from engine.lesson import lesson_named, lessons
from tests.benchmarks.row import Missing, Row
from tests.benchmarks.window import FRAME, painted, settle, shown_window

_STEPS = 300
_HELD_KEY = 0.033
"""Seconds from one step to the next when a key is held: what is put off, and what is foreseen, gets its turn."""
_LONG: dict[str, object] = {"bits": 50, "hidden": 64}
_DEEP: dict[str, object] = {"cell": "lstm", "layers": 2, "hidden": 64, "length": 50}
_HEADS: dict[str, object] = {"layers": 2, "heads": 8}
_SOURCE, _ANSWER = 30, 12
"""Tokens of every pair the Transformer reads."""


class _Case(NamedTuple):
    title: str
    lesson: str
    settings: dict[str, object]
    panel: str = ""
    """What is brought to the front; empty for what the lesson brings."""


_CASES = (
    _Case("the lesson as it opens", "binary-addition", {}),
    _Case("T = 50, H = 64", "binary-addition", _LONG),
    _Case("LSTM of 2 layers, T = 50, H = 64", "adding-problem", _DEEP),
    _Case(f"Transformer of 2 + 2 layers, 8 heads, {_SOURCE} × {_ANSWER} tokens, attention open",
          "user-pairs-transformer", _HEADS, "attention"),
)  # fmt: skip
_TWO_SECONDS = 2000.0


def screen_rows() -> Iterator[Row | Missing]:
    """The lesson as it opens, fifty time steps of many units, and a Transformer; panels as tabs and side by side."""
    with TemporaryDirectory() as folder:
        pairs = _written_pairs(Path(folder))
        for case in _CASES:
            values = {**case.settings, "pairs_file": str(pairs)} if case.panel else case.settings
            for arrangement in ("panels as they open", "all panels side by side"):
                yield from _rows_of(case, values, arrangement)


def _written_pairs(folder: Path) -> Path:
    """A file of pairs, all of the same length, of ten symbols."""
    path, random = folder / "pairs.tsv", np.random.default_rng(0)
    drawn = (random.choice(list("abcdefghij"), _SOURCE).tolist() for _ in range(200))
    path.write_text("".join(f"{' '.join(one)}\t{' '.join(one[:_ANSWER])}\n" for one in drawn), encoding="utf-8")
    return path


def _rows_of(case: _Case, values: dict[str, object], arrangement: str) -> Iterator[Row]:
    lesson = lesson_named(case.lesson)
    session = Session(lesson, lesson.settings.changed(**values))
    with shown_window(session) as window:
        if arrangement != "panels as they open":
            _show_all_panels(window)
        if case.panel:
            window.show_panel(case.panel)  # type: ignore[attr-defined]
            settle(0.5)
        forward = _step_times(window.bridge)  # type: ignore[attr-defined]
        window.bridge.move_to(session.tape.backward_start + 40)  # type: ignore[attr-defined]
        settle(0.5)
        backward = _step_times(window.bridge)  # type: ignore[attr-defined]
    for phase, times in (("forward", forward), ("backward", backward)):
        what = f"a step on screen, {phase}, {arrangement}, {case.title}"
        wall, processor = np.percentile(times, 95, axis=0).tolist()
        yield Row(f"{what} (95th percentile)", wall, FRAME, "a frame at 60 Hz", 1.0)
        yield Row(f"{what}, processor time (95th percentile)", processor, FRAME, "a frame at 60 Hz", 1.0)


def opening_rows() -> Iterator[Row | Missing]:
    """Every lesson opened in a window that is there: the slowest."""
    taken: dict[str, float] = {}
    with shown_window(Session(lesson_named("binary-addition"))) as window:
        for lesson in lessons():
            start = time.perf_counter()
            window.bridge.open_lesson(lesson.id)  # type: ignore[attr-defined]
            painted()
            taken[lesson.id] = (time.perf_counter() - start) * 1e3
            settle(0.5)
    slowest = max(taken, key=taken.__getitem__)
    yield Row(f"opening a lesson, the slowest ({slowest})", taken[slowest], _TWO_SECONDS, "two seconds", 1.0)


def _show_all_panels(window: Any) -> None:
    """Put the tabbed panels side by side, so that each of them paints at every step."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QDockWidget

    docks = [dock for dock in window.findChildren(QDockWidget) if
             window.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea]  # fmt: skip
    for left, right in zip(docks, docks[1:], strict=False):
        window.splitDockWidget(left, right, Qt.Orientation.Horizontal)
    for dock in docks:
        dock.show()
    settle(1.0)


def _step_times(bridge: Any) -> list[tuple[float, float]]:
    """Milliseconds of each step: by the clock, and of this thread's processor time, which other programs delay less."""
    times = []
    for _ in range(_STEPS):
        if bridge.cursor.next is None:
            break
        start, start_processor = time.perf_counter(), time.thread_time()
        bridge.step()
        painted()
        times.append(((time.perf_counter() - start) * 1e3, (time.thread_time() - start_processor) * 1e3))
        settle(max(0.0, start + _HELD_KEY - time.perf_counter()))
    return times
