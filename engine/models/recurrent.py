"""A recurrent network of any cell: stacked, in one direction or both, over values or words (A3, A6–A20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from engine.cell import CELLS
from engine.layers import Layers, States, TimeStep
from engine.model import MODELS, ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate, part_of
from engine.readout import answer, answer_loss, answers_by_step, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor, variable


def _shared(setting: Setting) -> Setting:
    """A setting that has an effect on some cells only: on those that say that they use it."""
    return replace(setting, only_with=("cell", tuple(name for name in CELLS if setting.name in CELLS[name].uses)))


CELL_SETTINGS = (
    Setting("cell", SettingKind.CHOICE, "rnn", "Recurrent cell of every layer.", choices=tuple(CELLS)),
    Setting("hidden", SettingKind.INTEGER, 16, "Number of units in the hidden layer.", 1, 1_000_000),
    Setting("layers", SettingKind.INTEGER, 1, "Number of layers on top of each other.", 1, 64),
    *(setting for name in CELLS for setting in CELLS[name].settings),
    _shared(
        Setting(
            "activation", SettingKind.CHOICE, "tanh", "Activation function of the hidden layer.",
            choices=tuple(ACTIVATIONS),
        )
    ),
    Setting("bias", SettingKind.SWITCH, True, "Whether the layers have biases."),
)  # fmt: skip
"""Settings of every model made of recurrent cells."""

TRUNCATION = Setting(
    "truncation", SettingKind.INTEGER, 0, "Length of truncated BPTT in time steps; 0 for none.", 0, 100_000
)


class Recurrent:
    """h^t = cell(x^t, h^(t−1)) layer by layer, v^t = h^t W_y + b_y; what y and the loss are, the task decides."""

    name = "recurrent"
    settings = (
        *CELL_SETTINGS,
        Setting("bidirectional", SettingKind.SWITCH, False, "Whether every layer also reads from the end back."),
        TRUNCATION,
        Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for words.", 1, 100_000),
        Setting(
            "embedding_std", SettingKind.NUMBER, 0.1, "Standard deviation of these vectors at the start.", 0.0, 1000.0
        ),
        Setting(
            "time_layers", SettingKind.SWITCH, False,
            "Words: embedding and read-out as one product over all time steps (TimeEmbedding, TimeAffine).",
        ),
    )  # fmt: skip

    def idle(self, sizes: Sizes) -> tuple[str, ...]:
        """What concerns words where there are none; one product over all time where only the end is judged."""
        if not sizes.vocabulary:
            return ("embedding", "embedding_std", "time_layers")
        return ("time_layers",) if sizes.at_end else ()

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """W_embed (V, M) if the task has words, those of all layers, W_y and b_y."""
        width = settings.integer("embedding") if sizes.vocabulary else sizes.inputs
        std = settings.number("embedding_std")
        embedding = (ParameterSpec("W_embed", (sizes.inputs, width), width, std=std),)
        layers = Layers(settings, width)
        return (
            *(embedding if sizes.vocabulary else ()),
            *layers.parameters(),
            *readout_parameters(layers.width, sizes, settings.switch("bias")),
        )

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record all time steps and the loss."""
        W_embed, W_y = parameters.get("W_embed"), parameters["W_y"]
        layers = Layers(settings, sizes.inputs if W_embed is None else W_embed.value.shape[1])
        states = layers.initial_states(tape, batch.size, W_y.value.dtype, batch.states)
        (targets,) = batch.targets.values()
        if W_embed is not None and settings.switch("time_layers") and not sizes.at_end:
            e = _time_embedding(tape, W_embed, batch)
            steps, _ = _steps(tape, batch, W_y, partial(_cut, e, batch))
            hs = list(layers.over_time(tape, parameters, steps, states))
            with part("time_affine"):
                v, y = answer(concatenate(*hs, axis=0), parameters, sizes.answer)
                mask = None
                if batch.mask is not None:
                    mask = tape.constant("m", batch.mask.reshape(-1, 1).astype(v.value.dtype))
                rows = targets.reshape(-1, *targets.shape[2:])
                return whole_loss([answer_loss(tape, v, y, rows, sizes.answer, mask)], sizes.answer, [1.0])
        steps, masks = _steps(tape, batch, W_y, partial(_input, tape, W_embed, batch))
        if sizes.at_end:
            for _ in layers.over_time(tape, parameters, steps, states):
                pass
            with time_step(batch.length):
                v, y = answer(_at_end(layers, states), parameters, sizes.answer)
                losses = [answer_loss(tape, v, y, targets[0], sizes.answer)]
            return whole_loss(losses, sizes.answer, [1.0])
        losses = []
        for t, (h, target) in enumerate(zip(layers.over_time(tape, parameters, steps, states), targets, strict=True)):
            with time_step(t + 1):
                v, y = answer(h, parameters, sizes.answer)
                losses.append(answer_loss(tape, v, y, target, sizes.answer, masks[t] if masks else None))
        return whole_loss(losses, sizes.answer, answers_by_step(batch, sizes.answer))


def _steps(
    tape: Tape, batch: Batch, like: Tensor, input_at: Callable[[int], Tensor]
) -> tuple[list[TimeStep], list[Tensor]]:
    """What enters the first layer, time step by time step, and the masks (N, 1), which are recorded with it."""
    masks: list[Tensor] = []

    def record(t: int) -> tuple[Tensor, Tensor | None]:
        x = input_at(t)
        if batch.mask is None:
            return x, None
        masks.append(tape.constant("m", batch.mask[t][:, np.newaxis].astype(like.value.dtype)))
        return x, masks[t]

    return [partial(record, t) for t in range(batch.length)], masks


def _input(tape: Tape, W_embed: Tensor | None, batch: Batch, t: int) -> Tensor:
    """x^t; a word is looked up in W_embed."""
    ((symbol, inputs),) = batch.inputs.items()
    x = tape.input(symbol, inputs[t])
    if W_embed is None:
        return x
    with part("embedding"):
        return variable("e", take_rows(W_embed, x))


def _time_embedding(tape: Tape, W_embed: Tensor, batch: Batch) -> Tensor:
    """The words of all time steps, looked up by one operation: (T·N, M)."""
    ((symbol, words),) = batch.inputs.items()
    with part("time_embedding"):
        return variable("e", take_rows(W_embed, tape.input(symbol, words.ravel())))


def _cut(e: Tensor, batch: Batch, t: int) -> Tensor:
    with part("embedding"):
        return variable("e", part_of(e, start=t * batch.size, stop=(t + 1) * batch.size, axis=0))


def _at_end(layers: Layers, states: list[States]) -> Tensor:
    """What the top layer knows of the whole sequence: h^T, and in the other direction h^1."""
    last = [ends[0] for ends in states[-len(layers.directions) :]]
    return last[0] if len(last) == 1 else variable("h", concatenate(*last, axis=1))


MODELS.add(Recurrent.name, Recurrent())
