"""Round numbers for the axes of the loss view."""

import math

from gui.views.number_text import power_text, round_above, round_text


def linear_ticks(least: float, greatest: float, most: int) -> list[tuple[float, str]]:
    """(value, text) of at most about ``most`` round numbers between two values."""
    step = round_above((greatest - least) / max(1, most))
    first, last = math.ceil(least / step - 1e-9), math.floor(greatest / step + 1e-9)
    return [(number * step, round_text(float(f"{number * step:.12g}"))) for number in range(first, last + 1)]


def whole_ticks(least: float, greatest: float, most: int) -> list[tuple[float, str]]:
    """(value, text) of whole numbers, thousands set apart."""
    step = max(1.0, round_above((greatest - least) / max(1, most)))
    first, last = math.ceil(least / step - 1e-9), math.floor(greatest / step + 1e-9)
    return [(number * step, f"{round(number * step):,}") for number in range(first, last + 1)]


def decade_ticks(least: float, greatest: float, most: int) -> list[tuple[float, str]]:
    """(decade, text) of powers of ten; with 2 and 5 times them where there is room."""
    stride = max(1, math.ceil((greatest - least) / max(1, most)))
    decades = [decade for decade in range(math.ceil(least), math.floor(greatest) + 1) if decade % stride == 0]
    if stride == 1 and 3 * (greatest - least) <= most:
        fine = [(decade + math.log10(digit), digit * 10.0**decade)
                for decade in range(math.floor(least), math.ceil(greatest) + 1) for digit in (1, 2, 5)]  # fmt: skip
        return [(place, round_text(float(f"{value:.3g}"))) for place, value in fine if least <= place <= greatest]
    return [(float(decade), round_text(10.0**decade) if abs(decade) <= 3 else power_text(decade)) for decade in decades]
