"""Numbers as short texts: enough digits to follow a calculation by eye, never a wall of them."""

from __future__ import annotations

import math

import numpy as np

MINUS = "−"


def number_parts(value: float, digits: int = 3, mantissa_decimals: int = 2) -> tuple[str, int]:
    """(mantissa, exponent of ten) of one number; the exponent is 0 where plain digits are short enough.

    Three digits behind the point where that leaves something to see; whole numbers without a point.
    """
    value = float(value)
    if not math.isfinite(value):
        return _not_finite(value), 0
    if value == 0 or 10.0**-digits * 9.5 <= abs(value) < 1e4:
        return fixed(value, _decimals(abs(value), digits)), 0
    mantissa, _, exponent = f"{value:.{mantissa_decimals}e}".partition("e")
    return mantissa.replace("-", MINUS), int(exponent)


def grid_texts(values: np.ndarray, digits: int = 3) -> tuple[list[list[str]], int]:
    """(texts, common exponent of ten) of a two-dimensional array: one number of decimals, so that columns align.

    A common factor is taken out where all are tiny or some are huge, as a textbook does.
    """
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if finite.size else 0.0
    exponent = 0
    if largest and not 10.0**-digits * 9.5 <= largest < 1e4:
        exponent = math.floor(math.log10(largest))
    # Dividing in two steps keeps 10**exponent from underflowing for the smallest floats there are.
    factor = 10.0 ** (exponent / 2)
    scaled = values / factor / factor if exponent else values
    whole = not exponent and not (finite % 1).any()
    decimals = 0 if whole else 2 if exponent else _decimals(largest, digits, whole_as_int=False)
    return [[fixed(float(value), decimals) for value in row] for row in scaled], exponent


def fixed(value: float, decimals: int) -> str:
    """A number with so many decimals, a true minus, and no minus before zero."""
    if not math.isfinite(value):
        return _not_finite(value)
    text = f"{value:.{decimals}f}"
    if text[0] == "-":
        text = text[1:] if not text.strip("-0.") else MINUS + text[1:]
    return text


def _decimals(size: float, digits: int, *, whole_as_int: bool = True) -> int:
    if whole_as_int and size % 1 == 0:
        return 0
    if size >= 100:
        return max(0, digits - 2)
    return max(0, digits - 1) if size >= 10 else digits


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "∞" if value > 0 else MINUS + "∞"
