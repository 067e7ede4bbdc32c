"""A decoder of recurrent layers, as it is trained; ``engine.free_decoder`` lets it run free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.layers import States
from engine.readout import answer_loss, answers_by_step, whole_loss
from engine.scope import part, time_step
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.teacher import read_next
from engine.tensor import Tensor

DECODER = "decoder"
Fixed = Mapping[str, Tensor]
"""What the decoder knows of its source and sees again at every step, by name."""


class DecoderNetwork(Protocol):
    """A network with its parameters on a tape."""

    def begin(self, batch: Batch) -> tuple[list[States], Fixed]:
        """Record the reading of the sources: the states before the first step, and what stays the same."""

    def write(self, x: Tensor, states: list[States], fixed: Fixed) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step that reads ids x (N,): v, y = softmax(v), and the states after it."""


def decoder_loss(
    tape: Tape, network: DecoderNetwork, batch: Batch, settings: Settings, sizes: Sizes, before: int
) -> Tensor:
    """Record the reading of the sources, the answers and the mean of their losses.

    Args:
        before: time steps before the decoder's first.
    """
    states, fixed = network.begin(batch)
    (targets,) = batch.targets.values()
    losses: list[Tensor] = []
    y: Tensor | None = None
    for t, target in enumerate(targets):
        with time_step(before + t + 1):
            with part(DECODER):
                x = read_next(tape, batch, settings, sizes, t, y, losses)
                v, y, states = network.write(x, states, fixed)
            losses.append(answer_loss(tape, v, y, target, Answer.CLASSES))
    return whole_loss(losses, Answer.CLASSES, answers_by_step(batch, Answer.CLASSES))
