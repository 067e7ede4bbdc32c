"""The equation of a step in symbols: what it is part of, the step itself, the sum it goes into."""

from __future__ import annotations

from dataclasses import dataclass

from engine.tape import Phase, RuleSpan, Tape
from engine.tensor import Role, Tensor
from gui.equations.naming import Names, filling
from gui.equations.sums import elided
from gui.equations.template import template
from gui.equations.term import Level, Term
from gui.language import translatable
from gui.typesetting.latex_source import colored


@dataclass(frozen=True, slots=True)
class Line:
    """One line of symbols.

    Attributes:
        caption: English text of what the line is, to be said in the language of the screen; may be empty.
        latex: the formula.
    """

    caption: str
    latex: str


PART = translatable("Part of")
STEP = translatable("This step")
RULE = translatable("Gradient rule")
SUM = translatable("Sum so far")
NEW_SUM = translatable("Then added to the sum")
_GIVEN = {
    Role.INPUT: translatable("Input of the network"),
    Role.TARGET: translatable("Target: what the network should answer"),
    Role.PARAMETER: translatable("Parameter, learned by training"),
    Role.STATE: translatable("State before the first time step"),
    Role.CONSTANT: translatable("Constant"),
    Role.GRADIENT: translatable("Seed of the backward pass: the gradient of the loss by itself"),
}
_FURTHEST = 8
"""So many steps further on, a named value is looked for that an unnamed one is part of."""


def symbolic_lines(tape: Tape, names: Names, index: int) -> tuple[Line, ...]:
    """The lines for an entry, revealed or not: they hold no values."""
    step = tape.steps[index]
    if step.operation is None:
        return _given_lines(names, step)
    if tape.phase(index) is Phase.BACKWARD:
        span = names.places.added_by.get(index)
        if span is not None:
            return (Line(RULE, rule(tape, names, span)), Line(SUM, _own_line(names, index)))
        span = names.places.span_of.get(index)
        if span is not None:
            return _rule_lines(tape, names, index, span)
    if names.is_named(index):
        return (Line("", _own_line(names, index)),)
    whole = _whole(tape, names, index)
    own = Line(STEP if whole else "", names.latex(index))
    return (Line(PART, whole), own) if whole else (own,)


def rule(tape: Tape, names: Names, span: RuleSpan) -> str:
    """The gradient rule that was applied, names filled in: ``∂E/∂u^3 = dz^3 ⊙ z^3 ⊙ (1 - z^3)``."""
    source = tape.steps[span.of].inputs[span.argument].index
    sign = r"\mathrel{+}=" if names.places.count(source) > 1 else "="
    return f"{names.derivative(source)} {sign} {_contribution(tape, names, span).latex}"


def gradient_line(tape: Tape, names: Names, index: int) -> str | None:
    """All contributions to the gradient by a forward entry: ``∂E/∂W = (z^2)^T δ^3 + … ``; None where there are none."""
    spans = names.places.spans_for(index)
    if not spans:
        return None
    terms = [_contribution(tape, names, span) for span in spans]
    shown = " + ".join(term.within(Level.SUM) for term in elided(terms, 3))
    return f"{names.derivative(index)} = {shown}"


def _given_lines(names: Names, step: Tensor) -> tuple[Line, ...]:
    name = names.latex(step.index)
    if step.role is Role.GRADIENT and not names.loss.isspace():
        name = rf"\frac{{\partial {names.loss}}}{{\partial {names.loss}}} = 1"
    return (Line(_GIVEN.get(step.role, ""), name),)


def _own_line(names: Names, index: int) -> str:
    """What an entry is made of, after its name where it has one."""
    right = names.spelled_out(index).latex
    return f"{names.latex(index)} = {right}" if names.is_named(index) else right


def _rule_lines(tape: Tape, names: Names, index: int, span: RuleSpan) -> tuple[Line, ...]:
    lines = [Line(RULE, rule(tape, names, span))]
    if names.is_named(index):
        lines.append(Line(STEP, _own_line(names, index)))
    elif span.last - span.first > 1:
        lines.append(Line(STEP, names.latex(index)))
    if index == span.contribution and span.total != index:
        lines.append(Line(NEW_SUM, _own_line(names, span.total)))
    return tuple(lines)


def _contribution(tape: Tape, names: Names, span: RuleSpan) -> Term:
    """The rule's right-hand side: the row's gradient formula, the incoming gradient by the name it has here."""
    step = tape.steps[span.of]
    row = step.operation
    if row is None or not row.gradient_formulas:
        return names.term(span.contribution)
    formula = row.gradient_formulas[min(span.argument, len(row.gradient_formulas) - 1)]
    operands = [names.term(tensor.index) for tensor in step.inputs]
    # A step without a name passes on the gradient of the named one it goes into: it is called by that.
    incoming = names.gradient(span.of) if step.symbol else names.term(span.gradient)
    terms = {**filling(operands, step), "g": incoming, "out": names.term(span.of)}
    return template(formula).filled(terms)


def _whole(tape: Tape, names: Names, index: int) -> str:
    """The equation of the named value that an unnamed one goes into, the part coloured; empty if there is none."""
    at, phase = index, tape.phase(index)
    for _ in range(_FURTHEST):
        users = names.users.get(at, [])
        if len(users) != 1 or tape.phase(users[0]) is not phase:
            return ""
        at = users[0]
        if names.is_named(at):
            stressed = colored(names.latex(index), phase_color(phase))
            return f"{names.latex(at)} = {names.spelled_out_with(at, index, stressed).latex}"
    return ""


def phase_color(phase: Phase) -> str:
    """The theme colour of a phase in formulas."""
    return {Phase.FORWARD: "forward", Phase.BACKWARD: "backward", Phase.UPDATE: "parameter"}[phase]
