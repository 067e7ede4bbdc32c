"""Terms: pieces of LaTeX that know how tightly they hold together, so that parentheses stand where they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How tightly a term binds, loosest first."""

    SUM = 0
    PRODUCT = 1
    HADAMARD = 2
    FACTOR = 3
    LETTER = 4


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter with scripts, all LaTeX: ``W_{\\mathrm{in}}``, ``z^{3}``."""

    base: str
    lower: str = ""
    upper: str = ""

    @property
    def latex(self) -> str:
        """The symbol as LaTeX."""
        lower = f"_{{{self.lower}}}" if self.lower else ""
        upper = f"^{{{self.upper}}}" if self.upper else ""
        return f"{self.base}{lower}{upper}"

    def with_upper(self, upper: str) -> Symbol:
        """The symbol with something more to its upper right."""
        return Symbol(self.base, self.lower, f"{self.upper},{upper}" if self.upper else upper)


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of an equation.

    Attributes:
        latex: what is written.
        level: how tightly it binds.
        symbol: its parts where it is one letter with scripts.
    """

    latex: str
    level: Level
    symbol: Symbol | None = None

    @staticmethod
    def of(symbol: Symbol) -> Term:
        """The term of a symbol; one with something to its upper right or a prefix takes no further script."""
        plain = not symbol.upper and (len(symbol.base) == 1 or symbol.base.startswith("\\"))
        return Term(symbol.latex, Level.LETTER if plain else Level.FACTOR, symbol)

    def within(self, level: Level) -> str:
        """The LaTeX, in parentheses where the place wants something tighter."""
        return self.latex if self.level >= level else f"({self.latex})"

    def with_index(self, index: str) -> str:
        """The LaTeX of one element: ``z^{3}_{5}``, ``(x W)_{5}``."""
        if self.symbol is None:
            return f"({self.latex})_{{{index}}}"
        lower = f"{self.symbol.lower},{index}" if self.symbol.lower else index
        return Symbol(self.symbol.base, lower, self.symbol.upper).latex
