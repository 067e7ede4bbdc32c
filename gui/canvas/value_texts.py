"""Values as the canvas writes them: one number, a short row, or a strip of colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.typesetting.number_format import number_parts

_SHORT = 3
"""At most so many numbers are written out in a pill."""
_SUPERSCRIPTS = str.maketrans("0123456789−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_SQUASHED = frozenset({"sigmoid", "sigmoid_course", "softmax", "positive"})
_SIGNED = frozenset({"tanh", "relu", "identity"})
"""What a candidate, which is among the gates, may be squashed by."""
_IN_UNIT_RANGE = frozenset({Role.GATE, Role.ATTENTION})


def number_text(value: float, digits: int = 2) -> str:
    """A number in few digits: ``0.83``, ``−1.2·10⁻⁷``, ``NaN``."""
    mantissa, exponent = number_parts(value, digits, mantissa_decimals=1)
    return mantissa if not exponent else f"{mantissa}·10{str(exponent).translate(_SUPERSCRIPTS)}"


def row_text(value: NDArray[np.floating], digits: int = 2) -> str | None:
    """A scalar or a short row of numbers; None if it is too long to be written."""
    flat = np.ravel(value)
    if not 0 < len(flat) <= _SHORT:
        return None
    texts = [number_text(float(number), digits) for number in flat]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def value_range(value: NDArray[np.floating], step: Tensor) -> tuple[float, float, str]:
    """(least, greatest, map) to colour a value by: what lies in [0, 1] over that, all else symmetric about 0."""
    name = "" if step.operation is None else step.operation.name
    if name in _SQUASHED or (step.role in _IN_UNIT_RANGE and name not in _SIGNED):
        return 0.0, 1.0, "sequential"
    finite = np.abs(value[np.isfinite(value)])
    limit = float(finite.max(initial=0.0))
    if limit <= 0 or not np.isfinite(limit):
        return -1.0, 1.0, "value"
    # Powers of two, so that the colours of neighbouring time steps are comparable.
    limit = 2.0 ** np.ceil(np.log2(limit)) if limit > 1e-300 else limit
    return -limit, limit, "value"


class ValueTexts:
    """Texts of a tape's values, kept while the tape is open. It never asks whether a value may be shown: its callers
    hand over only what the cursor gave them."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self._rows: dict[tuple[int, int], str | None] = {}

    def row(self, entry: int, value: NDArray[np.floating], digits: int = 2) -> str | None:
        """``row_text`` of an entry's value; its caption if it has one, such as a word."""
        caption = self.tape.captions.get(entry)
        if caption is not None:
            return caption
        key = entry, digits
        if key not in self._rows:
            self._rows[key] = row_text(value, digits)
        return self._rows[key]
