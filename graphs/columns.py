"""Columns: which time step an entry of a tape belongs to. Time gives x; outside of time, parts do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.scope import Scope, ScopeKind
from engine.tensor import Role
from graphs.drawing import Ints
from graphs.elements import DIRECTIONS, Place
from graphs.rule_steps import rule_step
from graphs.static_columns import StaticColumn, static_columns
from graphs.tape_arrays import GIVEN, TapeArrays

NOWHERE = -1  # the column of parameters: they have rails


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a recording, from left to right.

    The first column holds what comes before all time steps (initial states), the last what comes after (the total
    loss); either may be empty. What happens outside of time, if it is much, has columns of its own: one for each
    part.

    Attributes:
        path, number: of each column's time scope; "" and None for the first and last.
        of_entry: column of each entry of the forward and backward phases, NOWHERE for parameters.
        place: code of each scope's relative path, the path inside its column, into ``places``.
        places: relative paths as tuples of (kind, name).
        static: the columns of parts that no time step belongs to.
    """

    path: tuple[str, ...]
    number: tuple[int | None, ...]
    of_entry: Ints
    place: Ints
    places: tuple[tuple[tuple[str, str], ...], ...]
    static: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.path)


def columns_of(arrays: TapeArrays) -> Columns:
    """Find the time steps of a recording and what belongs to each."""
    known: dict[Scope, tuple[Place, Scope | None]] = {}
    relative = [_relative(scope, known) for scope in arrays.scopes]
    places: dict[tuple[tuple[str, str], ...], int] = {}
    place = np.array([places.setdefault(inside, len(places)) for inside, _ in relative], np.int32)
    before, after = static_columns(arrays)
    made = [*before, *_timed_columns([time for _, time in relative]), *after]
    of_scope = np.full(len(arrays.scopes), NOWHERE, np.int32)
    for column, one in enumerate(made, start=1):
        of_scope[one.scopes] = column
        for code in one.scopes if one.depth else ():
            inside, _ = relative[code]
            place[code] = places.setdefault(inside[one.depth :], len(places))
    of_entry = of_scope[arrays.scope] if len(arrays) else np.zeros(0, np.int32)
    static = frozenset(column for column, one in enumerate(made, start=1) if one.depth)
    _place_beside_readers(arrays, of_entry, static)
    _place_the_rest(arrays, of_entry, len(made) + 1)
    return Columns(
        ("", *(one.path for one in made), ""),
        (None, *(one.number for one in made), None),
        of_entry,
        place,
        tuple(places),
        static,
    )


def _timed_columns(times: list[Scope | None]) -> list[StaticColumn]:
    """The time steps in their order, part by part.

    Args:
        times: the time step that each scope lies in.
    """
    keys: dict[tuple[str, int], list[int]] = {}
    paths: dict[tuple[str, int], str] = {}
    parts: dict[Scope, str] = {}
    for code, time in enumerate(times):
        if time is not None:
            if time not in parts:
                parts[time] = _parts_around(time)
            key = (parts[time], time.number or 0)
            keys.setdefault(key, []).append(code)
            paths.setdefault(key, time.path)
    groups = {part: order for order, part in enumerate(dict.fromkeys(part for part, _ in keys))}
    ordered = sorted(keys, key=lambda key: (groups[key[0]], key[1]))
    return [StaticColumn(paths[key], keys[key], key[1]) for key in ordered]


def _relative(scope: Scope, known: dict[Scope, tuple[Place, Scope | None]]) -> tuple[Place, Scope | None]:
    """A scope's path inside its column, and its time step; parts around the time step are left out.

    Args:
        known: what was found so far.
    """
    found = known.get(scope)
    if found is None:
        inside, time = ((), None) if scope.parent is None else _relative(scope.parent, known)
        if scope.kind is ScopeKind.TIME:
            inside, time = tuple(outer for outer in inside if outer[0] != ScopeKind.PART.value), scope
        elif scope.kind is not ScopeKind.ROOT:
            inside = (*inside, (scope.kind.value, scope.name))
        found = known[scope] = inside, time
    return found


def _parts_around(time: Scope) -> str:
    return "/".join(outer.name for outer in time.line() if outer.kind is ScopeKind.PART)


def _backwards(arrays: TapeArrays) -> set[int]:
    """Initial states of directions that read backwards: they come after the last time step."""
    states = [code for code, (_, role) in enumerate(arrays.names) if role is Role.STATE]
    outside = np.array([scope.enclosing(ScopeKind.TIME) is None for scope in arrays.scopes], bool)
    given = np.flatnonzero(np.isin(arrays.name, states) & (arrays.operation == GIVEN) & outside[arrays.scope])
    end = int(arrays.input_start[arrays.forward_end]) if len(arrays) else 0
    made = set()
    for entry in given.tolist():
        uses = np.flatnonzero(arrays.inputs[:end] == entry)
        if len(uses):
            user = int(np.searchsorted(arrays.input_start, uses[0], side="right")) - 1
            line = arrays.scopes[arrays.scope[user]].line()
            if any((outer.kind.value, outer.name) == DIRECTIONS[1] for outer in line):
                made.add(entry)
    return made


def _place_beside_readers(arrays: TapeArrays, of_entry: Ints, static: frozenset[int]) -> None:
    """What is given outside all scopes, such as an input, to a layer or part: in the column of the first that reads it.
    """
    if not static:
        return
    end = int(arrays.input_start[arrays.forward_end])
    readers = np.repeat(np.arange(arrays.forward_end), np.diff(arrays.input_start[: arrays.forward_end + 1]))
    read, first = np.unique(arrays.inputs[:end], return_index=True)
    for entry, place in zip(read.tolist(), first.tolist(), strict=True):
        column = int(of_entry[readers[place]])
        if of_entry[entry] == NOWHERE and arrays.operation[entry] == GIVEN and column in static:
            of_entry[entry] = column


def _place_the_rest(arrays: TapeArrays, of_entry: Ints, last: int) -> None:
    """Entries outside all time steps: before them, or after what they depend on."""
    backwards = _backwards(arrays)
    parameters = [code for code, (_, role) in enumerate(arrays.names) if role is Role.PARAMETER]
    is_parameter = np.isin(arrays.name, parameters)
    for entry in np.flatnonzero(of_entry == NOWHERE):
        sources = arrays.inputs_of(int(entry))
        if entry in backwards and last > 2:
            of_entry[entry] = last
        elif entry >= arrays.forward_end:
            rule = rule_step(arrays, int(entry))
            of_entry[entry] = of_entry[rule.of] if rule is not None else last if last > 1 else 0
        else:
            of_entry[entry] = last if any(of_entry[source] > 0 for source in sources) else 0
    of_entry[is_parameter & (arrays.operation == GIVEN)] = NOWHERE
