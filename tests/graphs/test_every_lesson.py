"""Every lesson and every cell can be drawn: nothing overlaps, lines pass no foreign node, time runs to the right."""

import numpy as np
import pytest

from engine.lesson import lessons
from engine.scope import ScopeKind
from graphs.draw import draw
from graphs.drawing import EdgeKind
from graphs.level import Level
from tests.graphs.geometry import check, crossed_nodes, overlapping
from tests.graphs.lesson_recordings import small_lesson

CELLS = ("rnn", "lstm", "gru", "lstm_merged", "peephole_lstm", "cec", "leaky", "skip_rnn")
FORMS: tuple[dict[str, object], ...] = (
    {}, {"layers": 2}, {"bidirectional": True}, {"bidirectional": True, "layers": 2}, {"truncation": 2},
)  # fmt: skip


def _check_all(tape):
    for level in Level:
        for folded in (False, True):
            drawing = draw(tape, level=level, folded=folded)
            check(drawing)
            assert not overlapping(drawing)
            assert not crossed_nodes(drawing)
            x, y, width, height = drawing.rect
            assert (drawing.points[:, 0] >= x - 1).all()
            assert (drawing.points[:, 0] <= x + width + 1).all()
            assert (drawing.points[:, 1] >= y - 1).all()
            assert (drawing.points[:, 1] <= y + height + 1).all()


def _check_time(tape):
    columns = [r for r in draw(tape, level=Level.CELLS).regions if r.kind == "time" and r.number is not None]
    ordered = sorted(columns, key=lambda region: region.number or 0)
    for before, after in zip(ordered, ordered[1:], strict=False):
        assert before.rect[0] + before.rect[2] < after.rect[0]


@pytest.mark.parametrize("lesson", [lesson.id for lesson in lessons()])
def test_a_lesson_is_drawn_clearly_at_every_level(lesson):
    tape = small_lesson(lesson)
    _check_all(tape)
    if not any("node=" in step.scope.path for step in tape.steps):
        _check_time(tape)


@pytest.mark.parametrize("lesson", [lesson.id for lesson in lessons()])
def test_the_opened_backward_pass_of_a_lesson_is_drawn_clearly(lesson):
    tape = small_lesson(lesson)
    for level in Level:
        for folded in (False, True):
            drawing = draw(tape, level=level, folded=folded, backward=True)
            check(drawing)
            assert not overlapping(drawing)
            assert not crossed_nodes(drawing)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: " ".join(form) or "plain")
@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_drawn_clearly_in_every_form(cell, form):
    _check_all(small_lesson("copy", cell=cell, **form))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: " ".join(form) or "plain")
@pytest.mark.parametrize("cell", CELLS)
def test_the_opened_backward_pass_of_a_cell_is_drawn_clearly(cell, form):
    tape = small_lesson("copy", cell=cell, **form)
    for folded in (False, True):
        drawing = draw(tape, level=Level.OPERATIONS, backward=True, folded=folded)
        check(drawing)
        assert not overlapping(drawing)
        assert not crossed_nodes(drawing)


@pytest.mark.parametrize("form", [{"forget_gate": False}, {"bias": False}])
@pytest.mark.parametrize("cell", ["lstm", "lstm_merged", "peephole_lstm"])
def test_an_lstm_without_some_of_its_parts_is_drawn_clearly(cell, form):
    _check_all(small_lesson("copy", cell=cell, **form))


@pytest.mark.parametrize("update", ["z-keeps-old", "z-takes-new"])
@pytest.mark.parametrize("reset", ["before-product", "after-product"])
def test_every_convention_of_the_gru_is_drawn_clearly(update, reset):
    _check_all(small_lesson("gru", gru_update=update, gru_reset=reset))


def test_time_layers_are_drawn_clearly():
    _check_all(small_lesson("lstm-language-model", time_layers=True))


@pytest.mark.parametrize("feedback", ["output", "output-cut", "nothing"])
def test_what_is_fed_back_is_drawn_clearly(feedback):
    _check_all(small_lesson("vector-to-sequence", feedback=feedback))


@pytest.mark.parametrize("cell", ["lstm", "peephole_lstm", "cec"])
def test_the_cell_state_runs_straight_from_time_step_to_time_step(cell):
    tape = small_lesson("copy", cell=cell)
    drawing = draw(tape, level=Level.OPERATIONS)
    states = {step.index for step in tape.steps[: tape.backward_start] if step.symbol == "c" and step.operation}
    pills = [node for node, entry in enumerate(drawing.entry) if entry in states and drawing.width[node] > 50]
    assert len({round(float(drawing.y[node])) for node in pills}) == 1
    leaving = np.flatnonzero(np.isin(drawing.edge_source, pills) & (drawing.edge_argument >= 0))
    ends = {edge: (_time(tape, drawing.edge_entry[edge]), _time(tape, drawing.edge_step[edge])) for edge in leaving}
    crossing = [edge for edge, (before, after) in ends.items() if before != after]
    assert crossing
    for edge in crossing:
        y = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1], 1]
        if cell != "peephole_lstm" or abs(y[-1] - y[0]) < 1:
            assert np.ptp(y) < 1


