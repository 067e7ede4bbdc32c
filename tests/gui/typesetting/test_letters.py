"""The quick reading of formulas says the same as the thorough one, or nothing."""

import subprocess
import sys

import pytest

from engine.lesson import lessons
from engine.training.run import Run
from gui.equations.naming import Names
from gui.equations.symbolic_lines import symbolic_lines
from gui.typesetting import plain_text as thorough
from gui.typesetting.letters import in_letters
from gui.typesetting.prose import Maths, blocks
from tests.engine.small_lesson import small


def said_thoroughly(latex: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(thorough, "in_letters", lambda latex: None)
        return thorough.plain_text.__wrapped__(latex)


def formulas() -> list[str]:
    """Every equation of a tape, and the formulas of all notes."""
    tape = Run(*small(bias=True, optimizer="adam", clip=0.1, truncation=2)).tape(0)
    names = Names(tape)
    found = {line.latex for index in range(len(tape)) for line in symbolic_lines(tape, names, index)}
    for lesson in lessons():
        for notes in lesson.notes.values():
            found |= {piece.latex for block in blocks(notes) for piece in block.pieces if isinstance(piece, Maths)}
    return sorted(found)


def test_both_readings_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {latex: in_letters(latex) for latex in formulas()}
    known = {latex: text for latex, text in read.items() if text is not None}
    assert len(known) > 0.6 * len(read)
    differing = {latex: (text, said_thoroughly(latex, monkeypatch)) for latex, text in known.items()}
    assert {latex: pair for latex, pair in differing.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("latex", [r"\nonsense", r"a^", r"\frac{a}", "a}", "{a", r"\hat{a}", "$", "日本"])
def test_what_it_does_not_know_is_left_to_the_other(latex: str) -> None:
    assert in_letters(latex) is None


def test_it_imports_no_typesetting_library() -> None:
    program = (
        "from gui.typesetting.plain_text import plain_text; import sys; "
        r"assert plain_text(r'\delta^{t} = dz^{t} \odot z^{t}') == 'δ^t = dz^t ⊙ z^t'; "
        "print([name for name in ('ziamath', 'latex2mathml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
