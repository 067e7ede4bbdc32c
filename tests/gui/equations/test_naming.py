"""Names of the entries of a tape."""

import pytest

from engine.address import find_one
from gui.equations.naming import Names
from gui.equations.symbol_names import letter
from gui.typesetting.formula import typeset
from tests.gui.equations.tapes import session_with, tapes

NAMES = {
    "given/W_in": r"W_{\mathrm{in}}",
    "given/z": "z^{0}",
    "given/t=3/x": "x^{3}",
    "forward/t=3/rnn/matmul#1": r"x^{3}\,W_{\mathrm{in}}",
    "forward/t=3/rnn/matmul#2": r"z^{2}\,W",
    "forward/t=3/rnn/add#1": "u^{3}",
    "forward/t=3/rnn/sigmoid#1": "z^{3}",
    "forward/t=3/loss/squared_error#1": "L^{3}",
    "forward/loss/total#1": "E",
    "backward/t=3/loss/multiply#1": "dy^{3}",
    "backward/t=3/output/multiply#2": r"\delta^{\mathrm{out},3}",
    "backward/t=4/output/transpose_matmul#1": r"dW_{\mathrm{out}}^{t \ge 4}",
    "backward/t=3/output/transpose_matmul#1": r"(z^{3})^{\top}\,\delta^{\mathrm{out},3}",
    "backward/t=3/rnn/one_minus#1": "1 - z^{3}",
    "backward/t=3/rnn/multiply#1": r"z^{3} \odot (1 - z^{3})",
    "backward/t=3/rnn/multiply#2": r"\delta^{3}",
    "backward/t=3/rnn/add#1": "dz^{3}",
    "backward/t=3/rnn/add#2": r"dW^{t \ge 3}",
    "backward/t=1/rnn/add#2": "dW",
    "update/W/scale#1": r"0.1\,dW",
    "update/W/subtract#1": r"W^{\mathrm{new}}",
}


@pytest.mark.parametrize("address", NAMES)
def test_names_are_the_textbooks(address: str) -> None:
    tape = session_with().tape
    assert Names(tape).latex(find_one(tape, address)) == NAMES[address]


def test_a_derivative_is_a_fraction() -> None:
    tape = session_with().tape
    names = Names(tape)
    assert names.derivative(find_one(tape, "forward/t=2/rnn/z")) == r"\frac{\partial E}{\partial z^{2}}"
    assert names.gradient(find_one(tape, "given/W_in")).latex == r"dW_{\mathrm{in}}"


def test_clipped_gradients_memories_and_cuts_have_names() -> None:
    tape = session_with(optimizer="adam", clip=1.0, truncation=2).tape
    names = Names(tape)
    said = {names.latex(index) for index in range(len(tape))}
    assert {r"dW_{\mathrm{in}}^{\mathrm{clip}}", r"m_{W}", r"v_{W}^{\mathrm{new}}", r"\lVert g \rVert"} <= said
    assert r"\mathrm{cut}(z^{2})" in said


def test_a_bias_passes_the_delta_on_under_its_own_name() -> None:
    tape = session_with(bias=True).tape
    names = Names(tape)
    last = tape.gradient_totals[find_one(tape, "given/b")]
    assert names.latex(last[0]) == r"\delta^{4}"
    assert names.latex(last[-1]) == "db"


def test_an_identity_leaves_the_delta_its_name() -> None:
    tape = session_with(activation="identity").tape
    assert Names(tape).latex(find_one(tape, "backward/t=3/rnn/add#1")) == r"\delta^{3}"


def test_every_entry_of_every_tape_has_a_name_that_can_be_typeset() -> None:
    for tape in tapes():
        names = Names(tape)
        for index in range(len(tape)):
            assert typeset(names.latex(index), 16.0).width > 0


@pytest.mark.parametrize(("symbol", "base", "lower"), [
    ("phi", r"\phi", ""), ("mu", r"\mu", ""), ("W_phi", "W", r"\phi"), ("b_mu", "b", r"\mu"),
    ("h_dec", "h", r"\mathrm{dec}"),
])  # fmt: skip
def test_words_for_greek_letters_are_written_in_greek(symbol: str, base: str, lower: str) -> None:
    made = letter(symbol)
    assert (made.base, made.lower) == (base, lower)
