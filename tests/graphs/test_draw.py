"""Drawings of several recordings at every level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tensor import Role
from graphs.draw import draw
from graphs.drawing import EdgeKind, NodeKind
from graphs.layout import layout_of
from graphs.level import Level
from tests.graphs.drawn_once import assert_drawn_once
from tests.graphs.geometry import check, crossed_nodes, node_of_entry, overlapping
from tests.graphs.recordings import long_chain, lstm_like, simple_rnn, two_layers

TAPES = {
    "plain": lambda: simple_rnn(bits=8),
    "one step": lambda: two_layers(1),
    "two steps": lambda: simple_rnn(bits=2, activation="tanh"),
    "bias": lambda: simple_rnn(bits=3, bias=True),
    "truncated": lambda: simple_rnn(bits=5, truncation=2),
    "truncated at every step": lambda: simple_rnn(bits=4, truncation=1, bias=True, activation="relu"),
    "course": lambda: simple_rnn(bits=3, delta_out="course"),
    "lstm": lambda: lstm_like(3),
    "two layers": lambda: two_layers(4),
    "forward only": lambda: two_layers(2, with_backward=False),
}


@pytest.fixture(params=list(TAPES), name="tape")
def fixture_tape(request):
    return TAPES[request.param]()


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("folded", [False, True])
def test_nodes_do_not_overlap_and_edges_reach_their_nodes(tape, level, folded):
    drawing = draw(tape, level=level, folded=folded)
    check(drawing)
    assert not overlapping(drawing)


@pytest.mark.parametrize("level", list(Level))
def test_the_opened_backward_pass_does_not_overlap(tape, level):
    drawing = draw(tape, level=level, backward=True)
    check(drawing)
    assert not overlapping(drawing)


@pytest.mark.parametrize("level", list(Level))
def test_edges_pass_no_foreign_node(tape, level):
    assert not crossed_nodes(draw(tape, level=level))
    assert not crossed_nodes(draw(tape, level=level, backward=True))
    assert not crossed_nodes(draw(tape, level=level, folded=True))


def test_every_forward_step_and_operand_is_drawn_once(tape):
    assert_drawn_once(draw(tape, level=Level.OPERATIONS), tape)


def test_every_backward_step_is_drawn_once_when_opened(tape):
    drawing = draw(tape, level=Level.OPERATIONS, backward=True)
    circles = drawing.entry[drawing.kind == NodeKind.BACKWARD]
    assert sorted(circles) == list(range(tape.backward_start, tape.update_start))
    steps = [step for step in tape.steps[: tape.update_start] if step.operation is not None]
    operands = sorted((step.index, k, a.index) for step in steps for k, a in enumerate(step.inputs))
    into = drawing.edge_step >= 0
    drawn = zip(drawing.edge_step[into], drawing.edge_argument[into], drawing.edge_entry[into], strict=True)
    assert sorted(drawn) == operands


def test_time_order_is_x_order(tape):
    columns = [region for region in draw(tape, level=Level.OPERATIONS).regions if region.kind == "time"]
    lefts = [region.rect[0] for region in sorted(columns, key=lambda region: region.number or 0)]
    assert lefts == sorted(lefts)
    rights = [x + region.rect[2] for x, region in zip(lefts, columns, strict=True)]
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))


def test_equal_steps_have_equal_offsets():
    drawing = draw(simple_rnn(bits=8), level=Level.OPERATIONS)
    columns = [region for region in drawing.regions if region.kind == "time"]
    shapes = []
    for region in columns:
        x, y, width, height = region.rect
        inside = (drawing.x > x) & (drawing.x < x + width) & (drawing.y > y) & (drawing.y < y + height)
        shapes.append(sorted(zip(drawing.x[inside] - x, drawing.y[inside] - y, drawing.kind[inside], strict=True)))
    assert len(shapes) == 8
    for shape in shapes:
        assert np.allclose(shape, shapes[0], atol=0.01)


def test_a_step_with_more_in_it_stands_on_the_same_rows():
    tape = simple_rnn(bits=5, truncation=2)
    drawing = draw(tape, level=Level.OPERATIONS)
    states = [step.index for step in tape.steps if step.symbol == "z" and step.operation is not None]
    nodes = node_of_entry(drawing)
    pills = [nodes[s] for s in states if tape[s].scope.path.endswith("/rnn")]
    assert len({float(drawing.y[pill]) for pill in pills}) == 1
    assert len(pills) == 5


@pytest.mark.parametrize("lower", [Level.STRIPS, Level.CELLS, Level.GATES])
def test_zooming_moves_nothing(tape, lower):
    near, far = draw(tape, level=Level.OPERATIONS), draw(tape, level=lower)
    assert _unmoved(near, far) > 0


def _unmoved(a, b):
    """How many entries both drawings show; they must stand at the same place in both."""
    places = {(e, k): (x, y) for e, k, x, y in zip(a.entry, a.kind, a.x, a.y, strict=True) if e >= 0}
    count = 0
    for e, k, x, y in zip(b.entry, b.kind, b.x, b.y, strict=True):
        if (e, k) in places and k != NodeKind.PARAMETER:
            assert places[e, k] == (x, y)
            count += 1
    return count


LSTM = lstm_like(3)
PATHS = [region.path for region in draw(LSTM, level=Level.OPERATIONS).regions if "t=" in region.path]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(list(Level)), st.sets(st.sampled_from(PATHS)), st.sets(st.sampled_from(PATHS)), st.booleans()
)
def test_clicks_win_over_the_level_and_move_nothing(level, closed, opened, backward):
    drawing = draw(
        LSTM, level=level, closed=frozenset(closed), opened=frozenset(opened - closed), backward=backward
    )
    check(drawing)
    assert not overlapping(drawing)
    shown = {region.path: region.closed for region in drawing.regions}
    for path in closed & shown.keys():
        assert shown[path]
    for path in (opened - closed) & shown.keys():
        assert not shown[path]
    whole = draw(LSTM, level=Level.OPERATIONS, backward=backward)
    _unmoved(whole, drawing)


def test_a_closed_scope_stands_in_its_own_rectangle():
    tape = simple_rnn(bits=3)
    opened = {region.path: region for region in draw(tape, level=Level.OPERATIONS).regions}
    drawing = draw(tape, level=Level.OPERATIONS, closed=frozenset({"t=2/rnn"}))
    box = int(np.flatnonzero(drawing.kind == NodeKind.BOX)[0])
    x, y, width, height = opened["t=2/rnn"].rect
    assert x <= drawing.x[box] - drawing.width[box] / 2 <= drawing.x[box] + drawing.width[box] / 2 <= x + width
    assert y <= drawing.y[box] <= y + height
    assert drawing.entry[box] == -1
    assert drawing.label[box] == "rnn"


def test_closed_columns_keep_their_lines_to_the_total():
    tape = simple_rnn(bits=5)
    drawing = draw(tape, level=Level.OPERATIONS, closed=frozenset(f"t={t}" for t in range(1, 6)))
    total = node_of_entry(drawing)[tape.loss]
    sources = drawing.edge_source[drawing.edge_target == total]
    assert sorted(drawing.x[sources]) == sorted(drawing.x[drawing.kind == NodeKind.BOX])


def test_cells_show_their_states_and_outputs_while_closed():
    drawing = draw(simple_rnn(bits=3), level=Level.CELLS)
    labels = [label for label, kind in zip(drawing.label, drawing.kind, strict=True) if kind == NodeKind.VARIABLE]
    assert labels.count("z") == 4
    assert labels.count("y") == 3
    assert NodeKind.OPERATION not in drawing.kind


def test_unknown_paths_are_left_out():
    tape = simple_rnn(bits=2)
    known, asked = draw(tape, level=Level.CELLS), draw(tape, level=Level.CELLS, closed=frozenset({"t=9/rnn"}))
    assert np.array_equal(known.x, asked.x)


def test_each_parameter_has_one_rail_below_where_it_is_used():
    tape = simple_rnn(bits=3, bias=True)
    drawing = draw(tape, level=Level.OPERATIONS)
    heights = {tape[rail.entry].symbol: rail.y for rail in drawing.rails}
    nodes = node_of_entry(drawing)
    z = drawing.y[nodes[next(s.index for s in tape if s.symbol == "z" and s.operation is not None)]]
    assert heights["c"] < heights["W_out"] < z < heights["b"] < heights["W"] < heights["W_in"]
    taps = drawing.edge_entry[drawing.edge_kind == EdgeKind.TAP]
    assert all((taps == rail.entry).sum() == 3 for rail in drawing.rails)


def test_many_parameters_are_one_rail_for_a_closed_cell_and_tags_in_an_open_one():
    opened, shut = draw(LSTM, level=Level.OPERATIONS), draw(LSTM, level=Level.CELLS)
    assert [LSTM[rail.entry].symbol for rail in opened.rails] == ["V"]
    assert (opened.kind == NodeKind.PARAMETER).sum() == 1 + 3 * 12
    bundle = [rail for rail in shut.rails if rail.bundle]
    assert [len(rail.bundle) for rail in bundle] == [12]
    assert (shut.kind == NodeKind.PARAMETER).sum() == 2


def test_the_recurrent_edge_goes_down_between_the_columns():
    tape = simple_rnn(bits=3)
    drawing = draw(tape, level=Level.OPERATIONS)
    column = {region.number: region.rect for region in drawing.regions if region.kind == "time"}
    product = next(s for s in tape if s.operation and s.operation.name == "matmul" and s.scope.path == "t=2/rnn"
                   and s.inputs[0].role is Role.STATE)  # fmt: skip
    edge = int(np.flatnonzero((drawing.edge_step == product.index) & (drawing.edge_argument == 0))[0])
    points = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1]]
    assert len(points) == 4
    assert points[0, 1] == points[1, 1] < points[2, 1] == points[3, 1]
    assert column[1][0] + column[1][2] < points[1, 0] == points[2, 0] < column[2][0]


def test_folded_is_one_cell_with_a_loop():
    tape = simple_rnn(bits=8)
    drawing = draw(tape, level=Level.OPERATIONS, folded=True)
    assert [region.number for region in drawing.regions if region.kind == "time"] == [1]
    loop = int(np.flatnonzero([index == "t−1" for index in drawing.index])[0])
    assert drawing.label[loop] == "z"
    assert (drawing.edge_source == loop).sum() == (drawing.edge_target == loop).sum() == 1


@pytest.mark.parametrize("t", [1, 2, 8])
def test_folded_shows_the_time_step_asked_for(t):
    tape = simple_rnn(bits=8)
    at = next(step.index for step in tape if step.symbol == "z" and step.scope.path == f"t={t}/rnn")
    drawing = draw(tape, level=Level.OPERATIONS, folded=True, at=at)
    assert at in drawing.entry
    assert [region.number for region in drawing.regions if region.kind == "time"] == [t]
    assert {tape[entry].scope.path.split("/")[0] for entry in drawing.entry[drawing.kind == NodeKind.OPERATION]} == {
        f"t={t}"
    }
    same_place = draw(tape, level=Level.OPERATIONS, folded=True)
    np.testing.assert_array_equal(drawing.x, same_place.x)
    np.testing.assert_array_equal(drawing.y, same_place.y)


def test_sums_of_gradients_stand_on_the_rails():
    tape = simple_rnn(bits=4)
    drawing = draw(tape, level=Level.OPERATIONS, backward=True)
    nodes = node_of_entry(drawing)
    for rail in drawing.rails:
        for total in tape.gradient_totals[rail.entry][1:]:
            assert drawing.y[nodes[total]] == pytest.approx(rail.y)


def test_gradients_flow_back_in_time():
    tape = simple_rnn(bits=4)
    drawing = draw(tape, level=Level.OPERATIONS, backward=True)
    nodes = node_of_entry(drawing)
    for rail in drawing.rails:
        x = [drawing.x[nodes[total]] for total in tape.gradient_totals[rail.entry][1:]]
        assert x == sorted(x, reverse=True)


def test_a_hundred_thousand_operations():
    tape = long_chain(100_000)
    drawing = draw(tape, level=Level.OPERATIONS)
    assert (drawing.kind == NodeKind.OPERATION).sum() == sum(step.operation is not None for step in tape)
    assert (drawing.kind == NodeKind.VARIABLE).sum() == 4_000 + 4_000 + 1
    operands = sum(len(step.inputs) for step in tape)
    assert len(drawing.edge_source) == operands + 4_000
    assert sum(region.kind == "time" for region in drawing.regions) == 4_000


def test_the_layout_is_made_once_for_tapes_of_one_structure():
    assert layout_of(simple_rnn(bits=3)) is layout_of(simple_rnn(bits=3))
    assert layout_of(simple_rnn(bits=3)) is not layout_of(simple_rnn(bits=4))
