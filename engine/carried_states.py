"""The states of recurrent layers as arrays, carried from one step of a free decoder to the next on another tape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.layers import States
from engine.tape import Tape
from engine.tensor import Array

Symbols = list[tuple[str, ...]]
"""What the states of every layer are called."""


def symbols_of(states: Sequence[States]) -> Symbols:
    """Layer by layer."""
    return [tuple(one.symbol for one in layer) for layer in states]


def as_arrays(states: Sequence[States]) -> dict[str, Array]:
    """Their values (N, H), by layer and place; ``on_tape`` reads them."""
    return {
        f"{number}/{place}": one.value for number, layer in enumerate(states) for place, one in enumerate(layer)
    }


def on_tape(tape: Tape, symbols: Symbols, arrays: Mapping[str, Array]) -> list[States]:
    """States that a step begins with, out of what ``as_arrays`` made."""
    return [
        tuple(tape.initial_state(symbol, arrays[f"{number}/{place}"]) for place, symbol in enumerate(layer))
        for number, layer in enumerate(symbols)
    ]
