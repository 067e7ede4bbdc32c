"""The formulas of the next steps are there before the steps are taken."""

from engine.address import find_one
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.inspector.anticipation import Anticipation
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.inspector import Inspector
from gui.inspector.kinds_of_steps import KindsOfSteps
from gui.typesetting.formula import ziamath_calls
from gui.typesetting.formula_preparation import FormulaPreparation
from tests.gui.equations.tapes import session_with


def test_the_next_steps_are_typeset_when_they_are_shown(qtbot) -> None:
    session = session_with(activation="tanh", optimizer="adam")
    bridge = Bridge(session)
    bridge.run_to(find_one(bridge.tape, "forward/t=3/rnn/matmul#1"))
    ahead = Anticipation(FormulaPreparation(bridge), bridge)
    ahead.look_ahead(bridge.cursor, Names(bridge.tape), Focus(0), session.grain)
    assert not ahead.is_done
    qtbot.waitUntil(lambda: ahead.is_done, timeout=20_000)
    for _ in range(3):
        bridge.step()
        inspector = Inspector(bridge, Appearance())
        qtbot.addWidget(inspector)
        inspector.resize(360, 900)
        inspector.show()
        assert all(lines.is_typeset for lines in inspector.findChildren(FormulaLines))
        inspector.hide()
    bridge.close()


def test_it_can_be_stopped(qtbot) -> None:
    session = session_with()
    bridge = Bridge(session)
    ahead = Anticipation(FormulaPreparation(bridge), bridge)
    ahead.look_ahead(bridge.cursor, Names(bridge.tape), Focus(0), session.grain)
    ahead.stop()
    assert ahead.is_done
    bridge.close()


def test_then_one_step_of_each_kind(qtbot) -> None:
    session = session_with(activation="tanh", optimizer="adam")
    bridge = Bridge(session)
    ahead = Anticipation(FormulaPreparation(bridge), bridge)
    ahead.look_ahead(bridge.cursor, Names(bridge.tape), Focus(0), session.grain)
    qtbot.waitUntil(lambda: ahead.is_done, timeout=30_000)
    drawn = ziamath_calls()
    inspector = Inspector(bridge, Appearance())
    qtbot.addWidget(inspector)
    inspector.resize(360, 900)
    inspector.show()
    for index in range(20, len(bridge.tape.steps), 17):
        bridge.run_to(index)
        qtbot.waitUntil(lambda: all(lines.is_typeset for lines in inspector.findChildren(FormulaLines)))
    assert ziamath_calls() - drawn <= 4
    inspector.hide()
    bridge.close()


def test_a_kind_is_met_once() -> None:
    session = session_with()
    kinds, tape = KindsOfSteps(), session.tape
    found = [index for index in kinds.new_ones(tape, 30) if index is not None]
    assert 10 < len(found) == len(set(found)) < len(tape.steps) / 2
    assert found[0] == 30
    assert not list(kinds.new_ones(tape, 0)), "all of this tape was searched"
    kinds.forget()
    assert [index for index in kinds.new_ones(tape, 0) if index is not None]
