"""The inside of a time step."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphs.cell_placing
from engine.registry import Registry
from engine.tensor import Role
from graphs.alignment import aligned
from graphs.drawing import NodeKind
from graphs.elements import Element
from graphs.placement_table import PlacementTable
from graphs.placing import place_elements


def element(local, role=Role.NONE, place=()):
    return Element(local, NodeKind.OPERATION, place, place, "+", role, 36.0, 36.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 100), st.floats(0.5, 2)), min_size=1, max_size=12))
def test_aligned_items_keep_order_and_distance_and_stay_where_they_can(rows):
    wanted, apart, weights = [list(column) for column in zip(*rows, strict=True)]
    made = aligned(wanted, apart[:-1], weights)
    assert all(b - a >= gap - 1e-6 for a, b, gap in zip(made, made[1:], apart, strict=False))
    if all(b - a >= gap for a, b, gap in zip(wanted, wanted[1:], apart, strict=False)):
        assert made == pytest.approx(wanted, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_step_is_placed_without_overlap(data):
    count = data.draw(st.integers(1, 12))
    places = [(), (("cell", "a"),), (("cell", "a"), ("gate", "b")), (("cell", "a"), ("gate", "c")), (("part", "d"),)]
    roles = st.sampled_from([Role.NONE, Role.NONE, Role.INPUT, Role.TARGET])
    elements = [element(k, data.draw(roles), data.draw(st.sampled_from(places))) for k in range(count)]
    pairs = [(a, b) for b in range(count) for a in range(b)]
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    block = place_elements(elements, edges)
    assert sorted(block.positions) == list(range(count))
    centres = list(block.positions.values())
    for k, (x, y) in enumerate(centres):
        assert -block.left <= x - 18 <= x + 18 <= block.right
        assert all(abs(x - u) >= 36 or abs(y - v) >= 36 for u, v in centres[k + 1 :])
    for number, (x, y) in block.positions.items():
        for frame in block.frames:
            inside = elements[number].place[: len(frame.place)] == frame.place
            apart = not (frame.left < x + 18 and frame.right > x - 18 and frame.top < y + 18 and frame.bottom > y - 18)
            assert inside or apart


def test_what_is_computed_from_the_state_before_stands_at_the_left_of_its_consumer():
    elements = [element(0, Role.INPUT), element(1), element(2), element(3)]
    block = place_elements(elements, [(0, 1), (1, 3), (2, 3)])
    (x1, y1), (x2, y2), (x3, y3) = (block.positions[k] for k in (1, 2, 3))
    assert y2 == y3 < y1
    assert x2 < x3 == x1


def test_a_cell_may_bring_its_own_placement(monkeypatch):
    tables: Registry[PlacementTable] = Registry("placement table")
    tables.add("a", lambda pieces: [(100.0 * k, 0.0) for k in range(len(pieces))])
    monkeypatch.setattr(graphs.cell_placing, "PLACEMENTS", tables)
    cell = (("cell", "a"),)
    block = place_elements([element(0, place=cell), element(1, place=cell)], [(0, 1)])
    (x0, y0), (x1, y1) = block.positions[0], block.positions[1]
    assert (x1 - x0, y1 - y0) == (100.0, 0.0)


def test_a_table_places_gates_as_wholes_and_states_outside_the_frame(monkeypatch):
    seen: list[tuple[str, str]] = []
    tables: Registry[PlacementTable] = Registry("placement table")

    def table(pieces):
        seen.extend((piece.kind.value, piece.name) for piece in pieces)
        return [(300.0 * k, 0.0) for k in range(len(pieces))]

    tables.add("a", table)
    monkeypatch.setattr(graphs.cell_placing, "PLACEMENTS", tables)
    cell = (("cell", "a"),)
    gate = (*cell, ("gate", "b"))
    pill = Element(2, NodeKind.VARIABLE, (), cell, "h", Role.STATE, 92.0, 28.0, is_pill=True)
    block = place_elements([element(0, place=gate), element(1, place=gate), element(2, place=cell), pill], [(0, 1)])
    assert seen == [("gate", "b"), ("operation", "+"), ("state", "h")]
    frame = next(frame for frame in block.frames if frame.place == cell)
    assert block.positions[3][0] - 46.0 > frame.right


def test_a_table_that_does_not_know_a_cell_leaves_it_to_the_rows(monkeypatch):
    tables: Registry[PlacementTable] = Registry("placement table")
    tables.add("a", lambda pieces: None)
    monkeypatch.setattr(graphs.cell_placing, "PLACEMENTS", tables)
    cell = (("cell", "a"),)
    pill = Element(1, NodeKind.VARIABLE, (), cell, "h", Role.STATE, 92.0, 28.0, is_pill=True)
    block = place_elements([element(0, place=cell), pill], [(0, 1)])
    assert block.positions[1][1] < block.positions[0][1]


def test_a_cell_that_reads_backwards_is_mirrored(monkeypatch):
    tables: Registry[PlacementTable] = Registry("placement table")
    tables.add("a", lambda pieces: [(100.0 * k, 0.0) for k in range(len(pieces))])
    monkeypatch.setattr(graphs.cell_placing, "PLACEMENTS", tables)
    cell = (("part", "backward"), ("cell", "a"))
    block = place_elements([element(0, place=cell), element(1, place=cell)], [(0, 1)])
    assert block.positions[1][0] - block.positions[0][0] == -100.0


def test_two_directions_are_two_lanes():
    lanes = [(("part", name), ("cell", "c")) for name in ("forward", "backward")]
    elements = [element(0, Role.INPUT), *(element(k + 1, place=lanes[k // 2]) for k in range(4)), element(5)]
    block = place_elements(elements, [(0, 1), (1, 2), (0, 3), (3, 4), (2, 5), (4, 5)])
    forward, backward = (next(f for f in block.frames if f.place == lane[:1]) for lane in lanes)
    assert backward.bottom < forward.top
    assert backward.left > forward.right
    assert block.positions[5][1] < backward.top < forward.bottom < block.positions[0][1]
