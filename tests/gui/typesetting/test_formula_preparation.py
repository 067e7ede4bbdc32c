"""Formulas are typeset between two steps, never within one."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gui.typesetting.formula import is_prepared, typeset
from gui.typesetting.formula_preparation import FormulaPreparation


def test_a_step_puts_off_what_waits(qtbot: QtBot) -> None:
    typeset("a", 10)
    preparation = FormulaPreparation()
    first, second = r"\Phi_{5} \ominus \Psi", r"\Phi_{5} \oslash \Theta"
    with qtbot.waitSignal(preparation.prepared):
        preparation.request([first, second])
    assert is_prepared(first)
    assert not is_prepared(second)
    preparation.put_off()
    QCoreApplication.processEvents()
    assert not is_prepared(second), "this turn is the step's"
    qtbot.waitUntil(lambda: is_prepared(second))
