"""Numbers for axes, legends and read-outs, in one line of plain text."""

from __future__ import annotations

import math

from gui.typesetting.number_format import MINUS, number_parts

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_text(value: float, digits: int = 4) -> str:
    """``0.7311``, ``1.23×10⁻⁵``, ``NaN``, ``−∞``."""
    if math.isnan(value):
        return "NaN"
    mantissa, exponent = number_parts(value, digits)
    return mantissa if not exponent else f"{mantissa}×{power_text(exponent)}"


def significant(value: float, digits: int) -> str:
    """A number with so many significant digits: ``0.0250869``, ``2.5×10¹²``."""
    if not math.isfinite(value):
        return number_text(value)
    mantissa, _, exponent = f"{value:.{digits}g}".replace("-", MINUS, value < 0).partition("e")
    return mantissa if not exponent else f"{mantissa}×{power_text(int(exponent))}"


def power_text(exponent: int) -> str:
    """``10⁻³``."""
    return "10" + str(exponent).translate(_RAISED)


def round_text(value: float) -> str:
    """A round number such as a tick, without needless digits: ``0.5``, ``−2``, ``5×10⁻⁶``."""
    size = abs(value)
    if size == 0 or 1e-3 <= size < 1e5:
        return f"{value:g}".replace("-", MINUS)
    exponent = math.floor(math.log10(size) + 1e-9)
    mantissa = f"{value / 10.0**exponent:g}".replace("-", MINUS)
    return power_text(exponent) if mantissa == "1" else f"{mantissa}×{power_text(exponent)}"


def round_above(value: float, digits: tuple[float, ...] = (1, 2, 5, 10)) -> float:
    """The smallest of the digits times a power of ten that is not below a positive value; 1 for nothing to see."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    if power == 0:
        return value
    found = next((digit * power for digit in digits if digit * power >= value * (1 - 1e-12)), 10 * power)
    return found if math.isfinite(found) else value
