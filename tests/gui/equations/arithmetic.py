"""Works out what a line of pieces says, to hold equations against the numbers they end in."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from gui.typesetting.number_line import Piece, Script

_FUNCTIONS: dict[str, Callable[..., float]] = {
    r"\sigma": lambda a: float(1 / (1 + np.exp(-np.float64(a)))),
    r"\tanh": lambda a: float(np.tanh(a)),
    r"\max": lambda a, b: float(np.maximum(a, b)),
    r"\min": lambda a, b: float(np.minimum(a, b)),
    r"\operatorname{sqrt}": lambda a: float(np.sqrt(np.float64(a))),
}
_CLOSERS = {"(": ")", "[": "]"}


def worked_out(pieces: Sequence[Piece]) -> float:
    """The value of a right-hand side."""
    with np.errstate(all="ignore"):
        line = _Line(list(pieces))
        value = line.sum()
        assert line.at == len(line.pieces), f"not understood: {line.pieces[line.at:]}"
    return value


class _Line:
    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces, self.at = pieces, 0

    def sum(self) -> float:
        value = 0.0 if self._next() == "-" else self.product()
        while self._next() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            value = value + sign * self.product()
        if self._next() in ("<", ">"):
            less = self._take() == "<"
            other = self.sum()
            return float(value < other if less else value > other)
        return value

    def product(self) -> float:
        value = self.factor()
        while self._next() in (r"\times", r"\div", "("):
            if self._next() == "(" or self._take() == r"\times":
                value = value * self.factor()
            else:
                value = float(np.float64(value) / np.float64(self.factor()))
        return value

    def factor(self) -> float:
        piece = self._take()
        if isinstance(piece, Script):
            assert piece.upper == "2"
            return _number(piece.base) ** 2
        if piece in _CLOSERS:
            value = self.sum()
            closer = self._take()
            if isinstance(closer, Script):
                assert (closer.base, closer.upper) == (")", "2")
                return float(np.float64(value) ** 2)
            assert closer == _CLOSERS[str(piece)]
            return value
        if piece in _FUNCTIONS:
            return self._applied(str(piece))
        return _number(piece)

    def _applied(self, name: str) -> float:
        assert self._take() == "("
        arguments = [self.sum()]
        while self._next() == ",":
            self._take()
            arguments.append(self.sum())
        assert self._take() == ")"
        return _FUNCTIONS[name](*arguments)

    def _next(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _take(self) -> Piece:
        self.at += 1
        return self.pieces[self.at - 1]


def _number(piece: Piece) -> float:
    if not isinstance(piece, str):
        return float(piece)  # type: ignore[arg-type]
    if piece == r"\tfrac{1}{2}":
        return 0.5
    match = re.fullmatch(r"(?:(-?[\d.]+)(?: \\cdot )?)?(?:10\^\{(-?\d+)\})?", piece)
    assert match is not None, piece
    return float(match[1] or 1) * 10.0 ** int(match[2] or 0)


def agree(said: float, true: float) -> bool:
    """Whether two numbers are the same up to rounding; constants are printed with four digits."""
    if math.isnan(said) or math.isnan(true) or math.isinf(true):
        return math.isnan(said) == math.isnan(true) and (math.isnan(true) or said == true)
    return math.isclose(said, true, rel_tol=2e-3, abs_tol=1e-300)


def printed_number(text: str) -> tuple[float, float]:
    """A number as printed, and half a unit of its last digit."""
    plain = text.replace("−", "-").replace("∞", "inf")
    mantissa, _, power = plain.partition("·10^")
    factor = 10.0 ** int(power or 0)
    decimals = len(mantissa.partition(".")[2])
    return float(mantissa) * factor, 0.5 * 10.0**-decimals * factor
