"""The Transformer: an encoder and a decoder of attention alone (Vaswani et al. 2017; system B9).

Both work on all positions at once. Only without a teacher the decoder goes step by step, T+1 … T+T', since it reads
what it has answered; keys and values of former steps are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import numpy as np

from engine.decoding import Carried
from engine.errors import SettingError
from engine.model import MODELS, Parameters, ParameterSpec
from engine.ops.arithmetic import scale
from engine.ops.lookups import argmax, take_rows
from engine.ops.shapes import reshape, taken_at
from engine.readout import answer, answer_loss, answers_by_step, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.scratch_tape import scratch_tape
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.tensor import Array, Tensor, variable
from engine.transformer.layers import Form, Layer
from engine.transformer.masks import future_mask, padding_mask
from engine.transformer.multi_head import KeysAndValues
from engine.transformer.positions import positions
from engine.transformer.sublayer import AFTER, BEFORE, NORM_PLACES, layer_norm, norm_parameters

ON, OFF = "on", "off"
ENCODER, DECODER = "encoder", "decoder"
_SOURCE, _PAST, _PADDING = "source/", "past/", "padding"
_ARRAYS_OF_SCORES = 10
"""Of an attention, forward and backward, at most."""
_ROWS_AT_ONCE = 128
"""Sources that are read together where nobody looks at the tape."""


class Transformer:
    """See the module; h^0 = √d_model e + PE, layer by layer h, v = h W_y + b_y, y = softmax(v)."""

    name = "transformer"
    settings = (
        Setting("layers", SettingKind.INTEGER, 2, "Number of layers on top of each other.", 1, 64),
        Setting("width", SettingKind.INTEGER, 32, "Width d_model of what every layer passes on.", 1, 100_000),
        Setting("heads", SettingKind.INTEGER, 8, "Number of heads of every attention.", 1, 1000),
        Setting(
            "feed_forward", SettingKind.INTEGER, 64, "Width of the feed-forward network at every position.",
            1, 1_000_000,
        ),
        Setting(
            "layer_norm", SettingKind.CHOICE, AFTER,
            "Where each part of a layer is normalised: after it, as in the paper, or before.", choices=NORM_PLACES,
        ),
        Setting("bias", SettingKind.SWITCH, False, "Whether the projections of attention have biases."),
        Setting(
            "teacher_forcing", SettingKind.CHOICE, ON,
            "What the decoder reads in training: the truth, all positions at once, or its own answers, step by step.",
            choices=(ON, OFF),
        ),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Embeddings (V, d_model), the layers of the encoder, those of the decoder, W_y and b_y.

        Raises:
            SettingError: the width cannot be shared out evenly among the heads.
        """
        form, depth = Form.of(settings), settings.integer("layers")
        if form.width % form.heads:
            raise SettingError(
                "The width {width} cannot be shared out evenly among {heads} heads: choose a multiple of {heads}.",
                width=form.width, heads=form.heads,
            )  # fmt: skip
        specs: list[ParameterSpec] = []
        for stack, symbols in ((ENCODER, sizes.inputs), (DECODER, sizes.outputs)):
            specs.append(ParameterSpec(f"{stack}.W_embed", (symbols, form.width), form.width))
            specs += [spec for number in range(1, depth + 1) for spec in form.parameters(stack, number)]
            if form.norm == BEFORE:
                specs += [spec.placed(f"{stack}.norm.") for spec in norm_parameters(form.width)]
        return (*specs, *readout_parameters(form.width, sizes, bias=True))

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record encoder, decoder and the loss."""
        network = _Network(tape, parameters, settings)
        source, padding = network.read(batch)
        if settings.text("teacher_forcing") == ON:
            return _with_teacher(network, source, padding, batch, sizes.start)
        return _step_by_step(network, source, padding, batch, sizes.start)

    def numbers_beside(self, settings: Settings, sizes: Sizes) -> int:
        """Scores and weights of all heads: whatever asks, times whatever is looked at."""
        return _ARRAYS_OF_SCORES * settings.integer("layers") * settings.integer("heads") * sizes.length**2

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> FreeDecoder:
        """Read the sources of a batch, to answer without a teacher."""
        return FreeDecoder(parameters, batch, settings, sizes)


class _Network:
    """Encoder and decoder with their parameters on a tape."""

    def __init__(self, tape: Tape, parameters: Mapping[str, Tensor], settings: Settings) -> None:
        self.tape, self.parameters = tape, parameters
        self.form, depth = Form.of(settings), settings.integer("layers")
        self.encoder, self.decoder = (
            [Layer(self.form, stack, number, parameters) for number in range(1, depth + 1)]
            for stack in (ENCODER, DECODER)
        )
        self.dtype = parameters["W_y"].value.dtype

    def read(self, batch: Batch) -> tuple[Tensor, Tensor | None]:
        """Record the encoder over a source (T, N): (N, T, d_model), and the mask of its padding."""
        ((symbol, source),) = batch.inputs.items()
        padding = None
        with part(ENCODER):
            if batch.mask is not None:
                padding = self.tape.constant("padding", padding_mask(batch.mask).astype(self.dtype))
            h = self._placed(ENCODER, self.tape.input(symbol, source.T))
            for layer in self.encoder:
                h = layer.encode(h, padding)
            return self._whole(ENCODER, h), padding

    def write(
        self, x: Tensor, source: Tensor, padding: Tensor | None, future: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Record the decoder over ids x (N, T'), all at once: v and y (N, T', K)."""
        with part(DECODER):
            h = self._placed(DECODER, x)
            for layer in self.decoder:
                h, _ = layer.decode(h, source, padding, future)
            return answer(self._whole(DECODER, h), self.parameters, Answer.CLASSES)

    def keys_of(self, source: Tensor) -> list[KeysAndValues]:
        """Record what every layer of the decoder makes of the source once for all steps."""
        with part(DECODER):
            return [layer.keys_of(source) for layer in self.decoder]

    def write_next(
        self, x: Tensor, sources: list[KeysAndValues], padding: Tensor | None, past: list[KeysAndValues]
    ) -> tuple[Tensor, Tensor, list[KeysAndValues]]:
        """Record the decoder at one position, ids x (N,): v and y (N, K), and K and V of all positions so far."""
        present: list[KeysAndValues] = []
        with part(DECODER):
            h = self._placed(DECODER, x, past[0].K.shape[2] if past else 0)
            for number, layer in enumerate(self.decoder):
                h, kept = layer.decode(h, sources[number], padding, None, past[number] if past else None)
                present.append(kept)
            h = variable("h", taken_at(self._whole(DECODER, h), at=0, axis=1))
            return *answer(h, self.parameters, Answer.CLASSES), present

    def _placed(self, stack: str, ids: Tensor, first: int = 0) -> Tensor:
        """h^0 = √d_model e + PE of ids (N, T), or of ids (N,) of one position, (N, T or 1, d_model)."""
        with part("embedding"):
            if ids.value.ndim == 1:
                ids = variable(ids.symbol, reshape(ids, shape=(-1, 1)))
            e = variable("e", take_rows(self.parameters[f"{stack}.W_embed"], ids))
        with part("positions"):
            encoded = positions(ids.shape[1], self.form.width, first).astype(self.dtype)
            return variable("h", scale(e, factor=sqrt(self.form.width)) + self.tape.constant("PE", encoded))

    def _whole(self, stack: str, h: Tensor) -> Tensor:
        """What a stack passes on; where its layers normalise before their parts, the last one is done here."""
        if self.form.norm == AFTER:
            return h
        own = {name: self.parameters[f"{stack}.norm.{name}"] for name in ("gamma", "beta")}
        with part("norm"):
            return variable("h", layer_norm(h, own))


