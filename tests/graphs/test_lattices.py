"""Encoder and decoder are lattices of their own: names, parameters at their left, the thought vector between them."""

import numpy as np
import pytest

from graphs.attention import attended
from graphs.draw import draw
from graphs.drawing import NodeKind
from graphs.fans import fan_rect, fans_of
from graphs.level import Level
from tests.graphs.geometry import node_of_entry
from tests.graphs.lesson_recordings import small_lesson


@pytest.fixture(scope="module")
def dates():
    return small_lesson("attention-dates")


def test_encoder_and_decoder_stand_beside_each_other_with_what_is_handed_over_between_them(dates):
    drawing = draw(dates, level=Level.OPERATIONS)
    encoder, decoder = drawing.lattices
    assert (encoder.name, decoder.name) == ("encoder", "decoder")
    (handover,) = drawing.handovers
    assert encoder.rect[0] + encoder.rect[2] < handover.rect[0]
    assert handover.rect[0] + handover.rect[2] < decoder.rect[0]
    assert {dates[entry].symbol for entry in handover.entries} == {"h", "c"}
    assert {dates[entry].scope.path for entry in handover.entries} == {"t=29/encoder/lstm_merged"}


def test_parameters_stand_at_the_left_of_the_lattice_that_they_belong_to(dates):
    drawing = draw(dates, level=Level.OPERATIONS)
    encoder, decoder = (lattice.rect for lattice in drawing.lattices)
    for rail in drawing.rails:
        x, name = float(drawing.x[rail.node]), dates[rail.entry].symbol
        if name.startswith("encoder"):
            assert x < encoder[0]
            assert rail.x1 < decoder[0]
        else:
            assert encoder[0] + encoder[2] < x < decoder[0]
    boxes = drawing.x[drawing.kind == NodeKind.PARAMETER]
    (handover,) = drawing.handovers
    assert not np.any((boxes > handover.rect[0]) & (boxes < handover.rect[0] + handover.rect[2]))


def test_folded_into_one_time_step_there_are_no_lattices(dates):
    assert not draw(dates, level=Level.OPERATIONS, folded=True).lattices


def test_networks_of_one_part_have_none():
    assert not draw(small_lesson("lstm"), level=Level.CELLS).lattices


@pytest.mark.parametrize("score", ["dot", "scaled dot", "general", "additive"])
def test_attention_is_known_to_look_at_the_encoders_states(score):
    tape = small_lesson("attention-dates", attention=score)
    looks = attended(tape)
    assert len(looks) == 10
    states = tuple(step.index for step in tape.steps if step.symbol == "h" and "encoder" in step.scope.path)
    assert all(look.sources == states for look in looks)


def test_fans_lead_from_the_states_over_all_time_steps_to_the_weights(dates):
    drawing = draw(dates, level=Level.OPERATIONS)
    nodes = node_of_entry(drawing)
    fans = fans_of(dates, drawing, attended(dates), lambda entry: nodes.get(entry, -1))
    assert [fan.column for fan in fans] == [f"t={t}" for t in range(30, 40)]
    top = min(region.rect[1] for region in drawing.regions)
    for fan in fans:
        assert np.allclose(fan.lines[:, 0, 0], drawing.x[[nodes[source] for source in fan.sources]])
        assert (fan.lines[:, 1:, 1] < top).all()
        assert np.allclose(fan.lines[:, -1], fan.trunk[0])
        assert np.isclose(fan.trunk[-1, 1], drawing.y[nodes[fan.weights]])
    assert fan_rect(drawing, fans)[1] < drawing.rect[1]
