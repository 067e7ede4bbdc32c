"""What the card beside the cursor says of the current step: where it is, its rule, one number of it, its norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.debugger.cursor import Cursor
from engine.scope import ScopeKind
from engine.tape import Phase
from gui.appearance import Appearance
from gui.canvas.cursor_place import current_span
from gui.canvas.value_texts import number_text
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.equations.symbolic_lines import symbolic_lines
from gui.equations.unit_equation import unit_equation
from gui.equations.weight_shaped import is_weight_shaped
from gui.language import translatable
from gui.typesetting.number_format import number_parts
from gui.typesetting.number_line import Piece

_SIGNS = frozenset({"+", "-", r"\times", r"\odot", r"\cdot", r"\div"})
_PHASES = {
    Phase.FORWARD: translatable("forward"),
    Phase.BACKWARD: translatable("backward"),
    Phase.UPDATE: translatable("update"),
}


@dataclass(frozen=True)
class CalloutText:
    """The card's lines.

    Attributes:
        entry: tape index of the step.
        phase: of the step.
        title: markup of a label.
        latex: the equation in symbols.
        numbers: the same for the unit in focus; empty if there is none.
        norm: markup of the norm.
        finite: whether the result is.
    """

    entry: int
    phase: Phase
    title: str
    latex: str
    numbers: Sequence[Piece]
    norm: str
    finite: bool


def callout_text(cursor: Cursor, names: Names, appearance: Appearance, focus: Focus) -> CalloutText | None:
    """The card for the cursor's current step, with the number in focus; None at the start."""
    current = cursor.current
    if current is None:
        return None
    step = cursor.tape[current]
    value = cursor.value(current)
    lines = symbolic_lines(cursor.tape, names, current)
    with np.errstate(all="ignore"):
        norm = float(np.sqrt(np.sum(np.square(value)))) if value is not None and value.size else 0.0
        numbers = unit_equation(names, step, focus, weights=is_weight_shaped(cursor.tape, names, current))
    sign = "=" if value is not None and value.size == 1 else "‖·‖ ="
    shown = float(value.reshape(-1)[0]) if value is not None and value.size == 1 else norm
    return CalloutText(
        current,
        cursor.phase,
        _title(cursor, names, appearance),
        lines[0].latex if lines else "",
        () if value is not None and value.size == 1 and not numbers else numbers,
        f"{sign} {number_text(shown, 3)}",
        bool(np.isfinite(norm)),
    )


def _title(cursor: Cursor, names: Names, appearance: Appearance) -> str:
    current = cursor.current or 0
    step = cursor.tape[current]
    words = [appearance.say(_PHASES[cursor.phase])]
    time = step.scope.enclosing(ScopeKind.TIME)
    if time is not None and time.number is not None:
        words.append(f" /{{{time.name.partition('=')[0]}}} = {time.number}")
    span = current_span(cursor, names.places)
    operation = step.operation
    if span is not None and span.total != current:
        operation = cursor.tape[span.of].operation
    if operation is not None:
        words.append(f" {operation.symbol}{'′' if span is not None and span.total != current else ''}")
    return " ".join(words)


def numbers_latex(pieces: Sequence[Piece]) -> str | None:
    """A line of symbols and numbers as one formula; None where it holds matrices or other things."""
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif isinstance(piece, float | int | np.floating):
            number = _number_latex(float(piece))
            after_sign = bool(words) and words[-1] in _SIGNS
            words.append(f"({number})" if number.startswith("-") and after_sign else number)
        else:
            return None
    return " ".join(words)


def _number_latex(value: float) -> str:
    mantissa, exponent = number_parts(value)
    plain = mantissa.replace("−", "-").replace("∞", r"\infty ").replace("nan", r"\mathrm{NaN}")
    return rf"{plain} \times 10^{{{exponent}}}" if exponent else plain
