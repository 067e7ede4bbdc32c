"""What an operation is called with besides tensors, as terms of an equation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gui.equations.term import Level, Term


def attribute_terms(attributes: Mapping[str, Any] | None) -> dict[str, Term]:
    """A term for each attribute: numbers with at most four digits, shapes as a product of lengths."""
    return {name: _term(value) for name, value in (attributes or {}).items()}


def _term(value: Any) -> Term:
    if isinstance(value, tuple):
        return Term(r" \times ".join(str(length) for length in value) or "1", Level.PRODUCT)
    return number_term(float(value))


def number_term(value: float) -> Term:
    """A constant number: ``0.1``, ``10^{-7}``, ``2.5 \\cdot 10^{-4}``."""
    if not math.isfinite(value):
        return Term(r"\mathrm{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty", Level.FACTOR)
    mantissa, _, exponent = f"{value:.4g}".partition("e")
    if not exponent:
        return Term(mantissa, Level.SUM if value < 0 else Level.LETTER)
    power = rf"10^{{{int(exponent)}}}"
    if mantissa == "1":
        return Term(power, Level.FACTOR)
    return Term(rf"{mantissa} \cdot {power}", Level.SUM if value < 0 else Level.PRODUCT)
