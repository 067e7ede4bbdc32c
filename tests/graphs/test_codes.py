"""What a code is drawn from, and the code itself, are variables of their own in the drawing of an autoencoder."""

import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from graphs.draw import draw
from graphs.drawing import NodeKind
from graphs.level import Level


@pytest.mark.parametrize(
    ("lesson", "codes"), [("vae-digits", {"mu", "log_var", "sigma", "z"}), ("autoencoder-digits", {"z"})]
)
def test_codes_are_pills(lesson: str, codes: set[str]) -> None:
    chosen = lesson_named(lesson)
    drawing = draw(Session(chosen, chosen.settings).tape, level=Level.OPERATIONS)
    pills = {
        label for kind, label in zip(drawing.kind.tolist(), drawing.label, strict=True) if kind == NodeKind.VARIABLE
    }
    assert codes <= pills
