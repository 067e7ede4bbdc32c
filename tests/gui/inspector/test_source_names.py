"""The names in a line of a program and the tensors that they stand for."""

import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.source import source_place
from gui.inspector.source_names import source_names
from gui.notation.labels import Labels

LINES = {
    ("binary-addition", "u = x @ W_in + z_previous @ W"): {
        "u": "u^{3}", "x": "x^{3}", "W_in": r"W_{\mathrm{in}}", "z_previous": "z^{2}", "W": "W",
    },
    ("lstm", 'u_f = x @ W["W_x_f"] + h_previous @ W["W_h_f"]'): {
        "x": "x^{3}", "W_x_f": "W_{x}^{(f)}", "h_previous": "h^{2}", "W_h_f": "W_{h}^{(f)}",
    },
    ("lstm", 'c = state("c", (f * c_previous if f is not None else c_previous) + i * g)'): {
        "c": "c^{3}", "f": "f^{3}", "c_previous": "c^{2}", "i": "i^{3}", "g": "g^{3}",
    },
    ("lstm", 'h = state("h", o * tanh(c))'): {"h": "h^{3}", "o": "o^{3}", "c": "c^{3}"},
}  # fmt: skip


@pytest.mark.parametrize(("lesson", "line"), LINES)
def test_names_of_a_line(lesson: str, line: str) -> None:
    tape = Session(lesson_named(lesson)).tape
    labels = Labels(tape)
    for step in tape.steps[: tape.backward_start]:
        place = source_place(step)
        if place is not None and place.text() == line and labels.time_of(step) == 3:
            found = {word: labels.symbol(tensor).latex for word, tensor in source_names(tape, step)}
            assert found == LINES[lesson, line]
            return
    pytest.fail("no step was made by this line")


def test_given_entries_have_none() -> None:
    tape = Session(lesson_named("binary-addition")).tape
    assert source_names(tape, tape[0]) == []
    assert source_names(tape, tape[len(tape) - 1]) == []
