"""A notation: how one lecture or library writes what is on a tape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.tensor import Role
from gui.equations.term import Clock, Symbol
from gui.notation.place import NOWHERE, Place

GATES = {"forget": "f", "candidate": "g", "input": "i", "output": "o", "reset": "r", "update": "z"}
"""Name of a gate's scope → the tape's symbol of its value; a GRU's candidate is ``n``."""
GATE_SYMBOLS = ("f", "g", "i", "o", "r", "z", "n")
SECTIONS = ("parameter", "state", "gate", "value")
"""What a name is for: the same letter may be a state of one net and a gate of another."""

_T = TypeVar("_T")
_ARROWS = {"forward": r"\overrightarrow", "backward": r"\overleftarrow"}


@dataclass(frozen=True, slots=True)
class Parts:
    """Names of the contributions to a state's gradient.

    Attributes:
        other_time: of what comes from another time step.
        same_time: of what comes from the outputs of the same time step.
    """

    other_time: Symbol
    same_time: Symbol


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a notation says of tapes with certain cells.

    Attributes:
        clock: where the time step stands.
        layer: LaTeX of a layer's mark, with ``{layer}`` for its number.
        first_layer: number of the first layer.
        gate_order: the tape's symbols of the gates, in the notation's order.
        gates: symbol of a gate → its letter in the scripts of weights.
        names: section → the tape's symbol → what is written; a ``*`` stands for a gate.
        gradients: the same for gradients that have names of their own.
        parts: symbol of a state → names of the contributions to its gradient.
        fraction_in_equations: whether gradients without names of their own are ∂E/∂z inside equations, else dz.
        fraction_alone: the same where a gradient stands by itself: in lists and legends, before an equals sign.
        stored: the tape's name of a parameter → its name in the library, with ``{layer}`` and ``{reverse}``.
    """

    clock: Clock
    layer: str
    first_layer: int
    gate_order: tuple[str, ...]
    gates: Mapping[str, str]
    names: Mapping[str, Mapping[str, Symbol]]
    gradients: Mapping[str, Mapping[str, Symbol]]
    parts: Mapping[str, Parts]
    fraction_in_equations: bool
    fraction_alone: bool
    stored: Mapping[str, str]

    def name(self, section: str, symbol: str) -> Symbol | None:
        """What is written for a symbol of the tape; None where the notation says nothing of it."""
        return self._found(self.names[section], symbol)

    def gradient(self, section: str, symbol: str) -> Symbol | None:
        """The name of the gradient by it; None where it has none of its own."""
        return self._found(self.gradients[section], symbol)

    def stored_name(self, symbol: str, place: Place = NOWHERE) -> str:
        """A parameter's name in the library; empty where there is none."""
        pattern, _ = _entry(self.stored, symbol)
        if pattern is None:
            return ""
        layer = (place.layer or 1) - 1 + self.first_layer
        return pattern.format(layer=layer, reverse="_reverse" if place.direction == "backward" else "")

    def placed(self, symbol: Symbol, place: Place) -> Symbol:
        """The symbol with the marks of its layer, its direction and its part of the net."""
        if place is NOWHERE:
            return symbol
        if place.direction:
            # The d of a gradient stays outside.
            d, base = ("d", symbol.base[1:]) if symbol.base[:1] == "d" and len(symbol.base) > 1 else ("", symbol.base)
            symbol = replace(symbol, base=f"{d}{_ARROWS[place.direction]}{{{base}}}")
        if place.layer is not None:
            mark = self.layer.format(layer=place.layer - 1 + self.first_layer)
            symbol = replace(symbol, upper=symbol.upper + mark)
        return symbol.with_upper(rf"\mathrm{{{place.part}}}") if place.part else symbol

    def _found(self, known: Mapping[str, Symbol], symbol: str) -> Symbol | None:
        found, gate = _entry(known, symbol)
        if found is None:
            stem, _, number = symbol.partition("_")
            numbered = known.get(stem) if number.isdigit() else None
            return replace(numbered, lower=number) if numbered is not None and not numbered.lower else None
        if not gate:
            return found
        letter = self.gates.get(gate, gate)
        return replace(
            found, base=found.base.replace("*", letter), lower=found.lower.replace("*", letter),
            upper=found.upper.replace("*", letter),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation file.

    Attributes:
        name: such as ``S``.
        title, about: its title and one sentence about it, by language code.
        order: its place among the others.
        general: what it says of all tapes.
        special: what it says of tapes with one of certain cells, by their names.
    """

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    order: int
    general: Wording
    special: tuple[tuple[frozenset[str], Wording], ...] = ()

    def in_language(self, texts: Mapping[str, str], language: str) -> str:
        """Its title or what it is about in a language; English if it lacks that language."""
        return texts.get(language) or texts["en"]

    def wording(self, cells: Collection[str]) -> Wording:
        """What it says of a tape with these cells."""
        return next((wording for names, wording in self.special if not names.isdisjoint(cells)), self.general)

    @property
    def is_special(self) -> bool:
        """Whether it is to know the cells."""
        return bool(self.special)


def proposed(symbol: Symbol) -> Symbol:
    """The symbol of what a mask may still reject."""
    return symbol.with_upper(r"\ast")


def section_of(role: Role) -> str:
    """The section of names for a tensor's role."""
    if role is Role.PARAMETER:
        return "parameter"
    return str(role.value) if role in (Role.STATE, Role.GATE) else "value"


def in_order(names: Iterable[str], order: tuple[str, ...]) -> list[str]:
    """Gates sorted: symbols (``f``, ``u_f``, ``layer1.W_x_f``) or names of scopes (``forget``); others come last."""
    listed = list(names)
    gates = {**GATES, "candidate": "n"} if "reset" in listed or "update" in listed else GATES
    return sorted(listed, key=lambda name: _rank(gates.get(name, name.rpartition("_")[2]), order))


def _rank(symbol: str, order: tuple[str, ...]) -> int:
    return order.index(symbol) if symbol in order else len(order)


def _entry(known: Mapping[str, _T], symbol: str) -> tuple[_T | None, str]:
    """(what is known of a symbol, the gate that its ``*`` stands for)."""
    if symbol in known:
        return known[symbol], ""
    stem, _, gate = symbol.rpartition("_")
    found = known.get(f"{stem}_*") if stem and gate in GATE_SYMBOLS else None
    return found, gate if found is not None else ""