def _with_teacher(
    network: _Network, source: Tensor, padding: Tensor | None, batch: Batch, start: int
) -> Tensor:
    """The decoder reads the truth, shifted by one; from the future it is kept by a mask."""
    tape, (targets,) = network.tape, batch.targets.values()
    with part(DECODER):
        read = np.vstack([np.full((1, batch.size), start, dtype=np.int64), targets[:-1]])
        x = tape.input("x", read.T)
        future = tape.constant("future", future_mask(len(targets)).astype(network.dtype))
    v, y = network.write(x, source, padding, future)
    return whole_loss([answer_loss(tape, v, y, targets.T, Answer.CLASSES)], Answer.CLASSES, [1.0])


def _step_by_step(
    network: _Network, source: Tensor, padding: Tensor | None, batch: Batch, start: int
) -> Tensor:
    """The decoder reads its own answers."""
    tape, (targets,) = network.tape, batch.targets.values()
    sources, past, losses = network.keys_of(source), list[KeysAndValues](), list[Tensor]()
    y: Tensor | None = None
    for t, target in enumerate(targets):
        with time_step(batch.length + t + 1):
            with part(DECODER):
                if y is None:
                    x = tape.input("x", np.full(batch.size, start, dtype=np.int64))
                else:
                    x = variable("x", argmax(y))
            v, y, past = network.write_next(x, sources, padding, past)
            losses.append(answer_loss(tape, v, y, target, Answer.CLASSES))
    return whole_loss(losses, Answer.CLASSES, answers_by_step(batch, Answer.CLASSES))


