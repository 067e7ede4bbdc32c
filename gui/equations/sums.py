"""Many terms: sums over time where all are one letter, else written out and elided in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.operation import EACH, Operation
from gui.equations.term import Level, Term

_MOST = 4


def sum_of(terms: Sequence[Term]) -> Term:
    """The sum of terms: ``\\sum_{t=1}^{8} L^{t}`` or ``a + b + \\dots + z``."""
    if len(terms) == 1:
        return terms[0]
    over_time = _over_time(terms)
    if over_time is not None:
        return over_time
    shown = [term.within(Level.SUM) for term in elided(terms)]
    return Term(" + ".join(shown), Level.SUM)


def is_sum(row: Operation) -> bool:
    """Whether an operation of any number of tensors adds them; the others write them one after another."""
    return row.arity == EACH and r"\sum" in row.formula


def listed(terms: Sequence[Term]) -> Term:
    """Terms with commas between them."""
    return Term(", ".join(term.latex for term in elided(terms)), Level.SUM)


def elided(terms: Sequence[Term], most: int = _MOST) -> list[Term]:
    """All terms, or the first ones, dots and the last."""
    if len(terms) <= most:
        return list(terms)
    return [*terms[: most - 2], Term(r"\dots", Level.LETTER), terms[-1]]


def _over_time(terms: Sequence[Term]) -> Term | None:
    symbols = [term.symbol for term in terms]
    first = symbols[0]
    if first is None or not first.time.isdigit() or len(terms) < 3 or any(term.derivative_of for term in terms):
        return None
    start = int(first.time)
    if symbols != [replace(first, time=str(start + place)) for place in range(len(terms))]:
        return None
    each = replace(first, time="t").latex
    return Term(rf"\sum_{{t={start}}}^{{{start + len(terms) - 1}}} {each}", Level.PRODUCT)
