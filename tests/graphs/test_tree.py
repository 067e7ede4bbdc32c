"""Recordings over syntax trees are drawn as the trees."""

import numpy as np
import pytest

from engine.operation import operation
from engine.tensor import Role
from graphs.draw import draw
from graphs.drawing import EdgeKind
from graphs.layout import layout_of
from graphs.level import Level
from tests.graphs.drawn_once import assert_drawn_once
from tests.graphs.geometry import check, crossed_nodes, node_of_entry, overlapping
from tests.graphs.tree_recordings import comb, recorded

SENTENCE = (("the", "film"), ("is", ("not", ("very", "good"))))
SHAPES = {
    "sentence": (SENTENCE,),
    "word": ("good",),
    "two words": (("very", "good"),),
    "to the right": (comb(7),),
    "to the left": (comb(6, to_the_right=False),),
    "balanced": (((("it", "is"), ("not", "good")), (("it", "is"), ("very", "bad"))),),
    "two trees": (SENTENCE, ("very", "good")),
}


@pytest.fixture(params=list(SHAPES), name="shapes")
def fixture_shapes(request):
    return SHAPES[request.param]


@pytest.mark.parametrize("labels", ["all", "phrases", "root"])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("folded", [False, True])
def test_nodes_stand_apart_and_lines_pass_none(shapes, labels, backward, folded):
    tape = recorded(*shapes, labels=labels)
    for level in Level:
        drawing = draw(tape, level=level, backward=backward, folded=folded)
        check(drawing)
        assert not overlapping(drawing)
        assert not crossed_nodes(drawing)


@pytest.mark.parametrize("backward", [False, True])
def test_without_biases_too(backward):
    drawing = draw(recorded(SENTENCE, bias=False), level=Level.OPERATIONS, backward=backward)
    check(drawing)
    assert not overlapping(drawing)


def places(tape, **options):
    drawing = draw(tape, level=Level.OPERATIONS, **options)
    return {region.number: region.rect for region in drawing.regions if region.kind == "time"}


def test_words_stand_along_x_in_the_order_of_the_sentence():
    rects = places(recorded(SENTENCE))
    words = [rects[number] for number in (1, 2, 4, 5, 6, 7)]
    assert len({y for _, y, *_ in words}) == 1
    ends = [x + width for x, _, width, _ in words]
    assert all(end < x for end, (x, *_) in zip(ends, words[1:], strict=False))


def test_a_node_stands_above_its_parts_and_between_them():
    tape = recorded(SENTENCE)
    rects = places(tape)
    drawing = draw(tape, level=Level.OPERATIONS)
    nodes = node_of_entry(drawing)
    state = {step.scope.line()[0].number: step.index for step in tape if step.role is Role.STATE}
    for node, parts in {3: (1, 2), 8: (6, 7), 9: (5, 8), 10: (4, 9), 11: (3, 10)}.items():
        assert all(rects[node][1] + rects[node][3] < rects[part][1] for part in parts)
        join = next(step for step in tape if step.operation and step.operation.name == "concatenate"
                    and step.scope.line()[0].number == node)  # fmt: skip
        middle = np.mean([drawing.x[nodes[state[part]]] for part in parts])
        assert drawing.x[nodes[join.index]] == pytest.approx(middle, abs=0.01)


def test_nodes_of_one_height_stand_in_a_row():
    rects = places(recorded((("the", "film"), (("it", "is"), "good"))))
    assert rects[3][1] == rects[6][1]


def test_the_left_part_comes_in_left_of_the_right_one():
    tape = recorded(("very", "good"))
    drawing = draw(tape, level=Level.OPERATIONS)
    join = next(step.index for step in tape if step.operation and step.operation.name == "concatenate")
    ends = []
    for argument in (0, 1):
        edge = int(np.flatnonzero((drawing.edge_step == join) & (drawing.edge_argument == argument))[0])
        ends.append(drawing.points[drawing.edge_start[edge + 1] - 1])
    assert ends[0][0] < ends[1][0]
    assert ends[0][1] == ends[1][1] > drawing.y[node_of_entry(drawing)[join]]


def test_every_forward_step_and_operand_is_drawn_once(shapes):
    tape = recorded(*shapes)
    assert_drawn_once(draw(tape, level=Level.OPERATIONS), tape)


def test_every_parameter_has_one_box_and_a_line_to_each_use():
    tape = recorded(SENTENCE)
    drawing = draw(tape, level=Level.OPERATIONS)
    assert sorted(tape[rail.entry].symbol for rail in drawing.rails) == ["W", "W_embed", "W_y", "b", "b_y"]
    for rail in drawing.rails:
        heights = [rail.y, *(y for y, _ in rail.branches)]
        ends = dict([(rail.y, rail.x1), *rail.branches])
        taps = np.flatnonzero((drawing.edge_kind == EdgeKind.TAP) & (drawing.edge_entry == rail.entry))
        starts = drawing.points[drawing.edge_start[taps]]
        for x, y in starts.tolist():
            height = min(heights, key=lambda at: abs(at - y))
            assert height == pytest.approx(y, abs=0.01)
            assert rail.trunk < x < ends[height]
        assert {min(heights, key=lambda at: abs(at - y)) for _, y in starts.tolist()} == set(heights)
        assert (drawing.edge_source[taps] == rail.node).all()
        assert all(x0 <= x1 and y0 <= y1 for x0, y0, x1, y1 in rail.lines())


@pytest.mark.parametrize("lower", [Level.STRIPS, Level.CELLS, Level.GATES])
def test_zooming_moves_nothing(lower):
    tape = recorded(SENTENCE)
    near, far = (draw(tape, level=level) for level in (Level.OPERATIONS, lower))
    known = {(entry, kind): (x, y) for entry, kind, x, y in zip(near.entry, near.kind, near.x, near.y, strict=True)}
    for entry, kind, x, y in zip(far.entry, far.kind, far.x, far.y, strict=True):
        if entry >= 0:
            assert known[entry, kind] == (x, y)


def test_a_node_can_be_closed():
    tape = recorded(SENTENCE)
    drawing = draw(tape, level=Level.OPERATIONS, closed=frozenset({"node=8"}))
    check(drawing)
    assert not overlapping(drawing)
    assert [region.path for region in drawing.regions if region.closed] == ["node=8"]


def test_folded_is_the_cell_whose_state_comes_round_to_both_sides():
    tape = recorded(SENTENCE)
    drawing = draw(tape, level=Level.OPERATIONS, folded=True)
    (loop,) = np.flatnonzero(np.array(drawing.index) == "l,r")
    assert drawing.label[loop] == "h"
    join = [node for node, label in enumerate(drawing.label) if label == operation("concatenate").symbol]
    into = drawing.edge_target[drawing.edge_source == loop]
    assert into.tolist() == join * 2


def test_trees_of_one_shape_are_laid_out_once():
    assert layout_of(recorded(SENTENCE)) is layout_of(recorded(SENTENCE))
    assert layout_of(recorded(SENTENCE)) is not layout_of(recorded(("it", SENTENCE)))


def test_a_large_forest_is_drawn_in_time_that_grows_with_it():
    tape = recorded(*[comb(40)] * 40)
    drawing = draw(tape, level=Level.OPERATIONS)
    assert sum(region.kind == "time" for region in drawing.regions) == 40 * 79
