"""Terms: pieces of LaTeX that know how tightly they hold together, so that parentheses stand where they are needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How tightly a term binds, loosest first."""

    SUM = 0
    PRODUCT = 1
    HADAMARD = 2
    FACTOR = 3
    LETTER = 4


class Clock(StrEnum):
    """Where a symbol carries its time step."""

    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    PARENTHESES = "parentheses"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter with scripts, all LaTeX: ``W_{\\mathrm{in}}``, ``z^{3}``.

    Attributes:
        base, lower, upper: the letter, what stands below and above to its right.
        time: the time step; empty for none.
        clock: where it stands.
    """

    base: str
    lower: str = ""
    upper: str = ""
    time: str = ""
    clock: Clock = Clock.SUPERSCRIPT

    @property
    def latex(self) -> str:
        """The symbol as LaTeX."""
        below, above, behind = self.scripts
        lower = f"_{{{below}}}" if below else ""
        upper = f"^{{{above}}}" if above else ""
        return f"{self.base}{lower}{upper}{behind}"

    @property
    def scripts(self) -> tuple[str, str, str]:
        """What stands below, above and behind the letter, the time step among it."""
        if not self.time:
            return self.lower, self.upper, ""
        if self.clock is Clock.SUBSCRIPT:
            return _joined(self.lower, self.time), self.upper, ""
        if self.clock is Clock.PARENTHESES:
            return self.lower, self.upper, f"({self.time})"
        return self.lower, _joined(self.upper, self.time), ""

    def with_upper(self, upper: str) -> Symbol:
        """The symbol with something more to its upper right."""
        return replace(self, upper=_joined(self.upper, upper))

    def at(self, time: str, clock: Clock = Clock.SUPERSCRIPT) -> Symbol:
        """The symbol at a time step."""
        return replace(self, time=time, clock=clock)

    def differential(self) -> Symbol:
        """The symbol with a d before it, for the gradient."""
        return replace(self, base=f"d{self.base}")


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of an equation.

    Attributes:
        latex: what is written.
        level: how tightly it binds.
        symbol: its parts where it is one letter with scripts, or the derivative by one.
        derivative_of: LaTeX of what is differentiated by the symbol; empty where the symbol itself is meant.
    """

    latex: str
    level: Level
    symbol: Symbol | None = None
    derivative_of: str = ""

    @staticmethod
    def of(symbol: Symbol) -> Term:
        """The term of a symbol; one with something to its upper right or a prefix takes no further script."""
        plain = not any(symbol.scripts[1:]) and (len(symbol.base) == 1 or symbol.base.startswith("\\"))
        return Term(symbol.latex, Level.LETTER if plain else Level.FACTOR, symbol)

    @staticmethod
    def derivative(of: str, symbol: Symbol) -> Term:
        """The fraction ``∂E/∂z^{3}``."""
        return Term(rf"\frac{{\partial {of}}}{{\partial {symbol.latex}}}", Level.FACTOR, symbol, of)

    def within(self, level: Level) -> str:
        """The LaTeX, in parentheses where the place wants something tighter."""
        return self.latex if self.level >= level else f"({self.latex})"

    def with_index(self, index: str) -> str:
        """The LaTeX of one element: ``z^{3}_{5}``, ``(x W)_{5}``."""
        if self.symbol is None:
            return f"({self.latex})_{{{index}}}"
        if self.symbol.clock is Clock.SUBSCRIPT and self.symbol.time:
            one = replace(self.symbol, time=_joined(self.symbol.time, index))
        else:
            one = replace(self.symbol, lower=_joined(self.symbol.lower, index))
        return Term.derivative(self.derivative_of, one).latex if self.derivative_of else one.latex


def _joined(*parts: str) -> str:
    return ",".join(part for part in parts if part)
