"""Which stack of a network asks in an attention, and which is looked at. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from engine.tensor import Tensor

ENCODER, DECODER = "encoder", "decoder"
_SELF = "self attention"


@dataclass(frozen=True)
class Stacks:
    """Names of stacks; empty where the network has but one.

    Attributes:
        asks, looked_at: of the stacks.
        own: whether it is the same sequence that asks and is looked at.
    """

    asks: str
    looked_at: str
    own: bool


def stacks_of(step: Tensor) -> Stacks:
    """Those of an attention, by the places that its steps have names for.

    A stack that attends to itself says so (``self attention``); all else is looked at by a decoder in a source.
    """
    names = [scope.name for scope in step.scope.line()]
    asks = next((name for name in (ENCODER, DECODER) if name in names), "")
    own = _SELF in names
    return Stacks(asks, asks if own else ENCODER, own)
