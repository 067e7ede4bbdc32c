"""The label: what it says to screen readers and to the clipboard, how it follows the appearance; the preparation."""

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.typesetting.formula import is_prepared
from gui.typesetting.formula_label import FormulaLabel
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.plain_text import plain_text
from tests.gui.typesetting.equations import EQUATIONS


@pytest.mark.parametrize(
    ("latex", "text"),
    [(EQUATIONS[0], "z^t = σ(u^t)"), (EQUATIONS[2], "δ^t = dz^t ⊙ z^t ⊙ (1 − z^t)"),
     (EQUATIONS[3], "(∂L)/(∂W) += (z^(t−1))^⊤δ^t"), (r"\hat{y}", "y hat"), (r"\sqrt{x}", "√(x)"),
     (r"W_{x}^{(f)}", "W_x^(f)"), (r"f^{[1]}", "f^[1]"), (r"h^{[1],3}", "h^[1],3"), (r"W_{h}^{[2](o)}", "W_h^[2](o)"),
     (r"\hat{h}^{[1]}", "h hat^[1]"), (r"h^{(a + b)c}", "h^((a+b)c)"), (r"\nosuch", r"\nosuch")],
)  # fmt: skip
def test_plain_text(latex: str, text: str) -> None:
    assert plain_text(latex) == text


def test_formula_label(qtbot: QtBot) -> None:
    appearance = Appearance()
    label = FormulaLabel(appearance, EQUATIONS[0], 20)
    qtbot.addWidget(label)
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "z^t = σ(u^t)"
    copy, copy_text = label.actions()
    assert copy.text() == "Copy as LaTeX"
    copy.trigger()
    assert QGuiApplication.clipboard().text() == EQUATIONS[0]
    copy_text.trigger()
    assert QGuiApplication.clipboard().text() == "z^t = σ(u^t)"


def test_label_follows_the_appearance(qtbot: QtBot) -> None:
    appearance = Appearance()
    label = FormulaLabel(appearance, EQUATIONS[0], 20)
    qtbot.addWidget(label)
    size = label.sizeHint()
    appearance.set_scale(2.0)
    assert label.sizeHint().width() == pytest.approx(2 * size.width(), abs=6)
    before = label.grab().toImage()
    appearance.set_theme("dark")
    assert label.grab().toImage() != before
    appearance.set_language("ja")
    assert label.actions()[0].text() == "LaTeX としてコピー"


def test_wrong_source_is_said_in_place(qtbot: QtBot) -> None:
    label = FormulaLabel(Appearance(), r"\nosuch")
    qtbot.addWidget(label)
    assert label.error is not None
    assert r"\nosuch" in label.accessibleName()
    label.resize(200, 80)
    empty = FormulaLabel(Appearance(), "")
    qtbot.addWidget(empty)
    empty.resize(200, 80)
    assert label.grab().toImage() != empty.grab().toImage()
    label.set_source("x")
    assert label.error is None


def test_prose_label_wraps(qtbot: QtBot) -> None:
    label = FormulaLabel(Appearance(), "The state $z^{t}$ is computed from the input $x^{t}$. " * 4, prose=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(200) > label.heightForWidth(600)
    label.show()
    label.resize(240, 300)
    assert label.minimumHeight() == label.heightForWidth(240)
    assert "z^t" in label.accessibleName()


def test_preparation_works_through_its_list_and_stops(qtbot: QtBot) -> None:
    preparation = FormulaPreparation()
    done: list[str] = []
    failed: list[str] = []
    preparation.prepared.connect(done.append)
    preparation.failed.connect(lambda latex, error: failed.append(latex))
    preparation.request([r"\kappa_{1}", r"\nosuch", r"\kappa_{2}"])
    qtbot.waitUntil(lambda: preparation.waiting == 0)
    assert done == [r"\kappa_{1}", r"\kappa_{2}"]
    assert failed == [r"\nosuch"]
    assert is_prepared(r"\kappa_{2}")
    preparation.request([r"\kappa_{1}"])
    assert preparation.waiting == 0
    preparation.request([r"\kappa_{3}"])
    preparation.stop()
    assert preparation.waiting == 0
