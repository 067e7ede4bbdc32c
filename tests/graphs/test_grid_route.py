"""Ways on a grid have as few corners as can be, pass no obstacle, and lead straight into their ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.grid_route import Grid, Terminal, trimmed
from graphs.routing import Field, route

SOURCE, TARGET = (0.0, 0.0, 10.0, 10.0), (90.0, 0.0, 100.0, 10.0)
START, END = (5.0, 5.0), (95.0, 5.0)
TRACKS, LANES = [-20.0, 30.0, 60.0], [-10.0, 20.0, 50.0, 80.0, 110.0]


def _way(*others):
    grid = Grid(LANES, TRACKS, [Terminal(START, SOURCE), Terminal(END, TARGET)], np.array(others).reshape(-1, 4))
    goals = np.zeros((len(grid.ys), len(grid.xs)), bool)
    goals[grid.cell(END)] = True
    found = grid.way(START, goals)
    return None if found is None else trimmed(found, SOURCE, TARGET)


def test_nothing_between_is_a_straight_line():
    assert _way() == [(10.0, 5.0), (90.0, 5.0)]


def test_a_wall_is_passed_on_the_nearer_side():
    wall = (40.0, -10.0, 60.0, 50.0)
    assert _way(wall) == [(5.0, 0.0), (5.0, -20.0), (95.0, -20.0), (95.0, 0.0)]


def test_more_walls_take_more_corners():
    points = _way((15.0, -100.0, 45.0, 50.0), (55.0, -10.0, 75.0, 100.0))
    assert points is not None
    assert points[0] == (5.0, 10.0)
    assert points[-1] in ((95.0, 0.0), (90.0, 5.0))
    assert (50.0, 60.0) in points


def test_what_is_walled_in_has_no_way():
    assert _way((40.0, -100.0, 60.0, 100.0)) is None


def test_an_end_is_not_passed_through_but_on_the_line_to_its_port():
    grid = Grid([3.0], [30.0], [Terminal(START, SOURCE)], np.zeros((0, 4)))
    goals = np.zeros((len(grid.ys), len(grid.xs)), bool)
    goals[grid.cell((3.0, 30.0))] = True
    assert grid.way(START, goals) == [(5.0, 5.0), (5.0, 30.0), (3.0, 30.0)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=30, unique=True))
def test_routes_between_circles_anywhere_pass_no_other(places):
    rects = [(60.0 * x, 60.0 * y, 60.0 * x + 30.0, 60.0 * y + 30.0) for x, y in places]
    space = Field(rects)
    ports = [(x + 15.0, y + 15.0) for x, y, _, _ in rects]
    for target in range(1, min(4, len(rects))):
        points = route(space, 0, target, ports[0], ports[target])
        assert space.is_clear(points, 0, target)
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
            assert min(abs(ax - bx), abs(ay - by)) == pytest.approx(0.0)
