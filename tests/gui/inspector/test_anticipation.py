"""The formulas of the next steps are there before the steps are taken."""

from engine.address import find_one
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.inspector.anticipation import Anticipation
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.inspector import Inspector
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
