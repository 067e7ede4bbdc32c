"""The picture of all heads: what is worked out for all of them at once, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention import AttentionView
from gui.views.attention_table import attention_tables
from gui.views.heads_grid import HeadsGrid
from gui.views.heads_numbers import marks_of_heads, numbers_of_heads
from tests.gui.views.showing import Showing
from tests.gui.views.transformer_lesson import transformer_bridge

Opened = Callable[..., tuple[Bridge, AttentionView]]


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: HeadsGrid) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(look: Appearance | None = None, **settings: object) -> tuple[Bridge, AttentionView]:
        bridge = transformer_bridge(**settings)
        return bridge, showing(AttentionView, bridge, (1100, 420), look)

    return open_view


def grid_of(view: AttentionView) -> HeadsGrid:
    assert view.grid is not None
    return view.grid


def fresh(bridge: Bridge, view: AttentionView, look: Appearance, qtbot: QtBot) -> QImage:
    """The picture of a grid that has never shown anything else."""
    grid = grid_of(view)
    made = HeadsGrid(grid.rows, bridge, look, view.forcing)
    qtbot.addWidget(made)
    made.resize(grid.size())
    return seen(made)


def seen(grid: HeadsGrid) -> QImage:
    """What is on the screen, whatever the format: with transparent parts, or known to have none."""
    return grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("forcing", ["on", "off"])
def test_all_heads_at_once_are_what_each_row_of_each_head_is(opened: Opened, qtbot: QtBot, forcing: str) -> None:
    bridge, view = opened(teacher_forcing=forcing, padding="masked")
    for step in range(2):
        bridge.move_to(bridge.tape.backward_start)
        for table in attention_tables(bridge.tape):
            view.show_place(table.place)
            for scores in (False, True):
                view.show_scores(scores)
                grid = grid_of(view)
                count = range(len(grid.rows.table.times))
                shown = [grid.rows.value_entry(row) for row in count]
                marks, numbers = marks_of_heads(grid.rows), numbers_of_heads(grid.rows, [*shown[:-1], None])
                assert not numbers[:, -1].any()
                for panel, rows in enumerate(grid.panels):
                    np.testing.assert_array_equal(marks.masked[panel], [rows.masked(row) for row in count])
                    np.testing.assert_array_equal(marks.forced[panel], [rows.forced(row) for row in count])
                    np.testing.assert_array_equal(
                        numbers[panel, :-1], [rows.numbers(shown[row], row) for row in count[:-1]]
                    )
        assert marks.forced.any() == (step == 1)
        view.show_scores(False)
        view.forcing.force(replace(grid_of(view).rows, head=1), (4, 2), 0.5)
        qtbot.waitUntil(lambda: bridge.busy is None, timeout=10_000)


def test_only_steps_that_change_it_paint_it(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="off")
    view.show_place("decoder/layer=2/source-target attention/a")
    grid = grid_of(view)
    weights = grid.rows.table.weights
    bridge.move_to(weights[2])
    QApplication.processEvents()
    paints = Paints(grid)
    painted = []
    for _ in range(weights[2], weights[4] + 2):
        before = paints.count
        bridge.step()
        QApplication.processEvents()
        if paints.count > before:
            painted.append(bridge.cursor.current)
    changing = {at + more for at in weights[2:5] for more in (0, 1)}  # revealed and framed, then framed no longer
    assert changing <= set(painted)
    assert len(painted) < 0.5 * (weights[4] - weights[2]), "most steps are not its own"


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.3)])
def test_what_is_kept_is_what_would_be_painted(opened: Opened, qtbot: QtBot, theme: str, scale: float) -> None:
    look = Appearance(theme=theme, scale=scale)
    bridge, view = opened(look, teacher_forcing="off")
    places = [table.place for table in attention_tables(bridge.tape)]
    pictures = set()
    for at in (bridge.tape.backward_start // 2, bridge.tape.backward_start, bridge.cursor.end):
        bridge.move_to(at)
        for gradients in (False, True):
            view.show_gradients(gradients)
            for place in [*places, *places]:
                view.show_place(place)
                shown = seen(grid_of(view))
                assert shown == fresh(bridge, view, look, qtbot)
                pictures.add(bytes(shown.constBits()))
    assert len(pictures) >= len(places)


def test_another_theme_leaves_nothing_of_the_old_one(opened: Opened, qtbot: QtBot) -> None:
    look = Appearance()
    bridge, view = opened(look)
    bridge.move_to(bridge.tape.backward_start)
    grid_of(view).grab()
    look.set_theme("dark")
    assert seen(grid_of(view)) == fresh(bridge, view, look, qtbot)
