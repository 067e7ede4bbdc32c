"""A trained decoder of recurrent layers that runs free (see ``engine.decoding``), whatever it was told at its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from engine.decoding import Carried
from engine.layers import States
from engine.model import Parameters
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor

Fixed = Mapping[str, Tensor]
"""What the decoder knows of its source and sees again at every step, by name."""


class DecoderNetwork(Protocol):
    """A network with its parameters on a tape."""

    def begin(self, batch: Batch) -> tuple[list[States], Fixed]:
        """Record the reading of the sources: the states before the first step, and what stays the same."""

    def write(self, x: Tensor, states: list[States], fixed: Fixed) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step that reads ids x (N,): v, y = softmax(v), and the states after it."""


class FreeDecoder:
    """Steps a network, each time on a tape of its own.

    Attributes:
        start, first: what the first step takes.
    """

    def __init__(
        self, network: Callable[[Tape, Mapping[str, Tensor]], DecoderNetwork], parameters: Parameters, batch: Batch,
        sizes: Sizes,
    ) -> None:  # fmt: skip
        """Read the sources of a batch; ``network`` is made of a tape and the parameters on it."""
        self._made, self._parameters = network, parameters
        tape = Tape()
        with tape.recording(), np.errstate(all="ignore"):
            states, fixed = self._network(tape).begin(batch)
        self._symbols = [tuple(one.symbol for one in layer) for layer in states]
        self._fixed = {name: tensor.value for name, tensor in fixed.items()}
        self.first: Array = np.full(batch.size, sizes.start, dtype=np.int64)
        self.start: Carried = {**self._fixed, **_as_arrays(states)}
        tape.release()

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,); returns the probabilities (N, K) of what comes next, and what is carried on."""
        tape = Tape()
        with tape.recording(), np.errstate(all="ignore"):
            network = self._network(tape)
            fixed = {name: tape.constant(name, carried[name]) for name in self._fixed}
            states = [
                tuple(tape.initial_state(name, carried[f"{number}/{place}"]) for place, name in enumerate(symbols))
                for number, symbols in enumerate(self._symbols)
            ]
            _, y, after = network.write(tape.input("x", ids), states, fixed)
        kept = {name: carried[name] for name in self._fixed} | _as_arrays(after)
        probabilities = np.asarray(y.value)
        tape.release()
        return probabilities, kept

    def _network(self, tape: Tape) -> DecoderNetwork:
        return self._made(tape, {name: tape.parameter(name, value) for name, value in self._parameters.items()})


def _as_arrays(states: list[States]) -> dict[str, Array]:
    return {
        f"{number}/{place}": one.value for number, layer in enumerate(states) for place, one in enumerate(layer)
    }
