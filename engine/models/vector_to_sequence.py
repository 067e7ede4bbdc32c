"""From a vector to a sequence: the same input at every step, the output fed back into the next one (systems A17)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.layers import Layers
from engine.model import MODELS, ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.activations import stop_gradient
from engine.ops.shapes import concatenate
from engine.readout import answer, answer_loss, answers_by_step, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor, variable

OUTPUT, CUT, NOTHING = "output", "output-cut", "nothing"


class VectorToSequence:
    """h^t = cell([x ; y^(t−1)], h^(t−1)), y^t = g(h^t W_y + b_y), y^0 = 0.

    ``Sizes.inputs`` is the width of the vector. A batch repeats it: its inputs (T, N, D) are alike at all T time steps.
    """

    name = "vector_to_sequence"
    settings = (
        *CELL_SETTINGS,
        Setting(
            "feedback", SettingKind.CHOICE, OUTPUT,
            "What enters the next time step: the output, the output without a way back for the gradient, or nothing.",
            choices=(OUTPUT, CUT, NOTHING),
        ),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of all layers, W_y (H, K) and b_y; what enters the first layer is D + K wide."""
        layers = _layers(settings, sizes)
        return (*layers.parameters(), *readout_parameters(layers.width, sizes, settings.switch("bias")))

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record all time steps and the loss."""
        ((symbol, vectors),) = batch.inputs.items()
        (targets,) = batch.targets.values()
        layers, dtype = _layers(settings, sizes), parameters["W_y"].value.dtype
        own = layers.own_parameters(parameters)
        states = layers.initial_states(tape, batch.size, dtype, batch.states)
        feedback, losses, mask = settings.text("feedback"), [], None
        y = None if feedback == NOTHING else tape.constant("y", np.zeros((batch.size, sizes.outputs), dtype=dtype))
        for t, (vector, target) in enumerate(zip(vectors, targets, strict=True)):
            with time_step(t + 1):
                x = tape.input(symbol, vector)
                if batch.mask is not None:
                    mask = tape.constant("m", batch.mask[t][:, np.newaxis].astype(dtype))
                if y is not None:
                    x = _joined(x, y, cut=feedback == CUT and t > 0)
                states = layers.step(own, x, states, mask)
                v, made = answer(states[-1][0], parameters, sizes.answer)
                losses.append(answer_loss(tape, v, made, target, sizes.answer, mask))
                y = None if y is None else made
        return whole_loss(losses, sizes.answer, answers_by_step(batch, sizes.answer))


def _layers(settings: Settings, sizes: Sizes) -> Layers:
    return Layers(settings, sizes.inputs + (0 if settings.text("feedback") == NOTHING else sizes.outputs))


def _joined(x: Tensor, y: Tensor, cut: bool) -> Tensor:
    """What enters the first layer: [x ; y^(t−1)]."""
    with part("feedback"):
        return variable("x_y", concatenate(x, stop_gradient(y) if cut else y, axis=1))


MODELS.add(VectorToSequence.name, VectorToSequence())
