"""Where the next step leads is told once nothing else is to be done, and only then."""

import pytest

from engine.debugger.cursor import Cursor
from engine.debugger.grain import Grain
from gui.bridge import Bridge
from gui.foresight import Foresight
from tests.gui.equations.tapes import session_with


@pytest.fixture
def bridge(qapp):
    made = Bridge(session_with())
    yield made
    made.close()


@pytest.fixture
def foresight(bridge, qtbot):
    made = Foresight(bridge, bridge)
    bridge.cursor_moved.connect(made.begin)
    yield made
    made.stop()


def _foreseen(foresight: Foresight, qtbot) -> list[int]:
    """Positions told until nothing more is to come."""
    told: list[int] = []

    def hear(cursor: Cursor) -> None:
        told.append(cursor.position)

    foresight.step_foreseen.connect(hear)
    qtbot.waitUntil(lambda: foresight.is_done)
    foresight.step_foreseen.disconnect(hear)
    return told


@pytest.mark.parametrize("grain", [Grain.OPERATION, Grain.TIME_STEP])
def test_the_next_step_in_the_direction_of_the_last_is_told_once(bridge, foresight, qtbot, grain) -> None:
    bridge.session.set_grain(grain)
    for way in (bridge.step, bridge.step, bridge.step_back, bridge.step):
        way()
        told = _foreseen(foresight, qtbot)
        before = bridge.cursor.position
        way()
        assert told == [bridge.cursor.position], way
        assert told != [before]
        foresight.stop()


def test_looking_ahead_moves_nothing(bridge, foresight, qtbot) -> None:
    bridge.step()
    cursor, position = bridge.cursor, bridge.cursor.position
    ahead: list[Cursor] = []
    foresight.step_foreseen.connect(ahead.append)
    qtbot.waitUntil(lambda: foresight.is_done)
    assert bridge.cursor is cursor
    assert cursor.position == position
    (seen,) = ahead
    assert seen.tape is cursor.tape
    assert seen.revealed(position)
    assert not cursor.revealed(position)


def test_nothing_is_told_at_the_ends(bridge, foresight, qtbot) -> None:
    bridge.move_to(bridge.cursor.end)
    assert _foreseen(foresight, qtbot) == []
    bridge.step_back()
    bridge.move_to(0)
    assert _foreseen(foresight, qtbot) == []


def test_the_painting_of_the_step_has_the_first_turn(bridge, foresight, qapp) -> None:
    told: list[object] = []
    foresight.step_foreseen.connect(told.append)
    bridge.step()
    qapp.processEvents()
    assert not told
    qapp.processEvents()
    assert told


def test_who_stops_hears_nothing(bridge, foresight, qtbot) -> None:
    told: list[object] = []
    foresight.step_foreseen.connect(told.append)
    bridge.step()
    foresight.stop()
    qtbot.wait(50)
    assert not told
