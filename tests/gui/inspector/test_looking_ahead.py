"""What was prepared for a step is what the step shows, in every pixel; what changed meanwhile is not shown."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.foresight import Foresight
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.formula_sheet import FormulaSheet
from gui.inspector.inspector import Inspector
from tests.gui.equations.tapes import session_with


@pytest.fixture
def bridge(qapp):
    made = Bridge(session_with(activation="tanh"))
    yield made
    made.close()


@pytest.fixture
def opened(bridge, qtbot):
    """Makes an inspector of the bridge, shown with all its formulas typeset."""

    def show(look: Appearance, width: int = 360) -> Inspector:
        inspector = Inspector(bridge, look)
        qtbot.addWidget(inspector)
        inspector.resize(width, 900)
        inspector.show()
        _wait(inspector, qtbot)
        return inspector

    return show


def _wait(inspector: Inspector, qtbot) -> None:
    def is_ready() -> bool:
        ahead, lines = inspector.findChildren(Foresight), inspector.findChildren(FormulaLines)
        return all(one.is_done for one in ahead) and all(one.is_typeset for one in lines)

    qtbot.waitUntil(is_ready)


def _look(inspector: Inspector):
    for _ in range(8):  # after a change of width one layout asks the next
        QApplication.processEvents()
    parts = (inspector.heading, inspector.equation, inspector.value, inspector.statistics, inspector.provenance)
    return [part.grab().toImage() for part in parts]


def _nothing(bridge: Bridge, look: Appearance, inspector: Inspector) -> None: ...


def _look_at_another_unit(bridge: Bridge, look: Appearance, inspector: Inspector) -> None:
    bridge.set_focus_unit(1)


def _darken(bridge: Bridge, look: Appearance, inspector: Inspector) -> None:
    look.set_theme("dark")


def _speak_japanese(bridge: Bridge, look: Appearance, inspector: Inspector) -> None:
    look.set_language("ja")


def _widen(bridge: Bridge, look: Appearance, inspector: Inspector) -> None:
    inspector.resize(480, 900)


def _select(bridge: Bridge, look: Appearance, inspector: Inspector) -> None:
    bridge.select(5)
    bridge.select(None)


CHANGES = (_nothing, _look_at_another_unit, _darken, _speak_japanese, _widen, _select)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("start", [60, -40], ids=["forward", "backward"])
def test_a_step_shows_what_it_would_show_unprepared(
    bridge: Bridge, opened, qtbot, change: Callable[..., None], start: int
) -> None:
    look = Appearance()
    bridge.move_to(start if start > 0 else bridge.cursor.end + start)
    inspector = opened(look)
    for way in (bridge.step, bridge.step, bridge.step_back):
        way()
        _wait(inspector, qtbot)
        change(bridge, look, inspector)
        way()
        ahead = _look(inspector)
        fresh = opened(look, inspector.width())
        _wait(inspector, qtbot)
        assert _look(inspector) == ahead, "nothing comes late"
        assert _look(fresh) == ahead
        fresh.hide()


def test_a_step_that_was_foreseen_lays_out_no_formulas(bridge, opened, qtbot, monkeypatch) -> None:
    bridge.move_to(60)
    inspector = opened(Appearance())
    bridge.step()
    _wait(inspector, qtbot)
    for _ in range(10):
        with monkeypatch.context() as patch:
            patch.delattr(FormulaSheet, "_lay_out")
            bridge.step()
            inspector.grab()
        _wait(inspector, qtbot)
