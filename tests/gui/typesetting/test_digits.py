"""Digits exchanged in typeset formulas: the same picture as typeset anew, the same text."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPainter, QTransform

from gui.typesetting import formula_parts, formula_picture
from gui.typesetting.atom_pictures import NOMINAL, Picture
from gui.typesetting.digits import numbered, renumbered
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_picture import PictureCache
from gui.typesetting.plain_text import plain_text
from tests.gui.typesetting.canvases import inked, painted

FORMULAS = (
    r"z^{41}", r"\delta^{15} W", r"(x^{21})^{\top}\,\delta^{21}", r"\frac{\partial E}{\partial y^{38}}", r"\sqrt{2}",
    r"\sum_{t=19}^{46} x_{t1}^{23}", r"x^{23}_{1} + x_{1}^{23}", r"\textcolor{forward}{z^{12}}_{3}", r"W^{x^{72}}",
    r"12.5 \cdot 10^{-3}",
)  # fmt: skip


def ink(picture: Picture) -> np.ndarray:
    """Where the picture has ink, eight samples a font size."""
    turn = QTransform(0.25, 0, 0, 0.25, 10, 60)
    black = QColor("black")

    def paint(painter: QPainter) -> None:
        for path, _ in picture.runs:
            painter.fillPath(turn.map(path), black)

    return inked(painted(paint, 300, 120)).astype(float)


@pytest.mark.parametrize("latex", FORMULAS)
def test_exchanged_digits_look_as_typeset_anew(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = PictureCache()
    frame = numbered(latex)
    assert frame is not None
    cache.formula(frame.latex)
    calls = cache.ziamath_calls
    exchanged = cache.formula(latex)
    assert cache.ziamath_calls == calls, "the digits were found and exchanged"
    monkeypatch.setattr(formula_picture, "numbered", lambda _: None)
    monkeypatch.setattr(formula_parts, "numbered_element", lambda _: None)
    anew = PictureCache().formula(latex)
    assert [key for _, key in exchanged.runs if key] == [key for _, key in anew.runs if key]
    assert sum(path.elementCount() for path, _ in exchanged.runs) == sum(path.elementCount() for path, _ in anew.runs)
    assert exchanged.width == pytest.approx(anew.width, abs=0.12 * NOMINAL)
    assert exchanged.ascent == pytest.approx(anew.ascent, abs=1)
    ours, theirs = ink(exchanged), ink(anew)
    spread = np.maximum.reduce([np.roll(theirs, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-2, -1, 0, 1, 2)])
    assert np.all(ours <= spread), "no ink further than a twentieth of the font size from where it belongs"


@pytest.mark.parametrize(
    ("other", "new"),
    [
        (r"h^{2} + W_{x}^{(f)[7]} + b^{3}", 1),
        (r"\textcolor{forward}{W_{x}^{(f)[4]} + b^{5}}", 0),
        (r"W_{x}^{(f)[8]} - b^{9}", 1),
    ],
)
def test_atoms_are_known_with_other_digits_and_in_colour(other: str, new: int) -> None:
    cache = PictureCache()
    cache.formula(r"W_{x}^{(f)[1]} + b^{2}")
    assert cache.ziamath_calls == 3
    cache.formula(other)
    assert cache.ziamath_calls == 3 + new


def test_a_colour_changes_nothing_but_the_colour() -> None:
    plain, coloured = (PictureCache().formula(latex) for latex in (r"z^{12} + u", r"\textcolor{forward}{z^{12} + u}"))
    assert {key for _, key in coloured.runs} == {"forward"}
    assert coloured.width == pytest.approx(plain.width)
    assert np.array_equal(ink(plain), ink(coloured))


def test_a_colour_within_a_colour_stays() -> None:
    made = PictureCache().formula(r"\textcolor{forward}{\textcolor{backward}{x} + y}")
    assert [key for _, key in made.runs] == ["backward", "forward"]


def test_too_many_digits_are_typeset_anew() -> None:
    cache = PictureCache()
    assert cache.formula("x^{12345678901}").runs
    assert not cache.holds("x^{12345678902}")


def test_errors_name_the_formula_as_written() -> None:
    with pytest.raises(FormulaError, match="z\\^7"):
        PictureCache().formula(r"\frac{z^7}")


def test_numbered() -> None:
    assert numbered("z^{t}") is None
    assert numbered("x_{1}^{12}") == ("x_{0}^{46}", "112")
    assert renumbered("x^(46)_0", "112") == "x^(12)_1", "by what they stand for, not by where they stand"
    assert renumbered("x^46", "112") is None


@pytest.mark.parametrize("latex", FORMULAS)
def test_plain_text_keeps_its_digits(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_text.cache_clear()
    exchanged = plain_text(latex)
    plain_text.cache_clear()
    monkeypatch.setattr("gui.typesetting.plain_text.numbered", lambda _: None)
    assert exchanged == plain_text(latex)
    plain_text.cache_clear()
