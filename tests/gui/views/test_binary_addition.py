"""The binary addition view: right sums, no output before its time, an examination that says what it found."""


import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from engine.analysis.series import indices
from engine.debugger.cursor import Cursor
from engine.debugger.session import Session
from engine.lesson import Lesson
from engine.tape import Tape
from engine.tensor import Role
from engine.training.examination import examination_scores, examine
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.addition import Addition, answer, current_time, rounded, rows_in
from gui.views.addition_sheet import AdditionSheet
from gui.views.binary_addition import BinaryAdditionView
from gui.views.task import TaskView
from tests.engine.small_lesson import small
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(Bridge(Session(*small(batch=3))))


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> BinaryAdditionView:
    return showing(BinaryAdditionView, bridge, (700, 260))


def outputs_at(bridge: Bridge) -> list[int]:
    return list(next(iter(indices(bridge.tape, Role.OUTPUT).values())).values())


def texts(view: BinaryAdditionView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("bits", [2, 8, 62])
def test_numbers_and_carries_are_those_of_the_batch(bits: int) -> None:
    lesson, settings = small(bits=bits, batch=20)
    session = Session(lesson, settings)
    about = batch_of(lesson, settings, 0).about
    assert rows_in(session.tape) == 20
    for row in range(20):
        addition = Addition(session.tape, row)
        assert (addition.a, addition.b) == (int(about["a"][row]), int(about["b"][row]))
        assert addition.target == addition.a + addition.b
        for column in addition.columns:
            assert column.target == (column.a + column.b + column.carry) % 2


def test_answers() -> None:
    assert answer([0.9, 0.2, 0.7]) == 5
    assert answer([0.9, float("nan")]) is None
    assert rounded(0.5) == 0
    assert rounded(float("inf")) is None


def test_outputs_appear_when_the_cursor_passes_them(bridge: Bridge) -> None:
    addition = Addition(bridge.tape, 1)
    assert addition.outputs(bridge.cursor) == [None] * 3
    assert current_time(bridge.cursor) is None
    for time, index in enumerate(outputs_at(bridge), start=1):
        bridge.move_to(index)
        assert addition.outputs(bridge.cursor)[time - 1 :] == [None] * (4 - time)
        bridge.run_to(index)
        values = addition.outputs(bridge.cursor)
        assert values[time - 1] == bridge.tape[index].value[1, 0]
        assert current_time(bridge.cursor) == time
    bridge.move_to(0)
    assert addition.outputs(bridge.cursor) == [None] * 3


def test_the_sum_is_said_when_all_is_known(view: BinaryAdditionView, bridge: Bridge) -> None:
    addition = Addition(bridge.tape, 0)
    assert f"{addition.a} + {addition.b} = …" in texts(view)
    bridge.move_to(bridge.cursor.end)
    found = answer(addition.outputs(bridge.cursor))
    sign = "✓" if found == addition.target else "✗"
    assert f"{addition.a} + {addition.b} = {found} {sign}" in texts(view)
    bridge.move_to(0)
    assert "✓" not in texts(view)
    assert "✗" not in texts(view)


def test_another_sequence_of_the_batch(view: BinaryAdditionView, bridge: Bridge, qtbot: QtBot) -> None:
    chooser = view.findChildren(QSpinBox)[0]
    assert chooser.isVisible()
    chooser.setValue(3)
    addition = Addition(bridge.tape, 2)
    assert f"{addition.a} + {addition.b} =" in texts(view)
    bridge.change_settings(batch=1)
    settle(qtbot, bridge)
    assert not chooser.isVisible()


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)


def test_examination_uses_the_weights_at_the_cursor(qtbot: QtBot, view: BinaryAdditionView, bridge: Bridge) -> None:
    button = view.findChildren(QPushButton)[0]
    assert button.text() == "Examine all 16 additions"
    run = bridge.session.run
    for position, iteration in ((0, 0), (bridge.cursor.end, 1)):
        bridge.move_to(position)
        button.click()
        settle(qtbot, bridge)
        score = examine(run.lesson, run.settings, run.state(iteration).parameters)
        assert f"Iteration {iteration}: {score.right} of 16 right" in texts(view)
        assert f"mean loss {score.mean_loss:.4f}" in texts(view)
    bridge.reset()
    settle(qtbot, bridge)
    assert "of 16" not in texts(view)


def test_examination_in_pieces_is_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson, settings = small(bits=4)
    parameters = Session(lesson, settings).run.state(0).parameters
    whole = examine(lesson, settings, parameters)
    monkeypatch.setattr("engine.training.examination._VALUES_AT_ONCE", 7 * 16)
    scores = list(examination_scores(lesson, settings, parameters))
    assert len(scores) > 3
    assert [score.count for score in scores] == sorted({score.count for score in scores})
    assert (scores[-1].right, scores[-1].count) == (whole.right, whole.count)
    assert scores[-1].mean_loss == pytest.approx(whole.mean_loss, rel=1e-12)


def test_cells_select_and_point(qtbot: QtBot, view: BinaryAdditionView, bridge: Bridge) -> None:
    sheet = view.findChildren(AdditionSheet)[0]
    column = Addition(bridge.tape, 0).columns[1]
    x = round(sheet.middle_of(2))
    picked, pointed = set(), set()
    for y in range(0, sheet.height(), 5):
        qtbot.mouseMove(sheet, QPoint(x, y))
        pointed.add(bridge.hover[0] if bridge.hover else None)
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        picked.add(bridge.selection)
    assert picked == {None, column.x, column.d, column.y}
    assert pointed == picked


@pytest.mark.parametrize("bits", [2, 62])
@pytest.mark.parametrize(("width", "height"), [(300, 180), (1800, 400), (1, 1)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_paints_at_every_size_theme_and_language(
    showing: Showing, bits: int, width: int, height: int, scale: float
) -> None:
    bridge, look = Bridge(Session(*small(bits=bits))), Appearance()
    view = showing(BinaryAdditionView, bridge, (width, height), look)
    bridge.move_to(40)
    look.set_scale(scale)
    look.set_theme("dark")
    look.set_language("ja")
    assert not view.grab().isNull()
    assert "を調べる" in view.findChildren(QPushButton)[0].text()


def test_what_is_not_finite_is_shown_as_wrong(qtbot: QtBot, view: BinaryAdditionView, bridge: Bridge) -> None:
    bridge.tape[outputs_at(bridge)[1]].value[:] = np.nan
    bridge.move_to(bridge.cursor.end)
    assert "= ? ✗" in texts(view)
    assert not view.grab().isNull()


def test_every_lesson_has_its_task_view_or_says_so(qtbot: QtBot, bridge: Bridge) -> None:
    view = TaskView(bridge, Appearance())
    qtbot.addWidget(view)
    view.show()
    assert view.findChildren(BinaryAdditionView)[0].isVisible()
    lesson = bridge.lesson
    fields = {name: getattr(lesson, name) for name in Lesson.__slots__}
    bridge.session.run.lesson = Lesson(**{**fields, "task_view": "", "task": None})
    bridge.session.cursor = Cursor(Tape())
    for signal in (bridge.lesson_changed, bridge.tape_changed, bridge.cursor_moved):
        signal.emit()
    assert not view.findChildren(BinaryAdditionView)[0].isVisible()
    assert "This lesson's task has no view of its own." in [label.text() for label in view.findChildren(QLabel)]
    bridge.session.run.lesson = lesson
    bridge.session.open_iteration(0)
    bridge.lesson_changed.emit()
    qtbot.waitUntil(lambda: any(made.isVisible() for made in view.findChildren(BinaryAdditionView)), timeout=20_000)
