"""Lines of live numbers: what is written, where it stands, what is cut, how lines break."""

import math
from functools import partial

import numpy as np
import pytest

from gui.appearance import Appearance
from gui.typesetting.formula import ziamath_calls
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import LineStyle
from gui.typesetting.number_format import grid_texts, number_parts
from gui.typesetting.number_line import Colored, Fraction, Matrix, Piece, Script, Words, number_line
from gui.typesetting.number_matrix import matrix_box, shown
from tests.gui.typesetting.canvases import close_to, inked, painted


@pytest.fixture
def style(qapp: object) -> LineStyle:
    return LineStyle.of(Appearance(), 16)


@pytest.mark.parametrize(
    ("value", "parts"),
    [(0.5, ("0.500", 0)), (-0.03125, ("−0.031", 0)), (1.0, ("1", 0)), (0.0, ("0", 0)), (12.345, ("12.35", 0)),
     (1234.5, ("1234.5", 0)), (1.2e-9, ("1.20", -9)), (-3.5e12, ("−3.50", 12)), (9.9999e-5, ("1.00", -4)),
     (math.nan, ("NaN", 0)), (math.inf, ("∞", 0)), (-math.inf, ("−∞", 0)), (0.0096, ("0.010", 0)),
     (5e-324, ("4.94", -324))],
)  # fmt: skip
def test_numbers_are_short(value: float, parts: tuple[str, int]) -> None:
    assert number_parts(value) == parts


def test_grid_takes_a_common_factor_out() -> None:
    assert grid_texts(np.array([[1.2e-7, -3e-8]])) == ([["1.20", "−0.30"]], -7)
    assert grid_texts(np.array([[1.0, 0.0]])) == ([["1", "0"]], 0)
    assert grid_texts(np.array([[1.5, np.nan, -np.inf]])) == ([["1.500", "NaN", "−∞"]], 0)
    assert grid_texts(np.array([[5e-324]]))[1] == -324
    assert grid_texts(np.array([[-0.0001, 0.5]])) == ([["0.000", "0.500"]], 0)


def test_long_axes_are_cut_around_the_focus() -> None:
    assert shown(8, 8) == list(range(8))
    assert shown(16, 6) == [0, 1, 2, 3, 4, -1, 15]
    assert shown(16, 6, focus=10) == [0, 1, 2, 3, -1, 10, -1, 15]
    assert shown(16, 6, focus=4) == [0, 1, 2, 3, 4, -1, 15]
    assert shown(16, 6, focus=15) == [0, 1, 2, 3, 4, -1, 15]
    assert shown(16, 6, focus=14) == [0, 1, 2, 3, -1, 14, 15]
    for focus in range(40):
        kept = shown(40, 8, focus)
        assert focus in kept
        assert [index for index in kept if index >= 0] == sorted(set(kept) - {-1})


def test_cut_is_said(style: LineStyle) -> None:
    whole, cut = matrix_box(Matrix(np.ones((6, 8)) / 3), style), matrix_box(Matrix(np.ones((16, 16)) / 3), style)
    assert cut.width > whole.width + style.advance("… 16 × 16", small=True)
    flat, deep = (matrix_box(Matrix(np.ones(shape) / 3), style) for shape in ((3, 3), (2, 3, 3)))
    assert deep.width > flat.width


def test_everything_shares_one_baseline(style: LineStyle) -> None:
    """The digits of numbers and the letters of formulas have their feet at the same pixel row."""
    line = number_line(["H", "=", 1, "H"], style)
    rows = []
    for piece in (["H"], [1]):
        one = number_line(piece, style)
        image = painted(partial(one.paint, x=5, top=60 - one.baseline, inks=Inks.of(Appearance())))
        rows.append(np.nonzero(inked(image).any(axis=1))[0].max())
    assert abs(rows[0] - rows[1]) <= 1
    assert line.size.width() > 0


def test_fraction_stands_over_and_under_the_axis(style: LineStyle) -> None:
    line = number_line([Fraction([1.5], [2.5])], style)
    assert line.size.height() > 2 * style.ascent
    assert line.baseline - style.axis == pytest.approx(line.size.height() / 2, abs=0.25 * style.size)


def test_script_is_higher(style: LineStyle) -> None:
    assert number_line([Script(0.5, "2")], style).baseline > number_line([0.5], style).baseline


def test_negative_number_after_a_sign_has_parentheses(style: LineStyle) -> None:
    signed = number_line([2, r"\times", -3], style).size.width() - number_line([2, r"\times", 3], style).size.width()
    plain = number_line(["=", -3], style).size.width() - number_line(["=", 3], style).size.width()
    assert signed > plain + 0.4 * style.size


def test_steps_cost_no_typesetting(style: LineStyle) -> None:
    generator = np.random.default_rng(0)

    def pieces() -> list[Piece]:
        bias = float(generator.normal())
        return ["u^{3}", "=", generator.normal(size=16), generator.normal(size=(16, 16)), "+", bias]

    number_line([*pieces(), "+", -1.0], style)
    calls = ziamath_calls()
    for _ in range(20):
        number_line(pieces(), style, 400)
    assert ziamath_calls() == calls


def test_fits_the_width_it_is_given(style: LineStyle) -> None:
    values = np.linspace(-1, 1, 256).reshape(16, 16)
    pieces: list[Piece] = ["u^{3}", "=", values[0, :2], values[:2], "+", values[0], values]
    for width in (300, 420, 600, 1000):
        line = number_line(pieces, style, width)
        assert line.size.width() <= width, width
    assert len(number_line(pieces, style, 300)) > len(number_line(pieces, style, 1000))
    assert len(number_line(pieces, style)) == 1


def test_colours_come_with_painting(style: LineStyle) -> None:
    matrix = Matrix(np.ones(3) / 3, color="backward", focus=(0, 1))
    line = number_line([Colored(0.25, "forward"), "=", matrix, Words("x")], style)
    for theme in ("light", "dark"):
        inks = Inks.of(Appearance(theme=theme))
        image = painted(partial(line.paint, x=5, top=5, inks=inks))
        assert close_to(image, inks.colors["backward"]) > 5, theme


def test_empty_line(style: LineStyle) -> None:
    assert number_line([], style).size.height() == 0
    assert number_line([np.zeros((0, 3))], style).size.width() > 0
