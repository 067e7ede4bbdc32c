"""Where in a net of many layers and directions something stands: read from a parameter's name or from a scope."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.scope import Scope, ScopeKind

DIRECTIONS = ("forward", "backward")
BESIDE = frozenset({"context", "prior", "posterior"})
"""Parts that stand in a time step beside others with values of the same letters, such as the RNN of the context."""
_LAYER = re.compile(r"layer(\d+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a net.

    Attributes:
        layer: counted from 1; None where there is only one.
        direction: "forward" or "backward" of a net that runs both ways, else empty.
        part: a part of the net that a parameter's name begins with, such as ``encoder``, or that values of the same
            letter have to be told apart by, such as ``prior``; else empty.
    """

    layer: int | None = None
    direction: str = ""
    part: str = ""


NOWHERE = Place()


def place_in_name(name: str) -> tuple[Place, str]:
    """``layer2.backward.W_h_z`` → (its place, ``W_h_z``)."""
    *prefixes, plain = name.split(".")
    layer: int | None = None
    direction, parts = "", []
    for prefix in prefixes:
        found = _LAYER.fullmatch(prefix)
        if found:
            layer = int(found[1])
        elif prefix in DIRECTIONS:
            direction = prefix
        else:
            parts.append(prefix)
    return (Place(layer, direction, ".".join(parts)) if prefixes else NOWHERE), plain


def place_of_scope(scope: Scope | None) -> Place:
    """The layer, the direction and the part beside others that a scope lies in."""
    layer: int | None = None
    direction = part = ""
    while scope is not None:
        if scope.kind is ScopeKind.LAYER and layer is None:
            layer = scope.number
        elif scope.kind is ScopeKind.PART and scope.name in DIRECTIONS:
            direction = scope.name
        elif scope.kind is ScopeKind.PART and scope.name in BESIDE:
            part = scope.name
        scope = scope.parent
    return Place(layer, direction, part) if layer is not None or direction or part else NOWHERE
