"""Images beside what was made of them: right pixels, nothing before its time, and the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.grey_image import grey_image
from gui.views.reconstruction_plot import Row
from gui.views.reconstructions import ReconstructionsView
from tests.gui.views.digits_bridge import digits_bridge, point_at
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(digits_bridge())


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> ReconstructionsView:
    return showing(ReconstructionsView, bridge, (900, 300))


def entry_of(bridge: Bridge, role: Role) -> int:
    return next(step.index for step in bridge.tape.steps if step.role is role)


def test_answers_appear_when_the_cursor_reaches_them(bridge: Bridge, view: ReconstructionsView) -> None:
    x, y = (entry_of(bridge, role) for role in (Role.INPUT, Role.OUTPUT))
    assert view.plot.numbers(Row.ANSWERED, 2) is None
    np.testing.assert_array_equal(view.plot.numbers(Row.GIVEN, 2), bridge.tape[x].value[2].reshape(6, 6))
    before = view.plot.viewport().grab().toImage()
    bridge.run_to(y)
    found = view.plot.numbers(Row.DIFFERENCE, 2)
    np.testing.assert_array_equal(found, (bridge.tape[y].value[2] - bridge.tape[x].value[2]).reshape(6, 6))
    assert view.plot.viewport().grab().toImage() != before
    bridge.step_back()
    assert view.plot.numbers(Row.DIFFERENCE, 2) is None


def test_a_pixel_is_read_and_picked(bridge: Bridge, view: ReconstructionsView, qtbot: QtBot) -> None:
    bridge.move_to(bridge.tape.backward_start)
    box, y = view.plot.box(Row.ANSWERED, 1), entry_of(bridge, Role.OUTPUT)
    pixel = 2 * 6 + 4
    point = box.topLeft().toPoint()
    point.setX(round(box.left() + 4.5 / 6 * box.width()))
    point.setY(round(box.top() + 2.5 / 6 * box.height()))
    point_at(view.plot.viewport(), point)
    assert bridge.hover == (y, pixel)
    assert view.reading.startswith("example 2 “")
    assert f"row 2, column 4: x = {bridge.tape[entry_of(bridge, Role.INPUT)].value[1, pixel]:.4f}"[:22] in view.reading
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == y
    assert bridge.focus_unit == pixel


def test_ink_and_paper_are_the_themes() -> None:
    for theme in ("light", "dark"):
        look = Appearance(theme=theme)
        image = grey_image(np.array([[0.0, 1.0, np.nan]]), look)
        assert [image.pixelColor(x, 0).name() for x in range(3)] == [
            look.color(name).name() for name in ("ground", "ink", "not_finite")
        ]


@pytest.mark.parametrize("size", [(300, 120), (1600, 500)])
@pytest.mark.parametrize("look", [("dark", "ja", 0.75), ("light", "en", 3.0)])
def test_it_can_be_drawn_in_every_look(
    showing: Showing, bridge: Bridge, size: tuple[int, int], look: tuple[str, str, float]
) -> None:
    made = showing(ReconstructionsView, bridge, size, Appearance(theme=look[0], language=look[1], scale=look[2]))
    bridge.move_to(bridge.cursor.end)
    assert not made.grab().isNull()


def test_another_lesson_may_be_opened(bridge: Bridge, view: ReconstructionsView, qtbot: QtBot) -> None:
    bridge.open_lesson("binary-addition")
    qtbot.waitUntil(lambda: bridge.lesson.id == "binary-addition" and bridge.busy is None)
    bridge.move_to(bridge.cursor.end)
    assert view.isVisible()
