"""Symbols of the tape as LaTeX: ``W_in`` becomes ``W_{\\mathrm{in}}``, ``z`` at time 3 ``z^{3}``."""

from __future__ import annotations

from engine.scope import ScopeKind
from engine.tensor import Role, Tensor
from gui.equations.term import Symbol

_WORDS = {"‖g‖": r"\lVert g \rVert", "threshold": r"\theta", "rate": "r"}
"""Symbols that are not letters with an index."""

_DELTAS = {"u": "", "v": r"\mathrm{out}"}
"""Whose gradient the textbook calls δ, and what stands to its upper right before the time step."""


def symbol_of(step: Tensor) -> Symbol:
    """The symbol of a tensor that has one, with its time step; the state before the first step is at time 0."""
    plain = letter(step.symbol)
    time = time_of(step)
    if time is None and step.role is Role.STATE and step.operation is None:
        time = 0
    return plain if time is None else plain.with_upper(str(time))


def gradient_symbol(step: Tensor) -> Symbol:
    """The short name of the loss's gradient by a tensor that has a symbol: δ for u and v, else dz, dW."""
    if step.symbol in _DELTAS and time_of(step) is not None:
        upper = ",".join(part for part in (_DELTAS[step.symbol], str(time_of(step))) if part)
        return Symbol(r"\delta", upper=upper)
    plain = symbol_of(step)
    return Symbol(f"d{plain.base}", plain.lower, plain.upper)


def letter(symbol: str) -> Symbol:
    """A symbol without its time: what follows an underscore stands below, words are upright."""
    if symbol in _WORDS:
        return Symbol(_WORDS[symbol])
    base, _, lower = symbol.partition("_")
    return Symbol(_upright(base), _upright(lower))


def time_of(step: Tensor) -> int | None:
    """The time step that a tensor belongs to."""
    scope = step.scope.enclosing(ScopeKind.TIME)
    return None if scope is None else scope.number


def _upright(text: str) -> str:
    if len(text) <= 1 or text.isdigit() or text.startswith("\\"):
        return text
    return rf"\mathrm{{{text}}}" if text.isalnum() else rf"\text{{{text}}}"
