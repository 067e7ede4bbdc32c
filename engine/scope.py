"""Scopes: the named place of a step, such as ``t=3/encoder/layer=1/lstm/forget``."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from types import TracebackType
from typing import Protocol

from engine.active_tape import active


class ScopeKind(StrEnum):
    """What a scope stands for; graphs fold by it and grains stop at it."""

    ROOT = "root"
    TIME = "time"
    PART = "part"
    LAYER = "layer"
    CELL = "cell"
    GATE = "gate"


class Scope:
    """One node of the tree of scopes; equal places are the same object.

    Attributes:
        kind: what the scope stands for.
        name: its own name, for instance ``t=3`` or ``forget``.
        number: the time step or layer it counts, else None.
        path: the names from the root down, joined by ``/``; empty for the root.
    """

    __slots__ = ("_children", "kind", "name", "number", "parent", "path")

    def __init__(self, kind: ScopeKind, name: str, parent: Scope | None, number: int | None = None) -> None:
        self.kind = kind
        self.name = name
        self.number = number
        self.parent = parent
        self.path: str = f"{parent.path}/{name}" if parent is not None and parent.path else name
        self._children: dict[str, Scope] = {}

    def child(self, kind: ScopeKind, name: str, number: int | None = None) -> Scope:
        """The scope of that name inside this one; ``kind`` and ``number`` are those of the first time it is entered."""
        found = self._children.get(name)
        if found is None:
            found = self._children.setdefault(name, Scope(kind, name, self, number))
        return found

    def line(self) -> tuple[Scope, ...]:
        """This scope and those around it, outermost first, the root left out."""
        line: list[Scope] = []
        scope: Scope | None = self
        while scope is not None and scope.kind is not ScopeKind.ROOT:
            line.append(scope)
            scope = scope.parent
        return tuple(reversed(line))

    def enclosing(self, kind: ScopeKind) -> Scope | None:
        """The innermost scope of ``kind`` that holds this one (or is it)."""
        scope: Scope | None = self
        while scope is not None and scope.kind is not kind:
            scope = scope.parent
        return scope

    @property
    def place(self) -> str:
        """The path with the time steps left out, so that it is the same at each of them."""
        return "/".join(scope.name for scope in self.line() if scope.kind is not ScopeKind.TIME)

    def __repr__(self) -> str:
        return f"<Scope {self.path or '(root)'}>"


ROOT = Scope(ScopeKind.ROOT, "", None)


class HasScope(Protocol):
    """What a scope is entered on: the tape, with the scope that its next steps will carry."""

    scope: Scope
    heed: Callable[[], None] | None


class _Entered:
    """Context manager: steps recorded inside carry the scope."""

    __slots__ = ("_kind", "_name", "_number", "_outer", "_tape")

    def __init__(self, kind: ScopeKind, name: str, number: int | None = None) -> None:
        self._kind = kind
        self._name = name
        self._number = number

    def __enter__(self) -> Scope:
        tape: HasScope = active.tape
        if tape.heed is not None:
            tape.heed()
        outer = tape.scope
        self._tape = tape
        self._outer = outer
        inner = tape.scope = outer.child(self._kind, self._name, self._number)
        return inner

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tape.scope = self._outer


# Looking a member up on its enumeration costs more than the rest of entering a scope.
_TIME, _PART, _LAYER, _CELL, _GATE = ScopeKind.TIME, ScopeKind.PART, ScopeKind.LAYER, ScopeKind.CELL, ScopeKind.GATE


TREE_NODE = "node"
"""What the nodes of a tree are called, as time steps are called ``t``."""


def time_step(t: int) -> _Entered:
    """``with time_step(3):`` steps inside belong to time step 3 (counted from 1)."""
    return _Entered(_TIME, f"t={t}", t)


def tree_node(number: int) -> _Entered:
    """``with tree_node(3):`` steps inside belong to node 3 of a tree, counted from 1 in post-order.

    It takes the place of a time step: grains stop at it, what repeats is counted by it.
    """
    return _Entered(_TIME, f"{TREE_NODE}={number}", number)


def part(name: str) -> _Entered:
    """``with part("encoder"):`` a part of the model."""
    return _Entered(_PART, name)


def layer(number: int) -> _Entered:
    """``with layer(1):`` a layer of a deep network, counted from 1."""
    return _Entered(_LAYER, f"layer={number}", number)


def cell(name: str) -> _Entered:
    """``with cell("lstm"):`` one application of a recurrent cell."""
    return _Entered(_CELL, name)


def gate(name: str) -> _Entered:
    """``with gate("forget"):`` a gate inside a cell."""
    return _Entered(_GATE, name)
