"""What a network computes outside of time stands in columns, one for each part, from left to right."""

import numpy as np

from engine.ops.activations import tanh
from engine.ops.losses import squared_error
from engine.scope import layer, part
from engine.tape import Tape
from engine.tensor import loss, output, variable
from graphs.draw import draw
from graphs.drawing import NodeKind
from graphs.level import Level
from tests.graphs.geometry import check, crossed_nodes, overlapping
from tests.graphs.lesson_recordings import small_lesson

ONE = np.ones((1, 1))
STACKS = ("encoder", "decoder")


def _columns(drawing):
    return sorted((region for region in drawing.regions if region.is_column), key=lambda region: region.rect[0])


def _two_stacks():
    """Encoder and decoder of two layers with two parts each; what follows the decoder's layers; the loss."""
    tape = Tape()
    with tape.recording():
        names = [f"{stack}.{number}.{name}" for stack in STACKS for number in (1, 2) for name in ("W", "U")]
        w = {name: tape.parameter(name, ONE) for name in (*names, "V")}
        h = tape.input("x", ONE)
        for stack in STACKS:
            with part(stack):
                for number in (1, 2):
                    with layer(number):
                        with part("attention"):
                            h = variable("h", tanh(h @ w[f"{stack}.{number}.W"]))
                        with part("feed forward"):
                            h = variable("h", h + tanh(h @ w[f"{stack}.{number}.U"]))
        with part("decoder"), part("output"):
            y = output("y", tanh(h @ w["V"]))
        with part("loss"):
            loss("E", squared_error(y, tape.target("d", ONE)))
    return tape


def test_parts_of_an_autoencoder_stand_beside_each_other_and_are_equally_high():
    drawing = draw(small_lesson("vae-digits"), level=Level.OPERATIONS)
    columns = _columns(drawing)
    assert [region.name for region in columns] == ["encoder", "latent", "decoder", "loss"]
    for before, after in zip(columns, columns[1:], strict=False):
        assert before.rect[0] + before.rect[2] < after.rect[0]
    assert len({(region.rect[1], region.rect[3]) for region in columns}) == 1
    assert not drawing.lattices


def test_layers_of_two_stacks_are_columns_of_their_parts():
    drawing = draw(_two_stacks(), level=Level.OPERATIONS)
    check(drawing)
    assert not overlapping(drawing)
    assert not crossed_nodes(drawing)
    inside = [f"{stack}/layer={number}/{name}" for stack in STACKS for number in (1, 2)
              for name in ("attention", "feed forward")]  # fmt: skip
    assert [region.path for region in _columns(drawing)] == [*inside, "decoder/output", "loss"]
    assert [region.number for region in _columns(drawing)] == [1, 1, 2, 2] * 2 + [None, None]
    assert [lattice.name for lattice in drawing.lattices] == list(STACKS)
    left, right = (lattice.rect for lattice in drawing.lattices)
    assert left[0] + left[2] < right[0]


def test_inputs_stand_in_the_column_that_reads_them_and_weights_at_their_operations():
    tape = _two_stacks()
    drawing = draw(tape, level=Level.OPERATIONS)
    rects = {region.path: region.rect for region in _columns(drawing)}
    for symbol, path in (("x", "encoder/layer=1/attention"), ("d", "loss")):
        node = drawing.label.index(symbol)
        x, _, width, _ = rects[path]
        assert x < drawing.x[node] < x + width
    assert not drawing.rails
    assert np.count_nonzero(drawing.kind == NodeKind.PARAMETER) == 9


def test_without_time_steps_there_is_nothing_to_fold_into_one():
    tape = _two_stacks()
    assert len(draw(tape, level=Level.OPERATIONS, folded=True).x) == len(draw(tape, level=Level.OPERATIONS).x)


def test_losses_of_time_steps_run_above_all_to_the_column_that_sums_them():
    drawing = draw(small_lesson("image-captioning"), level=Level.OPERATIONS)
    columns = _columns(drawing)
    top = min(region.rect[1] for region in columns)
    summing = columns[-1].rect[0]
    losses = drawing.kind[drawing.edge_source] == NodeKind.LOSS
    losses &= (drawing.x[drawing.edge_source] < summing) & (drawing.x[drawing.edge_target] > summing)
    heights = [_longest_leg(drawing, edge) for edge in np.flatnonzero(losses)]
    assert len(heights) > 3
    assert sum(y < top for y in heights) >= len(heights) - 1  # the last is a neighbour
    others = np.flatnonzero(~losses & (drawing.edge_argument >= 0))
    assert not {round(y) for y in heights if y < top} & {round(_longest_leg(drawing, edge)) for edge in others}


def _longest_leg(drawing, edge):
    """Height of the longest horizontal leg of an edge."""
    points = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1]]
    return float(points[int(np.argmax(np.abs(np.diff(points[:, 0])))), 1])
