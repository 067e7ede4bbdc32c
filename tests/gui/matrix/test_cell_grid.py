"""Which cells are on screen."""

import numpy as np
import pytest

from gui.matrix.cell_grid import CellSizes, cell_grid, two_dimensional

SIZES = CellSizes(number_width=33, number_height=21, least=8, most=20, widest=62, height=344)


def test_a_vector_that_does_not_fit_is_wrapped_into_round_lines() -> None:
    grid = cell_grid((1, 16), 280, SIZES)
    assert (grid.per_line, grid.lines, grid.numbers, grid.wrapped) == (8, 2, True, True)
    assert grid.place(1, 3) == (0, 11)
    assert grid.cell(0, 11) == (1, 3)
    upright = cell_grid((16, 1), 280, SIZES)
    assert upright.place(1, 3) == (11, 0)


def test_a_vector_that_fits_is_one_line() -> None:
    grid = cell_grid((1, 16), 600, SIZES)
    assert (grid.per_line, grid.lines, grid.is_cut) == (16, 1, False)


def test_a_matrix_has_numbers_where_they_fit_and_colours_alone_elsewhere() -> None:
    wide, narrow = cell_grid((16, 16), 560, SIZES), cell_grid((16, 16), 280, SIZES)
    assert wide.numbers
    assert not wide.is_cut
    assert not narrow.numbers
    assert narrow.cell_width == 17


@pytest.mark.parametrize("shape", [(300, 10_000), (1, 100_000), (100_000, 1), (64, 64), (1, 1), (0, 3)])
def test_only_a_slice_of_a_large_array_is_converted(shape: tuple[int, int]) -> None:
    values = np.zeros(shape, dtype=np.float32)
    grid = cell_grid(shape, 320, SIZES)
    part = grid.slice_of(values, 0, 0)
    assert part.dtype == np.float64
    assert part.size <= 40 * 44
    assert grid.shown_lines * grid.cell_height <= SIZES.height
    assert grid.shown_columns * grid.cell_width <= 320


def test_slices_are_the_numbers_of_their_place() -> None:
    values = np.arange(40_000.0).reshape(200, 200)
    grid = cell_grid((200, 200), 320, SIZES)
    assert grid.slice_of(values, 7, 9)[0, 0] == values[7, 9]
    vector = cell_grid((1, 40_000), 320, SIZES)
    assert vector.slice_of(values.reshape(1, -1), 3, 0)[0, 0] == 3 * vector.per_line


def test_arrays_of_any_axes_become_rows_and_columns() -> None:
    assert two_dimensional(np.array(3.0)).shape == (1, 1)
    assert two_dimensional(np.zeros(5)).shape == (1, 5)
    assert two_dimensional(np.zeros((4, 3, 2))).shape == (3, 2)
