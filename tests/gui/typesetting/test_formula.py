"""Formulas: geometry, colours, caches, errors, and what printers get."""

import re
import zlib
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from gui.appearance import Appearance
from gui.typesetting.formula import is_prepared, typeset, ziamath_calls
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_picture import PictureCache
from gui.typesetting.inks import Inks
from gui.typesetting.latex_source import COLOR_KEYS, colored
from tests.gui.typesetting.canvases import close_to, inked, painted
from tests.gui.typesetting.equations import EQUATIONS

BLACK = QColor("black")


def ink_box(latex: str, size: float = 60) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the pixels of a formula painted from (20, 90)."""
    formula = typeset(latex, size)
    image = painted(lambda painter: formula.paint(painter, 20, 90, BLACK, {}), round(formula.width) + 60, 180)
    rows, columns = np.nonzero(inked(image))
    return columns.min(), rows.min(), columns.max(), rows.max()


@pytest.mark.parametrize("latex", EQUATIONS)
@pytest.mark.parametrize("inline", [False, True])
def test_has_ink_within_its_box(latex: str, inline: bool) -> None:
    formula = typeset(latex, 32, inline=inline)
    assert formula.width > 0
    assert formula.ascent > 0
    assert formula.descent >= 0
    top, height = 20, round(formula.ascent + formula.descent) + 40
    image = painted(
        lambda painter: formula.paint(painter, 20, top + formula.ascent, BLACK, {}), round(formula.width) + 40, height
    )
    rows, columns = np.nonzero(inked(image))
    assert len(rows) > 20
    assert rows.min() >= top - 2
    assert rows.max() <= top + formula.ascent + formula.descent + 2
    assert columns.min() >= 20 - 6
    assert columns.max() <= 20 + formula.width + 6


def test_sizes_scale() -> None:
    small, large = typeset("z^{t}", 10), typeset("z^{t}", 30)
    assert large.width == pytest.approx(3 * small.width)
    assert large.ascent == pytest.approx(3 * small.ascent)


def test_letters_stand_on_the_baseline() -> None:
    assert ink_box("x")[3] == pytest.approx(90, abs=2)
    assert ink_box("H")[3] == pytest.approx(90, abs=1)
    assert ink_box("y")[3] > 95


def test_superscript_is_above_and_subscript_below() -> None:
    base, raised, lowered = ink_box("x"), ink_box("x^{2}"), ink_box("x_{2}")
    assert raised[1] < base[1] - 10
    assert raised[3] == base[3]
    assert lowered[3] > base[3] + 5
    assert raised[2] > base[2]


def test_signs_have_the_room_of_their_kind() -> None:
    def room(sign: str) -> float:
        return typeset(f"a {sign} b", 100).width - typeset("a", 100).width - typeset("b", 100).width \
            - typeset(sign, 100).width  # fmt: skip

    binary, relation = 100 * 8 / 18, 100 * 10 / 18
    for sign in ("+", r"\odot", r"\oslash", r"\times", r"\cdot"):
        assert room(sign) == pytest.approx(binary, abs=1), sign
    for sign in ("=", "+=", r"\leftarrow", r"\ll"):
        assert room(sign) == pytest.approx(relation, abs=1), sign


def test_minus_of_a_negative_term_hugs_it() -> None:
    assert typeset("a = -c", 100).width < typeset("a - c", 100).width + typeset("=", 100).width + 60


def test_accent_sits_over_its_letter() -> None:
    for mark in (r"\hat", r"\tilde", r"\bar", r"\vec"):
        assert typeset(rf"{mark}{{H}}", 60).width == pytest.approx(typeset("H", 60).width, rel=0.25), mark
        left, top, right, _ = ink_box(rf"{mark}{{H}}")
        plain = ink_box("H")
        assert top < plain[1] - 2, mark
        assert left >= plain[0] - 2, mark
        assert right <= plain[2] + 6, mark


def test_add_to_keeps_its_plus() -> None:
    plain, added = typeset("a = b", 50).width, typeset(r"a \mathrel{+}= b", 50).width
    assert added > plain + 20
    assert typeset("a += b", 50).width == pytest.approx(added)


def test_norm_bars_do_not_stretch_over_a_neighbour() -> None:
    alone = typeset(r"\lVert g \rVert", 40)
    left, top, _, bottom = ink_box(r"\lVert g \rVert", 40)
    assert bottom - top < 50
    assert typeset(r"\frac{1}{2} \lVert g \rVert", 40).width < alone.width + 40


def test_repeated_formulas_cost_nothing() -> None:
    cache = PictureCache()
    cache.formula(r"\delta^{3} = z^{3} \odot W")
    calls = cache.ziamath_calls
    assert calls > 0
    cache.formula(r"\delta^{3} = z^{3} \odot W")
    assert cache.ziamath_calls == calls


def test_next_time_step_costs_nothing() -> None:
    cache = PictureCache()
    cache.formula(r"\delta^{3} = z^{3} \odot (1 - z^{3})")
    calls = cache.ziamath_calls
    assert cache.holds(r"\delta^{4} = z^{4} \odot (1 - z^{4})")
    cache.formula(r"\delta^{4} = z^{4} \odot (1 - z^{4})")
    assert cache.ziamath_calls == calls
    cache.formula(r"\delta^{4} = z^{4} \oplus (1 - z^{4})")
    assert cache.ziamath_calls == calls + 1, "only ⊕ is new"


def test_cache_forgets_the_oldest() -> None:
    cache = PictureCache(formulas=2)
    for latex in ("a", "b", "a", "c"):
        cache.formula(latex)
    assert [cache.holds(latex) for latex in "abc"] == [True, False, True]


def test_preparation_is_told() -> None:
    latex = r"\xi_{17} + \zeta_{17}"
    assert not is_prepared(latex)
    before = ziamath_calls()
    typeset(latex, 10)
    assert is_prepared(latex)
    assert ziamath_calls() > before
    assert not is_prepared(latex, inline=True)


def test_coloured_terms_follow_the_theme() -> None:
    formula = typeset(rf"{colored('z^{t}', 'backward')} = 1", 60)
    calls = ziamath_calls()
    for theme in ("light", "dark"):
        inks = Inks.of(Appearance(theme=theme))
        image = painted(partial(formula.paint, x=10, baseline_y=80, ink=inks.ink, colors=inks.colors))
        assert close_to(image, inks.colors["backward"]) > 30, theme
        assert close_to(image, inks.ink) > 30, theme
    assert ziamath_calls() == calls


def test_every_colour_key_is_in_every_theme() -> None:
    for theme in ("light", "dark"):
        assert set(Inks.of(Appearance(theme=theme)).colors) == set(COLOR_KEYS)


def test_nested_colour_reaches_into_fractions() -> None:
    keys = [key for _, key in typeset(r"\frac{\textcolor{forward}{a}}{b}", 20).runs]
    assert sorted(keys, key=str) == [None, "forward"] or keys.count("forward") == 1


@pytest.mark.parametrize(
    ("latex", "named"),
    [
        (r"\nosuch x", r"\nosuch"), (r"\frac{a}", r"\frac{a}"), ("x^{", "{"), ("a}b", "}"), ("", "empty"),
        (r"\left( x", r"\left"), ("a & b", "&"), (r"\begin{foo} a \end{foo}", "foo"), (r"\begin{aligned} a", "aligned"),
        ("x^2^3", "exponents"), (r"\text{日本}", "日"), (r"\textcolor{red}{x}", "red"), (r"\boxed{x}", r"\boxed"),
        (r"\mathop{a}", r"\operatorname"), ("$x$", "$"), (r"\\", "nothing"), ("{" * 40 + "x" + "}" * 40, "deep"),
        (r"\unicode{x}", r"\unicode"), (r"\end{aligned}", "aligned"), ("#", "#"), (r"\bigl( x", r"\left"),
    ],
)  # fmt: skip
def test_wrong_source_is_one_clear_error(latex: str, named: str) -> None:
    with pytest.raises(FormulaError) as raised:
        typeset(latex, 20)
    assert named in str(raised.value)
    assert "\n" not in str(raised.value)


def test_pdf_has_fills_and_no_outlines(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "formula.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.setPen(QColor("red"))
    typeset(EQUATIONS[3], 400).paint(painter, 100, 1000, BLACK, {})
    painter.end()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", path.read_bytes(), re.DOTALL)
    drawn = b"\n".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"x")
    operators = re.findall(rb"(?<![^\s])(S|s|B\*?|b\*?|f\*?)(?![^\s])", drawn)
    assert operators
    assert set(operators) <= {b"f", b"f*"}


def test_svg_has_fills_and_no_outlines(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "formula.svg"
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(QSize(400, 200))
    generator.setViewBox(QRect(0, 0, 400, 200))
    painter = QPainter(generator)
    painter.setPen(QColor("red"))
    typeset(EQUATIONS[18], 40).paint(painter, 10, 100, BLACK, {"backward": QColor("#d46f0b")})
    painter.end()
    svg = path.read_text()
    groups = [group for group in svg.split("<g ")[1:] if "<path" in group]
    assert groups
    assert all('stroke="none"' in group for group in groups)
    assert "#d46f0b" in svg
    assert "<text" not in svg
