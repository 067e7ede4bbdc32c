"""Visual question answering: a recurrent network reads the question, a convolutional one sees, both meet (system B11).

After Antol et al. 2015 (arXiv 1505.00468), “deeper LSTM Q + norm I”: the image's features are divided by their length,
image and question brought to the same width, and multiplied element by element.

The question is read in the time steps 1 … T; T+1 is that of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from engine.dense import affine, affine_parameters
from engine.image_network import IMAGE_PART, IMAGE_SETTINGS, ImageNetwork
from engine.layers import Layers, States
from engine.model import MODELS, ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.activations import tanh
from engine.ops.lookups import take_rows
from engine.ops.masks import maximum
from engine.ops.reductions import l2_norm
from engine.ops.shapes import concatenate
from engine.readout import answer, answer_loss, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.tensor import Tensor, variable

QUESTION, MEETING = "question", "meeting"
_LEAST_NORM = 1e-12
"""No image's features are divided by less."""


class VisualQuestionAnswering:
    """φ̂ = φ / ‖φ‖, p = tanh(φ̂ W_p + b_p), q = tanh([states] W_q + b_q), y = softmax((q ⊙ p) W_y + b_y)."""

    name = "visual_question_answering"
    settings = (
        *CELL_SETTINGS,
        Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for words.", 1, 100_000),
        *IMAGE_SETTINGS,
        Setting(
            "normalized", SettingKind.SWITCH, True, "Whether the image's features are divided by their length."
        ),
        Setting("common", SettingKind.INTEGER, 32, "Width at which question and image are multiplied.", 1, 100_000),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the image's network, W_embed (V, M), the layers, W_p, b_p, W_q, b_q, W_y, b_y."""
        width, bias, common = settings.integer("embedding"), settings.switch("bias"), settings.integer("common")
        image, layers = ImageNetwork(settings, sizes.image), _layers(settings)
        question = layers.depth * len(layers.cell.states(settings)) * layers.hidden
        return (
            *image.parameters(),
            ParameterSpec(f"{QUESTION}.W_embed", (sizes.inputs, width), width, std=1.0),
            *layers.parameters(),
            *affine_parameters(image.width, common, "p", bias=bias),
            *affine_parameters(question, common, "q", bias=bias),
            *readout_parameters(common, sizes, bias),
        )

    def numbers_beside(self, settings: Settings, sizes: Sizes) -> int:
        """Those of the image's network: as many as its maps have places."""
        return ImageNetwork(settings, sizes.image).numbers()

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record the image's network, the question's, the meeting of both and the loss."""
        (words_symbol, _), (image_symbol, images) = batch.inputs.items()
        phi = ImageNetwork(settings, sizes.image).features(tape.input(image_symbol, images[0]), parameters)
        layers, (targets,) = _layers(settings), batch.targets.values()
        states = layers.initial_states(tape, batch.size, parameters["W_y"].value.dtype, {})
        steps = [partial(_read, tape, parameters, batch, words_symbol, t) for t in range(batch.length)]
        for _ in layers.over_time(tape, parameters, steps, states):
            pass
        with time_step(batch.length + 1):
            with part(MEETING):
                met = _meet(tape, phi, states, parameters, settings.switch("normalized"))
            v, y = answer(met, parameters, Answer.CLASSES)
            losses = [answer_loss(tape, v, y, targets[0], Answer.CLASSES)]
        return whole_loss(losses, Answer.CLASSES, [1.0])


def _read(
    tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, symbol: str, t: int
) -> tuple[Tensor, Tensor | None]:
    """What enters the layers at time t, from 0: the word's vector, and whether there is a word."""
    with part(QUESTION):
        x = tape.input(symbol, batch.inputs[symbol][t])
        with part("embedding"):
            e = variable("e", take_rows(parameters[f"{QUESTION}.W_embed"], x))
        if batch.mask is None:
            return e, None
        return e, tape.constant("m", batch.mask[t][:, np.newaxis].astype(e.value.dtype))


def _meet(
    tape: Tape, phi: Tensor, states: list[States], parameters: Mapping[str, Tensor], normalized: bool
) -> Tensor:
    """Record q ⊙ p (N, common)."""
    with part(IMAGE_PART):
        if normalized:
            least = tape.constant("least", phi.value.dtype.type(_LEAST_NORM))
            length = variable("norm", maximum(l2_norm(phi), least))
            phi = variable("phi_hat", phi / length)
        p = _squashed("p", phi, parameters)
    with part(QUESTION):
        ends = [one for layer in states for one in layer]
        q = _squashed("q", variable("hs", concatenate(*ends, axis=1)) if len(ends) > 1 else ends[0], parameters)
    return variable("qp", q * p)


def _squashed(name: str, x: Tensor, parameters: Mapping[str, Tensor]) -> Tensor:
    """tanh(x W + b)."""
    return variable(name, tanh(variable("u", affine(x, parameters, name))))


def _layers(settings: Settings) -> Layers:
    return Layers(settings, settings.integer("embedding"), f"{QUESTION}.", QUESTION)


MODELS.add(VisualQuestionAnswering.name, VisualQuestionAnswering())
