"""A hierarchical encoder–decoder that runs free: it says every utterance on its own, after the true ones before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.carried_states import as_arrays, on_tape, symbols_of
from engine.decoding import Carried
from engine.hierarchy import Hierarchy
from engine.model import Parameters
from engine.scratch_tape import scratch_tape
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor

_STEP, _SUMMARY, _START = "step", "summaries", "start of "

Summaries = Callable[[Hierarchy], list[Tensor]]
"""Records what the decoder knows (N, S) before each utterance that it says."""


class DialogueDecoder:
    """See the module and ``engine.decoding.Decoder``: the utterances follow one another, L words each.

    Attributes:
        start, first: what the first step takes.
    """

    def __init__(
        self,
        parameters: Parameters,
        batch: Batch,
        settings: Settings,
        sizes: Sizes,
        summaries: Summaries,
        latent: int = 0,
    ) -> None:
        self._parameters, self._batch, self._settings, self._sizes = parameters, batch, settings, sizes
        self._latent = latent
        with scratch_tape(parameters) as (tape, tensors):
            network = self._network(tape, tensors)
            known = summaries(network)
            starts = [network.begin(summary) for summary in known]
        self._length = network.length
        self._symbols = symbols_of(starts[0])
        by_utterance = [as_arrays(states) for states in starts]
        self.first: Array = np.full(batch.size, sizes.start, dtype=np.int64)
        self.start: Carried = {
            _STEP: np.zeros(batch.size, dtype=np.int64),
            _SUMMARY: np.stack([summary.value for summary in known], axis=1),
            **{_START + name: np.stack([one[name] for one in by_utterance], axis=1) for name in by_utterance[0]},
        }

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,), of which the first step of an utterance takes no notice; returns probabilities (N, K)."""
        utterance, place = divmod(int(carried[_STEP][0]), self._length)
        names = [name.removeprefix(_START) for name in carried if name.startswith(_START)]
        if place == 0:
            ids = np.full(len(ids), self._sizes.start, dtype=np.int64)
            before = {name: carried[_START + name][:, utterance] for name in names}
        else:
            before = {name: carried[name] for name in names}
        with scratch_tape(self._parameters) as (tape, tensors):
            states = on_tape(tape, self._symbols, before)
            summary = tape.constant("c", carried[_SUMMARY][:, utterance])
            _, y, after = self._network(tape, tensors).write(tape.input("x", ids), states, summary)
        fixed = {name: value for name, value in carried.items() if name == _SUMMARY or name.startswith(_START)}
        return y.value, {_STEP: carried[_STEP] + 1, **fixed, **as_arrays(after)}

    def _network(self, tape: Tape, tensors: Mapping[str, Tensor]) -> Hierarchy:
        return Hierarchy(tape, tensors, self._batch, self._settings, self._sizes, self._latent)
