"""Recordings that no lesson has yet are drawn as well."""

import pytest

from graphs.draw import draw
from graphs.drawing import EdgeKind
from graphs.level import Level
from tests.graphs import other_recordings
from tests.graphs.geometry import check, crossed_nodes, overlapping

SHAPES = (
    other_recordings.empty, other_recordings.without_time, other_recordings.encoder_decoder,
    other_recordings.layer_by_layer, other_recordings.both_directions, other_recordings.skips_and_squares,
)  # fmt: skip


@pytest.mark.parametrize("record", SHAPES, ids=lambda record: record.__name__)
@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("backward", [False, True])
def test_any_shape_is_drawn(record, backward, folded):
    tape = record()
    for level in Level:
        drawing = draw(tape, level=level, backward=backward, folded=folded)
        check(drawing)
        assert not overlapping(drawing)
    if not backward and not folded:
        assert not crossed_nodes(draw(tape, level=Level.OPERATIONS))


def test_a_decoder_stands_at_the_right_of_its_encoder():
    drawing = draw(other_recordings.encoder_decoder(), level=Level.OPERATIONS)
    left = {region.path: region.rect[0] for region in drawing.regions if region.kind == "time"}
    assert list(left) == [f"{part}/t={t}" for part in ("encoder", "decoder") for t in (1, 2, 3)]
    assert list(left.values()) == sorted(left.values())


def test_layers_recorded_one_after_the_other_share_their_columns():
    drawing = draw(other_recordings.layer_by_layer(), level=Level.OPERATIONS)
    assert sum(region.kind == "time" for region in drawing.regions) == 3


def test_a_repeated_operand_is_two_lines():
    tape = other_recordings.skips_and_squares()
    drawing = draw(tape, level=Level.OPERATIONS)
    square = next(step for step in tape if step.operation is not None and step.operation.name == "multiply")
    lines = [e for e in range(len(drawing.edge_step)) if drawing.edge_step[e] == square.index]
    assert [drawing.edge_argument[e] for e in lines] == [0, 1]
    assert all(drawing.edge_kind[e] == EdgeKind.FORWARD for e in lines)