def _time(tape, entry):
    time = tape[int(entry)].scope.enclosing(ScopeKind.TIME)
    return None if time is None else time.number


def test_a_direction_that_reads_backwards_begins_at_the_right_and_runs_left():
    tape = small_lesson("copy", cell="lstm", bidirectional=True)
    drawing = draw(tape, level=Level.OPERATIONS)
    steps = tape.steps
    initial = [node for node, e in enumerate(drawing.entry) if e >= 0 and steps[e].role == "state"
               and steps[e].operation is None]  # fmt: skip
    columns = [region.rect for region in drawing.regions if region.kind == "time" and region.number is not None]
    left, right = min(rect[0] for rect in columns), max(rect[0] + rect[2] for rect in columns)
    sides = sorted(float(drawing.x[node]) > right for node in initial)
    assert sides == [False, False, True, True]
    assert all(drawing.x[node] < left or drawing.x[node] > right for node in initial)
    for edge in range(len(drawing.edge_source)):
        step = drawing.edge_step[edge]
        if step < 0 or "/backward/" not in steps[step].scope.path or steps[drawing.edge_entry[edge]].role != "state":
            continue
        if "backward" in steps[drawing.edge_entry[edge]].scope.path.split("/"):
            assert drawing.x[drawing.edge_target[edge]] <= drawing.x[drawing.edge_source[edge]]


def test_layers_stand_straight_above_each_other():
    regions = draw(small_lesson("copy", cell="lstm", layers=3), level=Level.OPERATIONS).regions
    first = [region for region in regions if region.kind == "layer" and "t=2/" in region.path]
    assert len(first) == 3
    assert len({round(region.rect[0]) for region in first}) == 1


def test_lines_that_skip_time_steps_run_beside_each_other():
    tape = small_lesson("skip-connections", skip=3)
    drawing = draw(tape, level=Level.OPERATIONS)
    heights: dict[int, set[int]] = {}
    for edge in range(len(drawing.edge_source)):
        points = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1]]
        source = tape.steps[drawing.edge_entry[edge]]
        spans = drawing.x[drawing.edge_target[edge]] - drawing.x[drawing.edge_source[edge]] > 600
        if spans and source.role == "state" and source.operation is not None:
            longest = int(np.argmax(np.abs(np.diff(points[:, 0]))))
            heights.setdefault(round(float(points[longest, 1])), set()).add(int(drawing.edge_entry[edge]))
    assert len(heights) >= 3


def _in_the_middle(tape):
    return next(step.index for step in tape.steps if step.symbol == "h" and _time(tape, step.index) == 3)


def test_folded_and_opened_gradients_come_round_from_the_time_step_after():
    tape = small_lesson("copy", cell="lstm")
    drawing = draw(tape, level=Level.OPERATIONS, backward=True, folded=True, at=_in_the_middle(tape))
    check(drawing)
    times = {_time(tape, e) for e in drawing.edge_entry[drawing.edge_kind == EdgeKind.BACKWARD]}
    assert times == {3, 4}
    round_about = [edge for edge in np.flatnonzero(drawing.edge_kind == EdgeKind.BACKWARD)
                   if _time(tape, drawing.edge_entry[edge]) == 4]  # fmt: skip
    column = next(region.rect for region in drawing.regions if region.kind == "time")
    for edge in round_about:
        points = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1]]
        assert points[:, 1].max() > column[1] + column[3]
        assert points[0, 0] < points[:, 0].max()


def test_folded_a_direction_that_reads_backwards_comes_from_the_time_step_after():
    tape = small_lesson("copy", cell="rnn", bidirectional=True)
    drawing = draw(tape, level=Level.OPERATIONS, folded=True, at=_in_the_middle(tape))
    assert {index for index in drawing.index if "t" in index} >= {"t−1", "t+1"}


def test_folded_skipped_states_are_called_by_how_long_ago_they_were():
    tape = small_lesson("skip-connections", skip=3)
    time = max(_time(tape, step.index) or 0 for step in tape.steps)
    late = next(step.index for step in tape.steps if step.symbol == "h" and _time(tape, step.index) == time)
    for at in (_in_the_middle(tape), late):
        drawing = draw(tape, level=Level.OPERATIONS, folded=True, at=at)
        assert {index for index in drawing.index if "t−" in index} == {"t−1", "t−3"}
