"""The timeline: every mark is where its step is, dragging and the wheel move the cursor, and 60,000 steps are no more
work than 200."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.backward import backward
from engine.debugger.cursor import Cursor
from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.ops.arithmetic import total
from engine.scope import cell, time_step
from engine.tape import Tape
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.timeline import Timeline
from gui.views.timeline_marks import TimelineMarks
from gui.views.timeline_rows import TimelineRows
from gui.views.timeline_scale import TimelineScale
from tests.engine.small_lesson import small
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(Bridge(Session(*small())))


@pytest.fixture
def timeline(showing: Showing, bridge: Bridge) -> Timeline:
    made = showing(Timeline, bridge, (900, 1))
    assert made.height() > 1, "it has a height of its own"
    return made


def marks_row(timeline: Timeline, x: float) -> QPoint:
    return QPoint(round(x), timeline.height() // 2)


def turn(timeline: Timeline, delta: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = QPointF(timeline.width() / 2, timeline.height() / 2)
    QApplication.sendEvent(timeline, QWheelEvent(
        place, timeline.mapToGlobal(place), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False))  # fmt: skip


def long_tape(steps: int) -> Tape:
    tape = Tape()
    with tape.recording():
        w = tape.parameter("w", np.ones((1, 1)))
        z = tape.initial_state("z", np.ones((1, 1)))
        for t in range(1, steps // 20 + 1):
            with time_step(t), cell("rnn"):
                for _ in range(10):
                    z = z + w
        loss = total(z)
        loss.role = Role.LOSS
        tape.loss = loss.index
        backward(tape, loss)
        tape.begin_update()
    return tape


def test_marks_are_the_executed_steps_in_order(bridge: Bridge) -> None:
    marks, tape = TimelineMarks(bridge.cursor), bridge.tape
    executed = [step.index for step in tape if step.operation is not None]
    assert [marks.index_of(rank) for rank in range(len(marks))] == executed
    assert [marks.rank_of(index) for index in executed] == list(range(len(executed)))
    assert marks.rank_of(0) is None
    assert [segment.kind for segment in marks.segments] == ["forward", "loss", "backward", "update"]
    assert [(one.last, other.first) for one, other in zip(marks.segments, marks.segments[1:], strict=False)] == [
        (segment.first,) * 2 for segment in marks.segments[1:]
    ]  # fmt: skip
    assert [group.number for group in marks.groups] == [1, 2, 3, 3, 2, 1]


def test_marks_know_the_place_of_the_loss(bridge: Bridge) -> None:
    marks = TimelineMarks(bridge.cursor)
    loss = marks.segments[1]
    assert marks.rank_of(bridge.tape.loss) in range(loss.first, loss.last)


def test_ranks_and_positions_agree(bridge: Bridge) -> None:
    marks = TimelineMarks(bridge.cursor)
    for rank in (0, 1, 7, len(marks)):
        bridge.move_to(marks.position_of(rank))
        assert marks.passed() == rank


def test_every_mark_is_found_where_it_lies(bridge: Bridge) -> None:
    marks = TimelineMarks(bridge.cursor)
    scale = TimelineScale(marks.segments, 900, 14, 16, 22)
    ranks = np.arange(len(marks))
    middles = scale.left(ranks) + scale.mark / 2
    assert [scale.rank_at(x) for x in middles.tolist()] == ranks.tolist()
    scale.zoom_by(3, 400)
    assert [scale.rank_at(x) for x in (scale.left(ranks) + scale.mark / 2).tolist()] == ranks.tolist()


def test_zooming_keeps_the_point_under_the_mouse(bridge: Bridge) -> None:
    scale = TimelineScale(TimelineMarks(bridge.cursor).segments, 300, 14, 16, 22)
    before = scale.rank_at(150)
    scale.zoom_by(4, 150)
    assert scale.zoomed
    assert scale.rank_at(150) == before
    scale.zoom_by(1e-6, 20)
    assert scale.zoom == pytest.approx(1)
    assert not scale.zoomed


def test_click_goes_behind_the_step(qtbot: QtBot, timeline: Timeline, bridge: Bridge) -> None:
    marks = TimelineMarks(bridge.cursor)
    middle = timeline.x_of_rank(10) - 3
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=marks_row(timeline, middle))
    assert bridge.cursor.current == marks.index_of(9)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=marks_row(timeline, 1))
    assert bridge.cursor.position == 0


def test_drag_scrubs_both_ways(qtbot: QtBot, timeline: Timeline, bridge: Bridge) -> None:
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=marks_row(timeline, 50))
    seen = []
    for x in (200, 400, 880, 300):
        qtbot.mouseMove(timeline, marks_row(timeline, x))
        seen.append(bridge.cursor.position)
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=marks_row(timeline, 300))
    assert seen[0] < seen[1] < seen[2]
    assert seen[0] < seen[3] < seen[1]
    qtbot.mouseMove(timeline, marks_row(timeline, 700))
    assert bridge.cursor.position == seen[3]


def test_wheel_steps_by_the_grain_and_stays_in_the_iteration(timeline: Timeline, bridge: Bridge) -> None:
    bridge.set_grain(Grain.PHASE)
    ends = bridge.cursor.stops(Grain.PHASE).tolist()
    turn(timeline, -120)
    assert bridge.cursor.position == ends[1]
    turn(timeline, -60)
    assert bridge.cursor.position == ends[1]
    turn(timeline, -60)
    assert bridge.cursor.position == ends[2]
    for _ in range(9):
        turn(timeline, -120)
    assert (bridge.iteration, bridge.cursor.position) == (0, ends[-1])
    turn(timeline, 240)
    assert bridge.cursor.position == ends[-3]


def test_control_and_wheel_zoom(timeline: Timeline, bridge: Bridge) -> None:
    turn(timeline, 480, Qt.KeyboardModifier.ControlModifier)
    zoomed = timeline.zoom
    assert zoomed > 1
    assert bridge.cursor.position == 0
    bridge.move_to(bridge.cursor.end)
    assert 0 <= timeline.x_of_rank(len(TimelineMarks(bridge.cursor))) <= timeline.width()
    turn(timeline, -4800, Qt.KeyboardModifier.ControlModifier)
    assert timeline.zoom == pytest.approx(1)


def test_keys(qtbot: QtBot, timeline: Timeline, bridge: Bridge) -> None:
    qtbot.keyClick(timeline, Qt.Key.Key_End)
    assert bridge.cursor.position == bridge.cursor.end
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert bridge.cursor.position < bridge.cursor.end
    qtbot.keyClick(timeline, Qt.Key.Key_Home)
    qtbot.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert bridge.cursor.position == bridge.cursor.stops(Grain.TIME_STEP)[1]


def colors_at(timeline: Timeline, x: float) -> set[str]:
    """The colours from the marks down to the breakpoints."""
    rows, image = TimelineRows(Appearance()), timeline.grab().toImage()
    return {image.pixelColor(round(x), y).name() for y in range(int(rows.marks[0]), int(sum(rows.breakpoints)))}


def test_breakpoints_and_passed_marks_are_seen(timeline: Timeline, bridge: Bridge) -> None:
    look = Appearance()
    marks = TimelineMarks(bridge.cursor)
    x = timeline.x_of_rank(6) - (timeline.x_of_rank(6) - timeline.x_of_rank(5)) / 2
    assert look.color("breakpoint").name() not in colors_at(timeline, x)
    bridge.toggle_breakpoint(marks.index_of(5))
    assert look.color("breakpoint").name() in colors_at(timeline, x)
    bridge.switch_breakpoint(bridge.session.breakpoints[0], False)
    assert look.color("breakpoint").name() not in colors_at(timeline, x)
    x = timeline.x_of_rank(5) - (timeline.x_of_rank(6) - timeline.x_of_rank(5)) / 2
    assert look.color("forward").name() not in colors_at(timeline, x)
    bridge.move_to(marks.position_of(12))
    assert look.color("forward").name() in colors_at(timeline, x)
    bridge.step_back()
    bridge.move_to(0)
    assert look.color("forward").name() not in colors_at(timeline, x)


@pytest.mark.parametrize("width", [1, 40, 300, 1800])
@pytest.mark.parametrize("scale", [0.75, 1.0, 3.0])
def test_paints_at_every_size_theme_and_language(
    qtbot: QtBot, bridge: Bridge, width: int, scale: float
) -> None:
    look = Appearance(scale=scale)
    timeline = Timeline(bridge, look)
    qtbot.addWidget(timeline)
    bridge.set_grain(Grain.CELL)
    bridge.select(bridge.tape.loss)
    for theme, language in (("light", "en"), ("dark", "ja")):
        look.set_theme(theme)
        look.set_language(language)
        timeline.resize(width, timeline.height())
        for position in (0, 20, bridge.cursor.end):
            bridge.move_to(position)
            assert not timeline.grab().isNull()
    assert timeline.accessibleName() == "タイムライン"
    assert str(len(TimelineMarks(bridge.cursor))) in timeline.accessibleDescription()


def test_sixty_thousand_steps(timeline: Timeline, bridge: Bridge) -> None:
    bridge.session.cursor = Cursor(long_tape(60_000))
    bridge.tape_changed.emit()
    picture, seconds = QPixmap(timeline.size()), []
    for position in range(1000, 60_000, 2000):
        bridge.move_to(position)
        start = time.thread_time()  # other programs do not count
        timeline.render(picture)
        seconds.append(time.thread_time() - start)
    # The bar is 2 ms; a slow machine gets some room.
    assert np.median(seconds) < 0.02
    timeline.zoom_by(1e6)
    marks = TimelineMarks(bridge.cursor)
    assert timeline.rank_at(timeline.x_of_rank(marks.passed()) - 2) == marks.passed() - 1
