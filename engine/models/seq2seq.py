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
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.attention import NONE, SCORES, Memory, attend, attention_parameters, remembered
from engine.decoding import Carried
from engine.layers import Layers, States
from engine.model import MODELS, Parameters, ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate
from engine.readout import answer, answer_loss, answers_by_step, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.teacher import TEACHER_SETTINGS, read_next
from engine.tensor import Array, Tensor, state, variable

ALL, HIDDEN = "all", "hidden"
READ_OUT, CELL = "read-out", "cell"
ENCODER, DECODER = "encoder", "decoder"


@dataclass(frozen=True, slots=True)
class _Thought:
    """What the decoder knows of the source.

    Attributes:
        states: its states before its first step, layer by layer.
        memory: what attention looks at; None without attention.
        peek: (N, E), the encoder's last hidden state, for a peeky decoder; else None.
    """

    states: list[States]
    memory: Memory | None
    peek: Tensor | None


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
        network = _Network(tape, parameters, settings)
        thought = network.read(batch)
        (targets,) = batch.targets.values()
        states, losses = thought.states, list[Tensor]()
        y: Tensor | None = None
        for t, target in enumerate(targets):
            with time_step(batch.length + t + 1):
                with part(DECODER):
                    x = read_next(tape, batch, settings, sizes, t, y, losses)
                    v, y, states = network.write(x, states, thought)
                losses.append(answer_loss(tape, v, y, target, Answer.CLASSES))
        return whole_loss(losses, Answer.CLASSES, answers_by_step(batch, Answer.CLASSES))

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> FreeDecoder:
        """Read the sources of a batch, to answer without a teacher."""
        return FreeDecoder(parameters, batch, settings, sizes)


class _Network:
    """Encoder and decoder with their parameters on a tape."""

    def __init__(self, tape: Tape, parameters: Mapping[str, Tensor], settings: Settings) -> None:
        self.tape, self.parameters = tape, parameters
        self.score, self.peeky = settings.text("attention"), settings.switch("peeky")
        self.context_enters_cell = _context_enters_cell(settings)
        self.hands_over_all = settings.text("thought") == ALL
        self.encoder, self.decoder = _encoder(settings), _decoder(settings)
        self._own = self.decoder.own_parameters(parameters)
        self.dtype = parameters["W_y"].value.dtype

    def read(self, batch: Batch) -> _Thought:
        """Record the encoder over a source."""
        tape, encoder = self.tape, self.encoder
        states = encoder.initial_states(tape, batch.size, self.dtype, batch.states)
        steps = [partial(self._step, batch, t) for t in range(batch.length)]
        hs = list(encoder.over_time(tape, self.parameters, steps, states))
        with time_step(batch.length), part(ENCODER):
            ends = self._handed_over(states)
            memory = None
            if self.score != NONE:
                padding = None
                if batch.mask is not None:
                    padding = tape.constant("padding", (1 - batch.mask.T).astype(self.dtype))
                memory = remembered(self.score, hs, self.parameters, padding)
        peek = ends[-1][0] if self.peeky else None
        if not self.hands_over_all:
            rest = np.zeros((batch.size, self.decoder.hidden), dtype=self.dtype)
            names = encoder.cell.states(encoder.settings)[1:]
            ends = [(one[0], *(tape.initial_state(name, rest) for name in names)) for one in ends]
        return _Thought(ends, memory, peek)

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

    def write(self, x: Tensor, states: list[States], thought: _Thought) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step of the decoder that reads ids x (N,): v, y = softmax(v), and the states after it."""
        e = self._looked_up(DECODER, x)
        peek = [] if thought.peek is None else [thought.peek]
        context = self._context(states, thought) if self.context_enters_cell else []
        if context or peek:
            e = variable("e_ctx" if context else "e_h", concatenate(e, *context, *peek, axis=1))
        states = self.decoder.step(self._own, e, states)
        beside = [*(context or self._context(states, thought)), *peek]
        h = states[-1][0]
        if beside:
            with part("output"):
                h = variable("h_ctx" if thought.memory is not None else "h_h", concatenate(h, *beside, axis=1))
        v, y = answer(h, self.parameters, Answer.CLASSES)
        return v, y, states

    def _context(self, states: list[States], thought: _Thought) -> list[Tensor]:
        """What the top layer's hidden state finds in the source; nothing without attention."""
        if thought.memory is None:
            return []
        return [attend(self.score, states[-1][0], thought.memory, self.parameters)]


class FreeDecoder:
    """A trained decoder that runs free (see ``engine.decoding``).

    Attributes:
        start, first: what the first step takes.
    """

    def __init__(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> None:
        self._parameters, self._settings = parameters, settings
        tape = Tape()
        with tape.recording(), np.errstate(all="ignore"):
            thought = self._network(tape).read(batch)
        self.first: Array = np.full(batch.size, sizes.start, dtype=np.int64)
        fixed = _fixed(thought)
        self._fixed = {name: tensor.value for name, tensor in fixed.items()}
        self.start: Carried = {**self._fixed, **_as_arrays(thought.states)}
        self._symbols = [tuple(one.symbol for one in states) for states in thought.states]
        tape.release()

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,); returns the probabilities (N, K) of what comes next, and what is carried on."""
        tape = Tape()
        with tape.recording(), np.errstate(all="ignore"):
            network = self._network(tape)
            given = {name: tape.constant(name, carried[name]) for name in self._fixed}
            memory = Memory(given["hs"], given.get("keys"), given.get("padding")) if "hs" in given else None
            states = [
                tuple(tape.initial_state(name, carried[f"{number}/{place}"]) for place, name in enumerate(symbols))
                for number, symbols in enumerate(self._symbols)
            ]
            thought = _Thought(states, memory, given.get("peek"))
            _, y, after = network.write(tape.input("x", ids), states, thought)
        kept = {name: carried[name] for name in self._fixed} | _as_arrays(after)
        probabilities = y.value
        tape.release()
        return probabilities, kept

    def _network(self, tape: Tape) -> _Network:
        tensors = {name: tape.parameter(name, value) for name, value in self._parameters.items()}
        return _Network(tape, tensors, self._settings)


def _encoder(settings: Settings) -> Layers:
    return Layers(settings, settings.integer("embedding"), f"{ENCODER}.", ENCODER)


def _decoder(settings: Settings) -> Layers:
    width = settings.integer("hidden") * (2 if settings.switch("bidirectional") else 1)
    own = settings.changed(hidden=width, bidirectional=False)
    beside = settings.switch("peeky") + _context_enters_cell(settings)
    return Layers(own, settings.integer("embedding") + beside * width, f"{DECODER}.")


def _context_enters_cell(settings: Settings) -> bool:
    return settings.text("attention") != NONE and settings.text("context_into") == CELL


def _fixed(thought: _Thought) -> dict[str, Tensor]:
    """What stays the same from step to step, by name."""
    memory = thought.memory
    found = {"peek": thought.peek}
    if memory is not None:
        found |= {"hs": memory.hs, "keys": memory.keys, "padding": memory.padding}
    return {name: tensor for name, tensor in found.items() if tensor is not None}


def _as_arrays(states: list[States]) -> dict[str, Array]:
    return {
        f"{number}/{place}": one.value for number, layer in enumerate(states) for place, one in enumerate(layer)
    }


MODELS.add(Seq2seq.name, Seq2seq())
