"""Numbers as texts where a heatmap has room for more than in its cells."""

from __future__ import annotations

import math


def precise_text(value: float, digits: int = 6) -> str:
    """A number with the digits a heatmap's cell has no room for."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    power = f" × 10{raised(int(exponent))}" if exponent else ""
    return mantissa.replace("-", "−") + power


def raised_power(text: str) -> str:
    """``1.20·10^−7`` as ``1.20·10⁻⁷``."""
    mantissa, _, exponent = text.partition("^")
    return mantissa + raised(int(exponent.replace("−", "-"))) if exponent else text


def raised(exponent: int) -> str:
    """An exponent in raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def thousands(count: int) -> str:
    """A count with thin spaces."""
    return f"{count:,}".replace(",", "\u202f")
