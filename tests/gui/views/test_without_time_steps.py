"""Networks that compute all at once: every panel survives them, and says so where it has nothing to show."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.analysis.series import has_time_steps
from gui.appearance import Appearance
from gui.views import VIEWS
from gui.views.graphical_model import GraphicalModelView
from gui.views.hidden_states import HiddenStatesView
from tests.gui.views.digits_bridge import digits_bridge


@pytest.mark.parametrize("view", [view.id for view in VIEWS])
def test_every_panel_survives(qtbot: QtBot, view: str) -> None:
    bridge, look = digits_bridge(), Appearance()
    assert not has_time_steps(bridge.tape)
    made = next(one for one in VIEWS if one.id == view).factory(bridge, look)
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show()
    for position in (bridge.tape.backward_start - 2, bridge.tape.backward_start + 9, bridge.cursor.end, 0):
        bridge.move_to(position)
        bridge.select(position or 4)
        QApplication.processEvents()
    assert not made.grab().isNull()
    bridge.close()


def test_hidden_states_come_and_go_with_the_lesson(qtbot: QtBot) -> None:
    bridge, look = digits_bridge(), Appearance()
    view = HiddenStatesView(bridge, look)
    qtbot.addWidget(view)
    view.show()
    assert view.is_empty
    for lesson, empty in (("binary-addition", False), ("autoencoder-digits", True), ("gru", False)):
        bridge.open_lesson(lesson)
        qtbot.waitUntil(lambda: bridge.busy is None)
        assert bridge.lesson.id == lesson
        assert view.is_empty is empty
        bridge.move_to(bridge.cursor.end)
        assert not view.grab().isNull()
    assert view.quantity.series.symbol == "h"
    bridge.close()


def test_the_graphical_model_says_that_it_is_another(qtbot: QtBot) -> None:
    bridge = digits_bridge()
    view = GraphicalModelView(bridge, Appearance())
    qtbot.addWidget(view)
    assert view.remark.startswith("This network computes all at once")
    bridge.close()
