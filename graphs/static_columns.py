"""Columns outside of time: of a network that computes all positions at once, each part is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.scope import Scope, ScopeKind
from graphs.drawing import Ints
from graphs.tape_arrays import GIVEN, TapeArrays

_MUCH = 12
"""Fewer steps than these stand in the column before the time steps."""


@dataclass(slots=True)
class StaticColumn:
    """A column to be.

    Attributes:
        path: of the scope that it stands for.
        scopes: codes of the scopes in it.
        number: of its time step; None if it is none.
        depth: how many scopes are around all that is in it; 0 for a time step.
    """

    path: str
    scopes: list[int]
    number: int | None = None
    depth: int = 0


def static_columns(arrays: TapeArrays) -> tuple[list[StaticColumn], list[StaticColumn]]:
    """The columns before and those after the time steps, in the order of the tape; none if little is outside of time.
    """
    end = arrays.forward_end
    first = np.full(len(arrays.scopes), end, np.int32)
    np.minimum.at(first, arrays.scope[:end], np.arange(end, dtype=np.int32))
    outside = np.array([_is_static(scope) for scope in arrays.scopes], bool)
    if np.count_nonzero(outside[arrays.scope[:end]] & (arrays.operation[:end] != GIVEN)) < _MUCH:
        return [], []
    timed = [code for code, scope in enumerate(arrays.scopes) if scope.enclosing(ScopeKind.TIME) is not None]
    begin = min((int(first[code]) for code in timed), default=end)
    made = _grouped(arrays, [int(code) for code in np.flatnonzero(outside & (first < end))], first)
    if len(made) < 2:
        return [], []
    order = [(min(int(first[code]) for code in column.scopes), column) for column in made]
    order.sort(key=lambda pair: pair[0])
    return [column for at, column in order if at < begin], [column for at, column in order if at >= begin]


def _is_static(scope: Scope) -> bool:
    """Whether a scope is a layer or part, or inside one, and not in a time step."""
    return scope.kind is not ScopeKind.ROOT and scope.enclosing(ScopeKind.TIME) is None


def _grouped(arrays: TapeArrays, codes: list[int], first: Ints) -> list[StaticColumn]:
    """A column for each part of a layer, for each part without layers, and for each that follows a part's layers."""
    layers: dict[str, int] = {}
    for code in codes:
        line = arrays.scopes[code].line()
        if _depth(line) > 1:
            layers[line[0].path] = min(layers.get(line[0].path, arrays.forward_end), int(first[code]))
    made: dict[str, StaticColumn] = {}
    for code in codes:
        line = arrays.scopes[code].line()
        depth = _depth(line)
        if depth == 1 and len(line) > 1 and int(first[code]) > layers.get(line[0].path, arrays.forward_end):
            depth = 2
        made.setdefault(line[depth - 1].path, StaticColumn(line[depth - 1].path, [], depth=depth)).scopes.append(code)
    return list(made.values())


def _depth(line: tuple[Scope, ...]) -> int:
    """How many scopes lead to the part of a layer that a scope is in; outside of layers, to its outermost part."""
    layer = next((depth for depth, scope in enumerate(line, start=1) if scope.kind is ScopeKind.LAYER), 0)
    return max(1, min(layer + 1, len(line)) if layer else 1)
