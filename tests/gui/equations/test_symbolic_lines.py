"""Equations in symbols."""

import pytest

from engine.address import find_one
from gui.equations.line_pieces import line_pieces
from gui.equations.naming import Names
from gui.equations.symbolic_lines import gradient_line, symbolic_lines
from gui.typesetting.formula import typeset
from tests.gui.equations.tapes import session_with, tapes

LINES = {
    "forward/t=3/rnn/matmul#1": [
        ("Part of", r"u^{3} = \textcolor{forward}{x^{3}\,W_{\mathrm{in}}} + z^{2}\,W"),
        ("This step", r"x^{3}\,W_{\mathrm{in}}"),
    ],
    "forward/t=3/rnn/sigmoid#1": [("", r"z^{3} = \sigma(u^{3})")],
    "forward/loss/total#1": [("", r"E = \sum_{t=1}^{4} L^{t}")],
    "backward/t=3/rnn/multiply#1": [
        ("Gradient rule", r"\frac{\partial E}{\partial u^{3}} = dz^{3} \odot z^{3} \odot (1 - z^{3})"),
        ("This step", r"z^{3} \odot (1 - z^{3})"),
    ],
    "backward/t=3/rnn/transpose_matmul#1": [
        ("Gradient rule", r"\frac{\partial E}{\partial W} \mathrel{+}= (z^{2})^{\top}\,\delta^{3}"),
        ("Then added to the sum", r"dW^{t \ge 3} = dW^{t \ge 4} + (z^{2})^{\top}\,\delta^{3}"),
    ],
    "backward/t=3/rnn/add#2": [
        ("Gradient rule", r"\frac{\partial E}{\partial W} \mathrel{+}= (z^{2})^{\top}\,\delta^{3}"),
        ("Sum so far", r"dW^{t \ge 3} = dW^{t \ge 4} + (z^{2})^{\top}\,\delta^{3}"),
    ],
    "update/W/subtract#1": [("", r"W^{\mathrm{new}} = W - 0.1\,dW")],
    "given/W": [("Parameter, learned by training", "W")],
}


@pytest.mark.parametrize("address", LINES)
def test_lines_are_the_textbooks(address: str) -> None:
    tape = session_with().tape
    lines = symbolic_lines(tape, Names(tape), find_one(tape, address))
    assert [(line.caption, line.latex) for line in lines] == LINES[address]


def test_the_gradient_of_a_weight_is_a_sum_of_its_contributions() -> None:
    tape = session_with().tape
    line = gradient_line(tape, Names(tape), find_one(tape, "given/W"))
    assert line == r"\frac{\partial E}{\partial W} = (z^{3})^{\top}\,\delta^{4} + \dots + (z^{0})^{\top}\,\delta^{1}"


def test_every_line_of_every_tape_can_be_typeset() -> None:
    for tape in tapes():
        names = Names(tape)
        for index in range(len(tape)):
            for line in symbolic_lines(tape, names, index):
                assert line.latex
                for piece in line_pieces(line.latex):
                    assert typeset(piece, 16.0).width > 0


def test_lines_are_cut_at_signs_outside_brackets() -> None:
    pieces = line_pieces(r"a \mathrel{+}= (b + c) \odot \frac{x = y}{z} - 1")
    assert pieces == ("a", "+=", "(b + c)", r"\odot", r"\frac{x = y}{z}", "-", "1")
