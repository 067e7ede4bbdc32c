"""Sequence to sequence: an encoder reads the source, a decoder writes the answer, with or without attention (B1–B3).

Time steps 1 … T are the encoder's, T+1 … T+T' the decoder's. The states in which the encoder ends, the thought
vector, are those that the decoder begins with; of an encoder in both directions they stand side by side, so that the
decoder has twice as many units.

Where the context enters, ``context_into``:
- ``read-out`` (Luong 2015): the new state asks. h^t = cell(e^t, h^(t-1)), ctx^t = attend(h^t, hs).
- ``cell`` (Bahdanau 2014, arXiv 1409.0473): the state before asks, and what it finds enters the cell.
  ctx^t = attend(h^(t-1), hs), h^t = cell([e^t; ctx^t], h^(t-1)). Their score, e_ij = tanh(s_(i-1) W_a + h_j U_a) v_a,
  is ``additive``. h^0 is the thought vector; of a deep decoder the top layer asks.
In both v^t = [h^t; ctx^t] W_y + b_y. Bahdanau's own read-out is deeper: one maxout layer of s_(i-1), y_(i-1) and c_i.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from engine.attention import NONE, SCORES, Memory, attend, attention_parameters, remembered
from engine.decoder_network import DECODER, Fixed, decoder_loss
from engine.free_decoder import FreeDecoder
from engine.layers import Layers, States
from engine.model import MODELS, Parameters, ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate
from engine.readout import answer, readout_parameters
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.teacher import TEACHER_SETTINGS
from engine.tensor import Tensor, state, variable

ALL, HIDDEN = "all", "hidden"
READ_OUT, CELL = "read-out", "cell"
ENCODER = "encoder"
_HS, _KEYS, _PADDING, _PEEK = "hs", "keys", "padding", "peek"
"""What stays the same at every step of the decoder."""


class Seq2seq:
    """See the module; y^t = softmax(v^t)."""

    name = "seq2seq"
    settings = (
        *CELL_SETTINGS,
        Setting("bidirectional", SettingKind.SWITCH, False, "Whether the encoder also reads from the end back."),
        Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for symbols.", 1, 100_000),
        Setting(
            "embedding_std", SettingKind.NUMBER, 0.1, "Standard deviation of these vectors at the start.", 0.0, 1000.0
        ),
        Setting(
            "thought", SettingKind.CHOICE, ALL, "Which states the encoder hands over: all, or the hidden state alone.",
            choices=(ALL, HIDDEN),
        ),
        Setting(
            "peeky", SettingKind.SWITCH, False, "Whether the decoder sees the encoder's last state at every step."
        ),
        Setting(
            "attention", SettingKind.CHOICE, NONE, "Score of the attention to the encoder's states.", choices=SCORES
        ),
        Setting(
            "context_into", SettingKind.CHOICE, READ_OUT,
            "What the context enters: the read-out alone (Luong), or the decoder's cell before it too (Bahdanau).",
            choices=(READ_OUT, CELL), only_with=("attention", SCORES[1:]),
        ),
        *TEACHER_SETTINGS,
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Embedding (V, M) and layers of the encoder, those of the decoder, the attention's, W_y and b_y."""
        width, std = settings.integer("embedding"), settings.number("embedding_std")
        encoder, decoder = _encoder(settings), _decoder(settings)
        parts = (settings.text("attention") != NONE) + settings.switch("peeky")
        return (
            ParameterSpec(f"{ENCODER}.W_embed", (sizes.inputs, width), width, std=std),
            *encoder.parameters(),
            ParameterSpec(f"{DECODER}.W_embed", (sizes.outputs, width), width, std=std),
            *decoder.parameters(),
            *attention_parameters(settings.text("attention"), decoder.width, encoder.width),
            *readout_parameters(decoder.width + parts * encoder.width, sizes, settings.switch("bias")),
        )

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record encoder, decoder and the loss."""
        network = _Network(settings, tape, parameters)
        return decoder_loss(tape, network, batch, settings, sizes, batch.length)

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> FreeDecoder:
        """Read the sources of a batch, to answer without a teacher."""
        return FreeDecoder(partial(_Network, settings), parameters, batch, sizes)


class _Network:
    """Encoder and decoder with their parameters on a tape."""

    def __init__(self, settings: Settings, tape: Tape, parameters: Mapping[str, Tensor]) -> None:
        self.tape, self.parameters = tape, parameters
        self.score, self.peeky = settings.text("attention"), settings.switch("peeky")
        self.context_enters_cell = _context_enters_cell(settings)
        self.hands_over_all = settings.text("thought") == ALL
        self.encoder, self.decoder = _encoder(settings), _decoder(settings)
        self._own = self.decoder.own_parameters(parameters)
        self.dtype = parameters["W_y"].value.dtype

    def begin(self, batch: Batch) -> tuple[list[States], Fixed]:
        """Record the encoder over the sources: the thought vector, and what attention and a peeky decoder look at."""
        tape, encoder = self.tape, self.encoder
        states = encoder.initial_states(tape, batch.size, self.dtype, batch.states)
        steps = [partial(self._step, batch, t) for t in range(batch.length)]
        hs = list(encoder.over_time(tape, self.parameters, steps, states))
        with time_step(batch.length), part(ENCODER):
            ends = self._handed_over(states)
            fixed = self._remembered(hs, batch) if self.score != NONE else {}
        if self.peeky:
            fixed[_PEEK] = ends[-1][0]
        if not self.hands_over_all:
            rest = np.zeros((batch.size, self.decoder.hidden), dtype=self.dtype)
            names = encoder.cell.states(encoder.settings)[1:]
            ends = [(one[0], *(tape.initial_state(name, rest) for name in names)) for one in ends]
        return ends, fixed

    def _remembered(self, hs: list[Tensor], batch: Batch) -> dict[str, Tensor]:
        """What attention looks at, by name."""
        padding = None
        if batch.mask is not None:
            padding = self.tape.constant("padding", (1 - batch.mask.T).astype(self.dtype))
        memory = remembered(self.score, hs, self.parameters, padding)
        found = {_HS: memory.hs, _KEYS: memory.keys, _PADDING: memory.padding}
        return {name: tensor for name, tensor in found.items() if tensor is not None}

    def _step(self, batch: Batch, t: int) -> tuple[Tensor, Tensor | None]:
        """What enters the encoder at time t."""
        ((symbol, source),) = batch.inputs.items()
        with part(ENCODER):
            e = self._looked_up(ENCODER, self.tape.input(symbol, source[t]))
            if batch.mask is None:
                return e, None
            return e, self.tape.constant("m", batch.mask[t][:, np.newaxis].astype(self.dtype))

    def _looked_up(self, place: str, ids: Tensor) -> Tensor:
        with part("embedding"):
            return variable("e", take_rows(self.parameters[f"{place}.W_embed"], ids))

    def _handed_over(self, states: list[States]) -> list[States]:
        """The states that every layer of the encoder ended in; [→; ←] of a layer in both directions."""
        if len(self.encoder.directions) == 1:
            return list(states)
        with part("thought"):
            return [
                tuple(
                    state(one.symbol, concatenate(one, other, axis=1)) for one, other in zip(on, back, strict=True)
                )
                for on, back in zip(states[::2], states[1::2], strict=True)
            ]

    def write(self, x: Tensor, states: list[States], fixed: Fixed) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step of the decoder that reads ids x (N,): v, y = softmax(v), and the states after it."""
        e = self._looked_up(DECODER, x)
        peek = [fixed[_PEEK]] if self.peeky else []
        context = self._context(states, fixed) if self.context_enters_cell else []
        if context or peek:
            e = variable("e_ctx" if context else "e_h", concatenate(e, *context, *peek, axis=1))
        states = self.decoder.step(self._own, e, states)
        beside = [*(context or self._context(states, fixed)), *peek]
        h = states[-1][0]
        if beside:
            with part("output"):
                h = variable("h_ctx" if self.score != NONE else "h_h", concatenate(h, *beside, axis=1))
        v, y = answer(h, self.parameters, Answer.CLASSES)
        return v, y, states

    def _context(self, states: list[States], fixed: Fixed) -> list[Tensor]:
        """What the top layer's hidden state finds in the source; nothing without attention."""
        if self.score == NONE:
            return []
        memory = Memory(fixed[_HS], fixed.get(_KEYS), fixed.get(_PADDING))
        return [attend(self.score, states[-1][0], memory, self.parameters)]


def _encoder(settings: Settings) -> Layers:
    return Layers(settings, settings.integer("embedding"), f"{ENCODER}.", ENCODER)


def _decoder(settings: Settings) -> Layers:
    width = settings.integer("hidden") * (2 if settings.switch("bidirectional") else 1)
    own = settings.changed(hidden=width, bidirectional=False)
    beside = settings.switch("peeky") + _context_enters_cell(settings)
    return Layers(own, settings.integer("embedding") + beside * width, f"{DECODER}.")


def _context_enters_cell(settings: Settings) -> bool:
    return settings.text("attention") != NONE and settings.text("context_into") == CELL


MODELS.add(Seq2seq.name, Seq2seq())
