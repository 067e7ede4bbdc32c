"""Hierarchical recurrent encoder–decoder (Sordoni et al. 2015, arXiv 1507.02221; B4): what HRED and VHRED share.

An encoder reads each utterance word by word; its last hidden state stands for the utterance. The context RNN reads one
such vector an utterance. A decoder says the next utterance; its first hidden state comes from what the context RNN
knows. Every utterance has as many places as the longest one; words and states behind its end are masked.

Time steps count on through all that is read and said, in the order in which it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.dense import affine, affine_parameters
from engine.layers import Layers, States
from engine.model import ParameterSpec
from engine.models.recurrent import CELL_SETTINGS
from engine.ops.activations import tanh
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate
from engine.readout import answer, answer_loss, answers_by_step, readout_parameters, whole_loss
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.teacher import TEACHER_SETTINGS, read_next
from engine.tensor import Tensor, variable

ENCODER, CONTEXT, DECODER = "encoder", "context", "decoder"
ALL, LAST = "all", "last"

HIERARCHY_SETTINGS = (
    *CELL_SETTINGS,
    Setting(
        "context", SettingKind.INTEGER, 16, "Number of units of the context RNN, which reads one vector an utterance.",
        1, 1_000_000,
    ),
    Setting(
        "history", SettingKind.CHOICE, ALL,
        "What the context RNN remembers: all of the dialogue, or only the last utterance, as plain seq2seq would.",
        choices=(ALL, LAST),
    ),
    Setting(
        "peeky", SettingKind.SWITCH, False,
        "Whether the decoder sees what the context RNN knows at every word, not only before the first.",
    ),
    Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for words.", 1, 100_000),
    Setting(
        "embedding_std", SettingKind.NUMBER, 0.1, "Standard deviation of these vectors at the start.", 0.0, 1000.0
    ),
    *TEACHER_SETTINGS,
)  # fmt: skip


def hierarchy_parameters(settings: Settings, sizes: Sizes, latent: int = 0) -> tuple[ParameterSpec, ...]:
    """W_embed (V, M), the layers of encoder, context RNN and decoder, W_ctx and b_ctx for the state the decoder starts
    in, W_y and b_y.

    Args:
        latent: width of what the decoder knows beside the context.
    """
    encoder, context, decoder = layers_of(settings, latent)
    width, summary = settings.integer("embedding"), context.width + latent
    return (
        ParameterSpec("W_embed", (sizes.inputs, width), width, std=settings.number("embedding_std")),
        *encoder.parameters(),
        *context.parameters(),
        *(spec for one in decoder.layers for spec in affine_parameters(summary, decoder.hidden, "ctx", one.prefix)),
        *decoder.parameters(),
        *readout_parameters(decoder.width, sizes, settings.switch("bias")),
    )


def layers_of(settings: Settings, latent: int = 0) -> tuple[Layers, Layers, Layers]:
    """Encoder, context RNN (one layer) and decoder."""
    width, hidden = settings.integer("embedding"), settings.integer("hidden")
    above = settings.changed(hidden=settings.integer("context"), layers=1)
    return (
        Layers(settings, width, f"{ENCODER}."),
        Layers(above, hidden, f"{CONTEXT}."),
        Layers(settings, width + (above.integer("hidden") + latent) * settings.switch("peeky"), f"{DECODER}."),
    )


class Hierarchy:
    """The network on a tape, going through a batch of dialogues.

    Attributes:
        length: places L of an utterance.
        answers: how many utterances are said, M − 1.
    """

    def __init__(
        self,
        tape: Tape,
        parameters: Mapping[str, Tensor],
        batch: Batch,
        settings: Settings,
        sizes: Sizes,
        latent: int = 0,
    ) -> None:
        self.tape, self.parameters, self.batch, self.settings, self.sizes = tape, parameters, batch, settings, sizes
        ((_, self._words),) = batch.inputs.items()
        ((_, self._targets),) = batch.targets.items()
        self.length = len(self._words) - len(self._targets)
        self.answers = len(self._targets) // self.length
        self.time = 0
        self._read, self._said = 0, 0
        self._dtype = parameters["W_y"].value.dtype
        self._encoder, self._context, self._decoder = layers_of(settings, latent)
        self._own = [one.own_parameters(parameters) for one in (self._encoder, self._context, self._decoder)]
        self._before_words = self._zeros(self._encoder)
        self._before_dialogue = self._known = self._zeros(self._context)
        # Of the first of a layer's states none is zero: it comes from the context.
        self._beside = self._zeros(self._decoder, first=1)

    def _zeros(self, layers: Layers, first: int = 0) -> list[States]:
        zeros = np.zeros((self.batch.size, layers.hidden), dtype=self._dtype)
        names = layers.cell.states(layers.settings)[first:]
        return [tuple(self.tape.initial_state(name, zeros) for name in names) for _ in layers.layers]

    def read(self) -> Tensor:
        """Record the encoder over the next utterance; returns its vector (N, H)."""
        states = self._before_words
        for words in self._words[self._read : self._read + self.length]:
            self.time += 1
            with time_step(self.time), part(ENCODER):
                e = self._looked_up(self.tape.input("x", words))
                states = self._encoder.step(self._own[0], e, states, self._mask(self._read))
            self._read += 1
        return states[-1][0]

    def _mask(self, at: int) -> Tensor | None:
        """Which rows (N, 1) have a word there; None if all have."""
        mask = self.batch.mask
        if mask is None or mask[at].all():
            return None
        return self.tape.constant("m", mask[at][:, np.newaxis].astype(self._dtype))

    def remember(self, utterance: Tensor) -> Tensor:
        """Record one step of the context RNN, which reads the vector of an utterance; returns what it knows (N, C)."""
        before = self._known if self.settings.text("history") == ALL else self._before_dialogue
        with time_step(self.time), part(CONTEXT):
            self._known = self._context.step(self._own[1], utterance, before)
        return self._known[-1][0]

    def say(self, summary: Tensor) -> list[Tensor]:
        """Record the decoder over the next utterance, knowing ``summary`` (N, S); returns the losses of its words."""
        with time_step(self.time + 1), part(DECODER):
            states = self.begin(summary)
        losses: list[Tensor] = []
        y: Tensor | None = None
        for target in self._targets[self._said : self._said + self.length]:
            self.time += 1
            with time_step(self.time):
                with part(DECODER):
                    x = read_next(self.tape, self.batch, self.settings, self.sizes, self._said, y, losses)
                    v, y, states = self.write(x, states, summary)
                losses.append(answer_loss(self.tape, v, y, target, Answer.CLASSES))
            self._said += 1
        return losses

    def begin(self, summary: Tensor) -> list[States]:
        """Record the states a decoder starts in: tanh(summary W_ctx + b_ctx) in every layer, and zeros beside it."""
        started: list[States] = []
        with part("start"):
            for one, beside in zip(self._decoder.layers, self._beside, strict=True):
                h = variable("h_0", tanh(affine(summary, self.parameters, "ctx", one.prefix)))
                started.append((h, *beside))
        return started

    def write(self, x: Tensor, states: list[States], summary: Tensor) -> tuple[Tensor, Tensor, list[States]]:
        """Record one step of the decoder that reads ids x (N,): v, y = softmax(v), and the states after it."""
        e = self._looked_up(x)
        if self.settings.switch("peeky"):
            e = variable("e_c", concatenate(e, summary, axis=1))
        states = self._decoder.step(self._own[2], e, states)
        v, y = answer(states[-1][0], self.parameters, Answer.CLASSES)
        return v, y, states

    def _looked_up(self, ids: Tensor) -> Tensor:
        with part("embedding"):
            return variable("e", take_rows(self.parameters["W_embed"], ids))

    def mean_loss(self, losses: list[Tensor]) -> Tensor:
        """Record the mean loss of all words that are to be said."""
        return whole_loss(losses, Answer.CLASSES, answers_by_step(self.batch, Answer.CLASSES))
