"""The heatmap on screen."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from gui.appearance import Appearance
from gui.matrix.matrix_view import MatrixView


@pytest.fixture
def view(qtbot) -> MatrixView:
    view = MatrixView(Appearance())
    view.resize(360, 300)
    qtbot.addWidget(view)
    view.show()
    return view


def _middle(view: MatrixView, line: int, column: int) -> QPoint:
    grid = view.grid
    assert grid is not None
    return QPoint(
        view.origin.x() + column * grid.cell_width + grid.cell_width // 2,
        view.origin.y() + line * grid.cell_height + grid.cell_height // 2,
    )


def test_zero_is_the_ground_and_the_signs_are_two_colours(view, qtbot) -> None:
    view.show_values(np.array([[-1.0, 0.0, 1.0]]))
    picture = view.viewport().grab().toImage()
    negative, zero, positive = (
        QColor(picture.pixel(_middle(view, 0, column) + QPoint(0, -8))) for column in range(3)
    )
    assert negative.blue() > negative.red()
    assert positive.red() > positive.blue()
    assert zero.lightness() > 250


def test_a_click_tells_the_number_in_the_array(view, qtbot) -> None:
    view.show_values(np.arange(16.0).reshape(1, 16))
    with qtbot.waitSignal(view.cell_clicked) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view, 1, 3))
    assert caught.args == [0, view.grid.per_line + 3]


def test_pointing_at_a_number_reads_it_out(view, qtbot) -> None:
    view.show_values(np.arange(16.0).reshape(1, 16) / 7)
    with qtbot.waitSignal(view.cell_hovered) as caught:
        qtbot.mouseMove(view.viewport(), _middle(view, 0, 5))
    assert caught.args == [(0, 5)]
    assert view.readout() == "[5] = 0.714286"


def test_a_cut_is_said(view) -> None:
    view.show_values(np.zeros((300, 10_000), dtype=np.float32))
    grid = view.grid
    assert view.cut_text() == (
        f"showing {grid.shown_lines} of 300 rows, {grid.shown_columns} of 10\u202f000 columns"
    )
    view.set_focus_cell((250, 9_000))
    assert view.verticalScrollBar().value() <= 250
    assert 9_000 - grid.shown_columns < view.horizontalScrollBar().value() <= 9_000
    view.grab()


def test_nothing_small_large_and_broken_arrays_are_painted(view) -> None:
    for values in (
        None, np.array(2.0), np.zeros((0, 3)), np.full((3, 40), np.nan), np.array([[np.inf, -np.inf, np.nan, 1e300]]),
        np.array([[1e-320, 0.0]]), np.ones((2, 3, 4)), np.random.default_rng(1).normal(size=(70, 70)),
        np.zeros((16, 1)), np.array([[True, False]]),
    ):  # fmt: skip
        view.show_values(values)
        view.set_focus_cell((0, 0))
        picture = view.viewport().grab().toImage()
        several = len({picture.pixel(x, y) for x in range(0, 340, 3) for y in range(0, picture.height(), 3)}) > 1
        assert several == (view.grid is not None)


def test_not_finite_numbers_stand_out(view) -> None:
    view.show_values(np.array([[np.nan, 1.0]]))
    seen = QColor(view.viewport().grab().toImage().pixel(_middle(view, 0, 0) + QPoint(-14, -7)))
    mark = Appearance().color("not_finite")
    assert abs(seen.hue() - mark.hue()) < 20


@pytest.mark.parametrize("scale", [0.75, 1.0, 3.0])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks_change_live(qtbot, scale: float, theme: str) -> None:
    look = Appearance()
    view = MatrixView(look)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_values(np.random.default_rng(1).normal(size=(16, 16)))
    view.show()
    before = view.height()
    look.set_scale(scale)
    look.set_theme(theme)
    look.set_language("ja")
    assert (view.height() > before) == (scale > 1)
    assert not view.grab().isNull()
