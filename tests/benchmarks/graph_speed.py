"""A graph of a hundred thousand operations: built, laid out, painted, panned at five zooms."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.collector import collector_paused
from engine.debugger.cursor import Cursor
from engine.debugger.session import Session
from engine.lesson import lesson_named
from tests.benchmarks.large_recording import large_recording
from tests.benchmarks.row import Missing, Row
from tests.benchmarks.window import FRAME, painted, settle

_ZOOMS = (0.0, 0.08, 0.25, 0.6, 1.5)
_PANS = 40
_SECOND = 1000.0


def graph_rows() -> Iterator[Row | Missing]:
    """Bars: a second for building and laying out, a frame for painting."""
    from graphs.build import graph_of
    from graphs.draw import draw
    from graphs.layout import lay_out
    from graphs.level import Level
    from graphs.tape_arrays import arrays_of

    graph_of(small := large_recording(20))  # imports what is imported late
    draw(small, level=Level.OPERATIONS)
    tape = large_recording()
    count = sum(step.operation is not None for step in tape)
    graph, graph_time = _timed(lambda: graph_of(tape))
    yield Row(f"networkx graph of {count:,} operations", graph_time, _SECOND, "one second", 1.0)
    arrays = arrays_of(tape)
    with collector_paused():  # as in draw()
        _, layout_time = _timed(lambda: lay_out(arrays))
    _, draw_time = _timed(lambda: draw(tape, level=Level.OPERATIONS))  # reads the tape and lays it out itself
    yield Row(f"layout of {count:,} operations", layout_time, 100.0, "a tenth of a second", 1.0)
    both = f"graph, layout and routes of {count:,} operations"
    yield Row(both, graph_time + draw_time, _SECOND, "one second", 1.0)
    del graph
    yield from _painting(tape, count)


def _timed(work: Any) -> tuple[Any, float]:
    start = time.perf_counter()
    made = work()
    return made, (time.perf_counter() - start) * 1e3


def _painting(tape: Any, count: int) -> Iterator[Row | Missing]:
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.app import application
    from gui.appearance import Appearance
    from gui.bridge import Bridge
    from gui.canvas.canvas_view import CanvasView

    application()
    session = Session(lesson_named("binary-addition"))
    session.cursor = Cursor(tape)
    session.cursor.position = session.cursor.end // 2
    bridge = Bridge(session)
    view = CanvasView(bridge, Appearance())
    view.resize(1600, 900)
    start = time.perf_counter()
    view.show()
    painted()
    first = (time.perf_counter() - start) * 1e3
    yield Row(f"first paint of {count:,} operations, scene included", first, _SECOND, "one second", 1.0)
    for zoom in _ZOOMS:
        shown, times = _pan(view, zoom)
        yield Row(f"a frame while panning {count:,} operations at zoom {shown:.3g} (95th percentile)",
                  float(np.percentile(times, 95)), FRAME, "a frame at 60 Hz", 1.0)  # fmt: skip
    view.close()
    bridge.close()
    view.deleteLater()
    settle(0.1)


def _pan(view: Any, zoom: float) -> tuple[float, list[float]]:
    """Wheel to a zoom (0: as far out as it fits), then drag by the mouse; the zoom and milliseconds a frame."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    view.fit()
    settle(0.6)
    for _ in range(400):
        if not zoom or view.camera.zoom >= zoom:
            break
        view.zoom_in()
        settle(0.2)
    settle(0.3)
    port = view.viewport()
    at = QPoint(1200, 450)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    times = []
    for _ in range(_PANS):
        at = at - QPoint(23, 0)
        start = time.perf_counter()
        QTest.mouseMove(port, at)
        painted()
        port.repaint()
        times.append((time.perf_counter() - start) * 1e3)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    return view.camera.zoom, times
