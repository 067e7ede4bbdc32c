"""The view of the network as a graphical model."""


import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from engine.tasks.tagging import WORDS
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.dependency_picture import DependencyPicture
from gui.views.graphical_model import GraphicalModelView
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("binary-addition"))


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> GraphicalModelView:
    return showing(GraphicalModelView, bridge, (1200, 300))


def pictures(view: GraphicalModelView) -> list[DependencyPicture]:
    return view.findChildren(DependencyPicture)


def test_the_counts_are_those_of_the_network_and_of_the_tables(view: GraphicalModelView, bridge: Bridge) -> None:
    assert view.counts() == (2 * 16 + 16 * 16 + 16, sum(4**t for t in range(1, 7)))
    bridge.change_settings(hidden=3)
    assert view.counts()[0] == 2 * 3 + 9 + 3
    view.findChildren(QSpinBox)[0].setValue(2)
    assert view.counts()[1] == 4 + 16
    assert {len(picture.graph.nodes) for picture in pictures(view)} == {6, 4}


def test_a_click_selects_the_variable_and_another_lesson_has_other_numbers(
    qtbot: QtBot, view: GraphicalModelView, bridge: Bridge
) -> None:
    first = pictures(view)[0]
    point = first.place(("h", 3)).toPoint()
    qtbot.mouseMove(first, point + QPoint(1, 1))
    qtbot.mouseMove(first, point)
    assert bridge.hover is not None
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection is not None
    assert bridge.tape[bridge.selection].symbol == "z"
    assert bridge.tape[bridge.selection].scope.path.startswith("t=3/")
    bridge.open_lesson("bidirectional-rnn")
    assert [field.value() for field in view.findChildren(QSpinBox)] == [6, len(WORDS), 6]
    view.grab()


def test_the_picture_moves_with_the_cursor(view: GraphicalModelView, bridge: Bridge) -> None:
    before = pictures(view)[1].grab().toImage()
    bridge.move_to(60)
    assert pictures(view)[1].grab().toImage() != before


def test_it_is_painted_anew_only_where_something_changed(
    qtbot: QtBot, view: GraphicalModelView, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most steps stay within their time step: painting all arrows for each of them would make stepping slow."""
    bridge.move_to(60)
    view.grab()
    asked: list[int] = []
    first = pictures(view)[0]

    def paint() -> None:
        asked.append(bridge.cursor.position)
        first.grab()

    monkeypatch.setattr(first, "update", paint)
    times = set()
    for _ in range(12):
        bridge.step()
        current = bridge.cursor.current
        assert current is not None
        times.add(bridge.tape[current].scope.path.partition("/")[0])
    assert 0 < len(times) <= 3
    assert len(asked) <= len(times)


@pytest.mark.parametrize("lesson_id", ["bidirectional-rnn", "recursive-net", "adding-problem", "vector-to-sequence"])
def test_where_the_picture_is_simpler_than_the_network_it_says_so(qtbot: QtBot, lesson_id: str) -> None:
    bridge = lesson_bridge(lesson_id)
    made = GraphicalModelView(bridge, Appearance())
    qtbot.addWidget(made)
    assert made.remark
    bridge.open_lesson("binary-addition")
    qtbot.waitUntil(lambda: bridge.lesson.id == "binary-addition")
    assert not made.remark
    bridge.close()