class FreeDecoder:
    """A trained decoder that runs free (see ``engine.decoding``).

    Attributes:
        start, first: what the first step takes.
    """

    def __init__(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> None:
        self._parameters, self._settings = parameters, settings
        self.first: Array = np.full(batch.size, sizes.start, dtype=np.int64)
        pieces = [self._read(batch.rows(at, at + _ROWS_AT_ONCE)) for at in range(0, batch.size, _ROWS_AT_ONCE)]
        self.start: Carried = {name: np.concatenate([one[name] for one in pieces]) for name in pieces[0]}

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,); returns the probabilities (N, K) of what comes next, and what is carried on."""
        with scratch_tape(self._parameters) as (tape, tensors):
            network = _Network(tape, tensors, self._settings)
            given = {name: tape.constant(name, value) for name, value in carried.items()}
            sources, past = _kept(given, _SOURCE), _kept(given, _PAST)
            _, y, present = network.write_next(tape.input("x", ids), sources, given.get(_PADDING), past)
        fixed = {name: value for name, value in carried.items() if not name.startswith(_PAST)}
        return y.value, fixed | _as_arrays(_PAST, present)

    def _read(self, batch: Batch) -> dict[str, Array]:
        """What the decoder must know of some of the sources; a few at a time, so that it fits into memory."""
        with scratch_tape(self._parameters) as (tape, tensors):
            network = _Network(tape, tensors, self._settings)
            source, padding = network.read(batch)
            made = _as_arrays(_SOURCE, network.keys_of(source))
        return made if padding is None else {_PADDING: padding.value, **made}


def _kept(given: Mapping[str, Tensor], prefix: str) -> list[KeysAndValues]:
    """K and V, layer by layer, of what ``_as_arrays`` wrote."""
    count = sum(name.startswith(prefix) for name in given) // 2
    return [KeysAndValues(given[f"{prefix}{at}/K"], given[f"{prefix}{at}/V"]) for at in range(count)]


def _as_arrays(prefix: str, kept: list[KeysAndValues]) -> dict[str, Array]:
    return {
        f"{prefix}{at}/{name}": tensor.value
        for at, one in enumerate(kept)
        for name, tensor in (("K", one.K), ("V", one.V))
    }


MODELS.add(Transformer.name, Transformer())
