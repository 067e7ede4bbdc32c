"""Prose with formulas: blocks, line breaks, baselines, Japanese letters."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtGui import QRawFont

from gui.appearance import Appearance
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.inks import Inks
from gui.typesetting.line_breaks import FORMULA, break_positions
from gui.typesetting.mixed_text import layout
from gui.typesetting.prose import Block, Maths, Style, Text, blocks
from tests.gui.typesetting.canvases import inked, painted

SENTENCE = "時刻$t$の隠れ状態は「$z^{t} = \\sigma(u^{t})$」です。入力$x^{t}$と、一つ前から計算します（再帰）。"
JAPANESE = SENTENCE * 3


@pytest.fixture
def appearance(qapp: object) -> Appearance:
    return Appearance()


def test_blocks() -> None:
    source = "## A $x$\ntwo\nlines **bold $y$**\n\n- one\n- two\n  more\n$$z = 1$$\nCosts \\$5."
    assert blocks(source) == [
        Block("heading", (Text("A ", Style.BOLD), Maths("x"))),
        Block("paragraph", (Text("two lines "), Text("bold ", Style.BOLD), Maths("y"))),
        Block("item", (Text("one"),)),
        Block("item", (Text("two more"),)),
        Block("display", (Maths("z = 1"),)),
        Block("paragraph", (Text("Costs $5."),)),
    ]


def test_words_can_be_slanted_or_code() -> None:
    pieces = blocks("*the girl* sees `2 * 3 * $4` and 2 * 3")[0].pieces
    assert pieces == (
        Text("the girl", Style.SLANTED), Text(" sees "), Text("2 * 3 * $4", Style.CODE), Text(" and 2 * 3"),
    )  # fmt: skip


def test_japanese_lines_join_without_a_space() -> None:
    assert blocks("再帰\n結合")[0].pieces == (Text("再帰結合"),)
    assert blocks("the\nnet")[0].pieces == (Text("the net"),)


@pytest.mark.parametrize("source", ["a $x", "a $$x$", "$$x", "**$x**"])
def test_open_dollar_is_an_error(source: str) -> None:
    with pytest.raises(FormulaError):
        blocks(source)


def test_kinsoku(qapp: object) -> None:
    text = f"あ。い、「う」（{FORMULA}）{FORMULA}。ー{FORMULA}"
    for at in break_positions(text)[:-1]:
        assert text[at] not in "。、」）ー", text[:at]
        assert text[at - 1] not in "「（", text[:at]
    assert break_positions("one two")[:-1] == [4]
    assert break_positions("") == []


@pytest.mark.parametrize("width", range(90, 400, 23))
def test_lines_fit_and_keep_the_rules(appearance: Appearance, width: int) -> None:
    text = layout(JAPANESE, width, appearance)
    lines = text.lines()
    assert "".join(lines) == JAPANESE
    assert not [line for line in lines if line[0] in "。、」）"]
    assert not [line for line in lines if line[-1] in "「（"]
    assert text.natural_width <= max(width, layout("「$z^{t} = \\sigma(u^{t})$」で", 1000, appearance).natural_width)


@pytest.mark.parametrize("source", ["$${}$$", "{}", "- {}", "so ${}$ it is"])
def test_a_formula_too_wide_is_made_smaller_as_far_as_it_can_be_read(appearance: Appearance, source: str) -> None:
    formula = r"\tilde{h}^{t} = \tanh(x^{t} W_{x}^{(n)} + (r^{t} \odot h^{t-1}) W_{h}^{(n)} + b^{(n)})"
    text = source.format(formula if "$" in source else f"${formula}$")
    wide = layout(text, 2000, appearance).natural_width
    fits = layout(text, 0.85 * wide, appearance)
    assert fits.natural_width <= 0.85 * wide + 1
    assert layout(text, 0.3 * wide, appearance).natural_width > 0.5 * wide


def test_english_wraps_at_spaces(appearance: Appearance) -> None:
    lines = layout("The hidden state at time $t$ is $z^{t}$, which the next step reads.", 150, appearance).lines()
    assert len(lines) > 2
    assert all(line.endswith(" ") for line in lines[:-1])


def test_formulas_and_letters_share_the_baseline(appearance: Appearance) -> None:
    inks = Inks.of(appearance)
    feet = []
    for source in ("H", "$H$"):
        text = layout(source, 300, appearance, 30)
        image = painted(partial(text.paint, x=5, top=80 - text.baselines()[0], inks=inks))
        feet.append(np.nonzero(inked(image).any(axis=1))[0].max())
    assert abs(feet[0] - feet[1]) <= 1


def test_high_formulas_get_room(appearance: Appearance) -> None:
    flat, high = (layout(source, 600, appearance) for source in ("plain", r"plain $\frac{\frac{a}{b}}{\frac{c}{d}}$"))
    assert high.height > flat.height
    assert layout("a\n\nb", 600, appearance).height > 2 * flat.height


def test_scales(qapp: object) -> None:
    small, large = (layout("$z^{t}$ です", 900, Appearance(scale=scale)) for scale in (1.0, 3.0))
    assert large.height == pytest.approx(3 * small.height, rel=0.1)


def test_japanese_is_drawn_and_not_as_boxes(appearance: Appearance) -> None:
    text = layout("勾配消失", 300, appearance, 24)
    image = painted(lambda painter: text.paint(painter, 5, 5, Inks.of(appearance)))
    assert inked(image).sum() > 200
    font = QRawFont.fromFont(appearance.font(24))
    assert all(index != 0 for index in font.glyphIndexesForString("勾配消失ぁアー。、「」"))


def test_dark_theme_paints_other_inks(appearance: Appearance) -> None:
    text = layout("あ $z$", 300, appearance, 24)
    light, dark = (
        painted(partial(text.paint, x=5, top=5, inks=Inks.of(Appearance(theme=name))))
        for name in ("light", "dark")
    )
    assert light != dark
