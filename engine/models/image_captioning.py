"""Image captioning: a small convolutional network sees, a recurrent decoder says what, word by word (system B10).

Where the image enters, ``image_into``:
- ``state``: h^0 = tanh(φ W_0 + b_0) of the lowest layer; the other states begin at zero.
- ``first step`` (Show and Tell, Vinyals et al. 2015): φ W_0 + b_0 takes the place of a word at time step 1.
- ``every step``: φ stands beside every word, [e^t; φ].
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from engine.decoder_network import DECODER, Fixed, decoder_loss
from engine.dense import affine, affine_parameters
from engine.free_decoder import FreeDecoder
from engine.image_network import IMAGE_PART, IMAGE_SETTINGS, ImageNetwork
from engine.layers import Layers, States
from engine.model import MODELS, Parameters, ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.activations import tanh
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate
from engine.readout import answer, readout_parameters
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.teacher import TEACHER_SETTINGS
from engine.tensor import Tensor, state, variable

STATE, FIRST_STEP, EVERY_STEP = "state", "first step", "every step"
_PHI = "phi"


class ImageCaptioning:
    """See the module; e^t = W_embed[x^t], h^t = cell(e^t, h^(t−1)), y^t = softmax(h^t W_y + b_y)."""

    name = "image_captioning"
    settings = (
        *CELL_SETTINGS,
        Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for words.", 1, 100_000),
        *IMAGE_SETTINGS,
        Setting(
            "image_into", SettingKind.CHOICE, STATE,
            "Where the image enters the decoder: its first state, its first time step, or every one.",
            choices=(STATE, FIRST_STEP, EVERY_STEP),
        ),
        *TEACHER_SETTINGS,
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the image's network, W_0 and b_0, W_embed (V, M), the decoder's layers, W_y and b_y."""
        width, bias = settings.integer("embedding"), settings.switch("bias")
        image, layers = ImageNetwork(settings, sizes.image), _layers(settings)
        into = {STATE: layers.hidden, FIRST_STEP: width}.get(settings.text("image_into"))
        entry = () if into is None else affine_parameters(image.width, into, "0", bias=bias)
        return (
            *image.parameters(),
            *entry,
            ParameterSpec(f"{DECODER}.W_embed", (sizes.outputs, width), width, std=1.0),
            *layers.parameters(),
            *readout_parameters(layers.width, sizes, bias),
        )

    def numbers_beside(self, settings: Settings, sizes: Sizes) -> int:
        """Those of the image's network: as many as its maps have places."""
        return ImageNetwork(settings, sizes.image).numbers()

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record the image's network, the decoder and the loss."""
        network = _Network(settings, sizes, tape, parameters)
        before = int(settings.text("image_into") == FIRST_STEP)
        return decoder_loss(tape, network, batch, settings, sizes, before)

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> FreeDecoder:
        """Look at the images of a batch, to tell of them without a teacher."""
        return FreeDecoder(partial(_Network, settings, sizes), parameters, batch, sizes)


class _Network:
    """Image network and decoder with their parameters on a tape."""

    def __init__(self, settings: Settings, sizes: Sizes, tape: Tape, parameters: Mapping[str, Tensor]) -> None:
        self._tape, self._parameters = tape, parameters
        self._into = settings.text("image_into")
        self._image, self._layers = ImageNetwork(settings, sizes.image), _layers(settings)
        self._own = self._layers.own_parameters(parameters)

    def begin(self, batch: Batch) -> tuple[list[States], Fixed]:
        """Look at the images; the states before the first word, and what is seen at every step."""
        ((symbol, images),) = batch.inputs.items()
        phi = self._image.features(self._tape.input(symbol, images[0]), self._parameters)
        dtype = self._parameters["W_y"].value.dtype
        if self._into == STATE:
            return self._states_from(phi, batch.size, dtype), {}
        states = self._layers.initial_states(self._tape, batch.size, dtype, batch.states)
        if self._into == EVERY_STEP:
            return states, {_PHI: phi}
        with time_step(1), part(DECODER):
            with part(IMAGE_PART):
                e = variable("e", self._entry(phi))
            return self._layers.step(self._own, e, states), {}

    def _states_from(self, phi: Tensor, rows: int, dtype: np.dtype) -> list[States]:
        with part(DECODER), part("start"):
            h = state("h", tanh(variable("u", self._entry(phi))))
        first, *others = (
            [*self._layers.cell.states(self._layers.settings)] for _ in range(self._layers.depth)
        )
        zeros = np.zeros((rows, self._layers.hidden), dtype=dtype)
        lowest = (h, *(self._tape.initial_state(name, zeros) for name in first[1:]))
        return [lowest, *(tuple(self._tape.initial_state(name, zeros) for name in names) for names in others)]

    def _entry(self, phi: Tensor) -> Tensor:
        """φ W_0 + b_0."""
        return affine(phi, self._parameters, "0")

    def write(self, x: Tensor, states: list[States], fixed: Fixed) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step that reads ids x (N,): v, y = softmax(v), and the states after it."""
        with part("embedding"):
            e = variable("e", take_rows(self._parameters[f"{DECODER}.W_embed"], x))
        if _PHI in fixed:
            e = variable("e_phi", concatenate(e, fixed[_PHI], axis=1))
        states = self._layers.step(self._own, e, states)
        v, y = answer(states[-1][0], self._parameters, Answer.CLASSES)
        return v, y, states


def _layers(settings: Settings) -> Layers:
    beside = settings.integer("features") if settings.text("image_into") == EVERY_STEP else 0
    return Layers(settings, settings.integer("embedding") + beside, f"{DECODER}.")


MODELS.add(ImageCaptioning.name, ImageCaptioning())
