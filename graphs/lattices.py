"""Lattices: stretches of time steps that belong to one part of a network, such as its encoder or its decoder.

Each has its own name and its own parameters' boxes; between two there is room for what one hands over to the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.scope import Scope, ScopeKind
from graphs import measures
from graphs.columns import Columns
from graphs.tape_arrays import TapeArrays

LATTICES = frozenset({"encoder", "decoder", "image", "question", "meeting"})
"""Names of the parts whose columns are lattices; a meeting is where image and question meet."""


@dataclass(frozen=True, slots=True)
class LatticePlace:
    """A lattice: its part's name, and its columns ``first`` to ``last``."""

    name: str
    first: int
    last: int

    def holds(self, first: int, last: int) -> bool:
        """Whether a stretch of columns lies in it."""
        return self.first <= first and last <= self.last


def lattices_of(arrays: TapeArrays, columns: Columns) -> list[LatticePlace]:
    """The lattices of a recording from left to right; none if its time steps do not belong to different parts."""
    names = _names(arrays, columns)
    made: list[LatticePlace] = []
    for column in range(1, len(columns) - 1):
        name = names[column]
        if made and made[-1].name == name:
            made[-1] = LatticePlace(name, made[-1].first, column)
        else:
            made.append(LatticePlace(name, column, column))
    # A part that is one column has its name above it.
    known = [one for one in made if one.name and (one.first not in columns.static or one.last > one.first)]
    return known if len(known) > 1 else []


def _names(arrays: TapeArrays, columns: Columns) -> list[str]:
    """Of each column, the part that most of its forward steps lie in."""
    of_scope = [_part(scope) for scope in arrays.scopes]
    found = sorted(set(of_scope))
    code = np.array([found.index(name) for name in of_scope], np.int64)
    counts = np.zeros((len(columns), len(found)), np.int64)
    end = arrays.forward_end
    of_entry = columns.of_entry[:end]
    inside = of_entry >= 0
    np.add.at(counts, (of_entry[inside], code[arrays.scope[:end][inside]]), 1)
    counts[:, [k for k, name in enumerate(found) if not name]] = 0
    return [found[int(row.argmax())] if row.any() else "" for row in counts]


def _part(scope: Scope) -> str:
    """The outermost part around a scope that is a lattice; empty if none."""
    parts = (outer.name for outer in scope.line() if outer.kind is ScopeKind.PART)
    name = next(parts, "")
    return name if name in LATTICES else ""


def head_slots(heights: list[float]) -> list[int]:
    """For parameters' boxes with rails at these heights, ascending, how many boxes stand at the right of each."""
    taken: list[tuple[int, float]] = []
    for y in heights:
        slot = 0
        while any(slot == other and abs(y - height) < measures.PARAMETER_HEIGHT + 4 for other, height in taken):
            slot += 1
        taken.append((slot, y))
    return [slot for slot, _ in taken]
