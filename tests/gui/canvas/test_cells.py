"""Cells on the canvas: closed gates with their letters and values, titles of layers, widths in the opened pass."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.scope import ScopeKind
from graphs.drawing import EdgeKind
from graphs.level import Level
from gui.bridge import Bridge
from gui.canvas.node_painter import rect_of
from gui.canvas.node_shapes import gate_strip
from gui.canvas.opened_arrows import opened_width
from gui.canvas.picture import paint_stage, staged
from gui.canvas.value_texts import value_range

SIZE = QSize(1400, 700)


def _stage(appearance, lesson, *, level=None, **settings):
    chosen = lesson_named(lesson)
    bridge = Bridge(Session(chosen, chosen.settings.changed(**settings)))
    stage = staged(bridge, appearance, SIZE)
    stage.forced_level = level
    stage.update_level()
    return bridge, stage


def _image(stage):
    image = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    paint_stage(painter, stage, callout=False)
    painter.end()
    return image


@pytest.mark.parametrize(
    ("lesson", "letters"),
    [
        ("lstm", {"forget": "f", "input": "i", "candidate": "g", "output": "o"}),
        ("gru", {"update": "z", "reset": "r"}),
    ],
)
def test_closed_gates_are_called_by_the_letter_of_their_value(appearance, lesson, letters):
    _, stage = _stage(appearance, lesson, level=Level.GATES, bits=3)
    found = stage.scene.gate_letters
    assert letters.items() <= found.items()
    assert all(found.values())
    _, opened = _stage(appearance, lesson, level=Level.OPERATIONS, bits=3)
    assert opened.scene.gate_letters == {}


def test_a_closed_gate_shows_its_value_once_it_is_revealed(appearance):
    bridge, stage = _stage(appearance, "lstm", level=Level.GATES, bits=2)
    assert len(stage.scene.gate_values) == 8
    before = _image(stage)
    bridge.move_to(bridge.tape.backward_start - 1)
    after, frame = _image(stage), stage.frame()
    for node, entry in stage.scene.gate_values.items():
        assert bridge.tape[entry].role == "gate"
        row = frame.node_rects[list(frame.nodes).index(node)]
        strip = gate_strip(rect_of(row))
        assert rect_of(row).contains(strip)
        inside = [(round(strip.center().x()), round(strip.top() + share * strip.height())) for share in (0.2, 0.5, 0.8)]
        assert any(before.pixel(x, y) != after.pixel(x, y) for x, y in inside)


def test_a_candidate_is_coloured_by_its_sign_and_a_gate_by_its_size(appearance):
    bridge, _ = _stage(appearance, "lstm", bits=2)
    gates = {step.symbol: step for step in bridge.tape.steps if step.role == "gate"}
    assert value_range(gates["g"].value, gates["g"])[2] == "value"
    assert value_range(gates["f"].value, gates["f"]) == (0.0, 1.0, "sequential")


def test_every_layer_has_a_title_at_the_first_time_step(appearance):
    _, stage = _stage(appearance, "deep-rnn", bits=3)
    regions = [stage.scene.drawing.regions[number] for number in stage.scene.first_layers]
    assert sorted(region.number for region in regions) == [1, 2, 3]
    assert all(region.kind == ScopeKind.LAYER and region.path.startswith("t=1/") for region in regions)
    assert _stage(appearance, "lstm", bits=2)[1].scene.first_layers == []


def test_titles_of_layers_are_painted_in_the_language(appearance):
    _, stage = _stage(appearance, "deep-rnn", bits=3)
    english = _image(stage)
    assert stage.frame().layer_title == "layer {n}"
    appearance.set_language("ja")
    stage.take_appearance()
    assert stage.frame().layer_title == "第{n}層"
    assert _image(stage) != english


def test_in_the_opened_pass_gradients_are_told_from_what_helps_to_compute_them(appearance):
    bridge, stage = _stage(appearance, "lstm", bits=3)
    stage.source.backward_opened = True
    scene = stage.scene
    steps, flags = bridge.tape.steps, scene.figures.is_gradient
    backward = range(bridge.tape.backward_start, bridge.tape.update_start)
    helpers = [i for i in backward if steps[i].operation is not None and steps[i].operation.name == "one_minus"]
    assert helpers
    assert not flags[helpers].any()
    totals = [total for totals in bridge.tape.gradient_totals.values() for total in totals]
    assert flags[totals].all()
    entries = scene.drawing.edge_entry[scene.drawing.edge_kind == EdgeKind.BACKWARD]
    norms = scene.figures.norms(entries[flags[entries]].astype(np.int64))
    assert scene.largest_opened == pytest.approx(norms.max())


def test_edges_of_the_opened_pass_are_the_wider_the_larger_their_gradient():
    widths = [opened_width(share, 1.0) for share in np.linspace(0.0, 1.0, 9)]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]
