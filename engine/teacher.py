"""What a decoder reads while it learns: the truth, its own answers, or either by chance (teacher forcing, B1)."""

from __future__ import annotations

import numpy as np

from engine.ops.lookups import argmax
from engine.ops.masks import choose
from engine.scope import part
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor, variable

ON, OFF, BY_PROBABILITY = "on", "off", "probability"
CHANCE = "chance"
"""Key of ``Batch.about``: (N, T') numbers between 0 and 1; truth is read where the number is below the probability."""

TEACHER_SETTINGS = (
    Setting(
        "teacher_forcing", SettingKind.CHOICE, ON,
        "What the decoder reads in training: the truth, its own answers, or either by chance.",
        choices=(ON, OFF, BY_PROBABILITY),
    ),
    Setting(
        "forcing_probability", SettingKind.NUMBER, 0.5, "How probable it is that the decoder reads the truth.",
        0.0, 1.0, only_with=("teacher_forcing", (BY_PROBABILITY,)),
    ),
)  # fmt: skip


def read_next(
    tape: Tape, batch: Batch, settings: Settings, sizes: Sizes, t: int, y: Tensor | None, losses: list[Tensor]
) -> Tensor:
    """Record what the decoder reads at its step t, from 0: the start, the truth of the step before, or its own answer.

    Args:
        y: its answer of the step before; None at the first.
        losses: of all steps before; the truth that is chosen is the target of the last.
    """
    if y is None:
        return tape.input("x", np.full(batch.size, sizes.start, dtype=np.int64))
    (targets,) = batch.targets.values()
    forcing = settings.text("teacher_forcing")
    if forcing == ON:
        return tape.input("x", targets[t - 1])
    with part("teacher"):
        own = argmax(y)
        if forcing == OFF:
            return variable("x", own)
        chance = batch.about.get(CHANCE)
        forced = np.zeros(batch.size) if chance is None else chance[:, t] < settings.number("forcing_probability")
        truth = losses[-1].inputs[1]
        return variable("x", choose(tape.constant("forced", forced.astype(np.int64)), truth, own))
