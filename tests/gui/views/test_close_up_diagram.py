"""The pictures of the cells as data: every step stands there once, nothing covers anything, gradients add up."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.tensor import Role
from gui.views.close_up_diagram import Diagram, NodeKind, diagram
from gui.views.close_up_flow import Flows, shown
from gui.views.close_up_frame import box_of
from gui.views.close_up_geometry import PILL_HIGH
from gui.views.close_up_kinds import TALL, WIDE
from gui.views.close_up_roles import CellStep, cell_places, cell_step, weight

BIASES = ({"bias": True}, {"bias": False})
CELLS: list[Mapping[str, object]] = [
    *({"cell": cell, "forget_gate": forget, **bias}
      for cell in ("lstm", "lstm_merged", "peephole_lstm") for forget in (True, False) for bias in BIASES),
    *({"cell": "peephole_lstm", "peephole": kind, "peephole_candidate": candidate}
      for kind in ("full", "diagonal", "hadamard") for candidate in (True, False)),
    *({"cell": "gru", "gru_update": update, "gru_reset": reset, **bias}
      for update in ("z-keeps-old", "z-takes-new") for reset in ("before-product", "after-product") for bias in BIASES),
    *({"cell": cell, **bias} for cell in ("rnn", "leaky", "cec", "skip_rnn") for bias in BIASES),
]  # fmt: skip
Box = tuple[float, float, float, float]


def tape_of(**settings: object) -> Tape:
    lesson = lesson_named("lstm")
    return Session(lesson, lesson.settings.changed(hidden=3, batch=2, **settings)).tape


def step_of(tape: Tape, time: int = 3, place: int = 0) -> CellStep:
    return cell_step(tape, list(cell_places(tape).values())[place][time])


def drawn(tape: Tape, step: CellStep, arrangement: str) -> Diagram:
    made = diagram(tape, step, arrangement)
    assert made is not None
    return made


@pytest.mark.parametrize("arrangement", [WIDE, TALL])
@pytest.mark.parametrize("settings", CELLS, ids=lambda one: "-".join(str(value) for value in one.values()))
def test_every_step_of_a_cell_stands_in_its_picture_once(settings: dict[str, object], arrangement: str) -> None:
    tape = tape_of(**settings)
    for time in (1, 3):
        step = step_of(tape, time)
        made = drawn(tape, step, arrangement)
        circles = [entry for node in made.nodes if node.kind is NodeKind.STEP for entry in node.entries]
        assert sorted(circles) == list(step.entries)
        operands = [(one, entry) for entry in step.entries for one in tape[entry].inputs]
        used = [(one.index, entry) for one, entry in operands if one.role is Role.PARAMETER]
        boxes = [(node.entries[0], node.step) for node in made.nodes if node.kind is NodeKind.PARAMETER]
        assert sorted(boxes) == sorted(used)
        # What is handed on inside a sum of several needs no wire; all else has one.
        inside = {(entry, other) for node in made.nodes for entry, other in itertools.permutations(node.entries, 2)}
        wired = [
            (one.index, entry, k) for entry in step.entries for k, one in enumerate(tape[entry].inputs)
            if (one.index, entry) not in inside
        ]  # fmt: skip
        assert sorted((wire.source, wire.step, wire.argument) for wire in made.wires) == sorted(wired)
        states = [entry for entry in step.entries if tape[entry].role is Role.STATE]
        assert [plate.entry for plate in made.plates if plate.way is not None] == states


@pytest.mark.parametrize("arrangement", [WIDE, TALL])
@pytest.mark.parametrize("settings", CELLS, ids=lambda one: "-".join(str(value) for value in one.values()))
def test_nothing_covers_anything(settings: dict[str, object], arrangement: str) -> None:
    tape = tape_of(**settings)
    made = drawn(tape, step_of(tape), arrangement)
    boxes: list[Box] = [_box(node.at, *box_of(node)) for node in made.nodes]
    boxes += [_box(plate.at, plate.width, PILL_HIGH) for plate in made.plates]
    for one, other in itertools.combinations(boxes, 2):
        assert not _overlap(one, other), (one, other)
    left, top, right, bottom = made.box
    assert all(left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom for box in boxes)


def _box(at: tuple[float, float], width: float, height: float) -> Box:
    return at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2


def _overlap(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.01 and min(one[3], other[3]) - max(one[1], other[1]) > 0.01


def test_the_wide_picture_suits_a_panel_and_the_cell_state_is_straight() -> None:
    tape = tape_of(cell="lstm")
    step = step_of(tape)
    left, top, right, bottom = drawn(tape, step, WIDE).box
    assert 3.0 < (right - left) / (bottom - top) < 4.6
    for arrangement in (WIDE, TALL):
        made = drawn(tape, step, arrangement)
        heights = {node.at[1] for node in made.nodes if node.role in ("c", "keep", "add")}
        heights |= {plate.at[1] for plate in made.plates if tape[plate.entry].symbol == "c"}
        assert heights == {0.0}


# Skip connections come back to a state before the cell behind it does: there the sum holds more than the cell gives.
@pytest.mark.parametrize("settings", [one for one in CELLS if one.get("bias", True) and one["cell"] != "skip_rnn"],
                         ids=lambda one: "-".join(str(value) for value in one.values()))  # fmt: skip
def test_what_goes_back_adds_up(settings: dict[str, object]) -> None:
    tape = tape_of(**settings)
    step = step_of(tape)
    results = [entry for entry in step.entries if tape[entry].role is Role.STATE]
    flow = Flows(tape).flow(step.entries, results)
    end = tape.update_start
    for source, name in step.sources.items():
        parts = [part for (of, argument), part in flow.wires.items() if tape[of].inputs[argument].index == source]
        if name == "x":
            assert not parts
            continue
        last = shown(flow.states[source], end)
        assert last is not None
        np.testing.assert_allclose(tape[last.entry].value, sum(tape[part.entry].value for part in parts), rtol=1e-12)
    for result in results:
        own = [part for (of, argument), part in flow.wires.items() if tape[of].inputs[argument].index == result]
        last = shown(flow.states[result], end)
        assert last is not None
        whole = tape.gradient(result)
        assert whole is not None
        np.testing.assert_allclose(
            np.add(tape[last.entry].value, sum(tape[part.entry].value for part in own)), whole, rtol=1e-12, atol=1e-15
        )
        assert shown(flow.states[result], tape.backward_start) is None


def test_layers_and_directions_are_places_of_their_own() -> None:
    tape = tape_of(cell="gru", layers=2, bidirectional=True)
    places = cell_places(tape)
    assert list(places) == [f"layer={k}/{way}/gru" for k in (1, 2) for way in ("forward", "backward")]
    for number in range(4):
        step = step_of(tape, 2, number)
        made = drawn(tape, step, WIDE)
        assert sorted(step.sources.values()) == ["h", "x"]
        assert sum(node.kind is NodeKind.SOURCE for node in made.nodes) == 2


def test_cells_without_a_table_have_no_picture() -> None:
    tape = Session(lesson_named("recursive-net")).tape
    for times in cell_places(tape).values():
        step = cell_step(tape, next(iter(times.values())))
        assert diagram(tape, step, WIDE) is None


def test_weights_are_known_without_their_place_and_gate() -> None:
    names = {"layer1.W_x_f": "W_x", "backward.W_h": "W_h", "b_h_n": "b_h", "b_n": "b", "W_c_o": "W_c", "W_in": "W_in"}
    assert {name: weight(name) for name in names} == names
