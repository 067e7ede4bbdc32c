"""A trained decoder of recurrent layers that runs free (see ``engine.decoding``), whatever it was told at its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.carried_states import as_arrays, on_tape, symbols_of
from engine.decoder_network import DecoderNetwork
from engine.decoding import Carried
from engine.model import Parameters
from engine.scratch_tape import scratch_tape
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor


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
        self._network, self._parameters = network, parameters
        with scratch_tape(parameters) as (tape, tensors):
            states, fixed = network(tape, tensors).begin(batch)
            self._symbols = symbols_of(states)
            self._fixed = tuple(fixed)
            self.start: Carried = {name: one.value for name, one in fixed.items()} | as_arrays(states)
        self.first: Array = np.full(batch.size, sizes.start, dtype=np.int64)

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,); returns the probabilities (N, K) of what comes next, and what is carried on."""
        with scratch_tape(self._parameters) as (tape, tensors):
            network = self._network(tape, tensors)
            fixed = {name: tape.constant(name, carried[name]) for name in self._fixed}
            states = on_tape(tape, self._symbols, carried)
            _, y, after = network.write(tape.input("x", ids), states, fixed)
        return y.value, {name: carried[name] for name in self._fixed} | as_arrays(after)
