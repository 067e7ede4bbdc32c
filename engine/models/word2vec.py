"""word2vec: vectors of words, learned by guessing a word from words near it (B7; Mikolov et al. 2013).

CBOW guesses a word from the mean of all vectors around it, skip-gram one of the words around from the word itself: what
is read and what is guessed, the data say. So does the output: a softmax over all words, or, with negative sampling, for
the right word and a few wrong ones each whether it is the right one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.model import MODELS, ParameterSpec
from engine.ops.activations import sigmoid
from engine.ops.lookups import take_rows
from engine.ops.losses import binary_cross_entropy
from engine.ops.probabilities import softmax
from engine.ops.products import batched_matmul, matmul_by_transpose
from engine.ops.reductions import sum_axis
from engine.ops.shapes import reshape
from engine.readout import answer_loss, whole_loss
from engine.scope import part
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Answer, Batch, Sizes
from engine.tensor import Tensor, loss, output, variable


class Word2vec:
    """h = mean of W_in[x]; v = h W_outᵀ and y = softmax(v), or v_k = h · W_out[k] and y_k = σ(v_k)."""

    name = "word2vec"
    settings = (
        Setting("embedding", SettingKind.INTEGER, 16, "Width of the vectors that stand for words.", 1, 100_000),
        Setting(
            "embedding_std", SettingKind.NUMBER, 0.1, "Standard deviation of these vectors at the start.", 0.0, 1000.0
        ),
    )

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """W_in (V, d), the vectors of words that are read, and W_out (V, d), of those that are guessed."""
        shape, std = (sizes.inputs, settings.integer("embedding")), settings.number("embedding_std")
        return tuple(ParameterSpec(name, shape, shape[1], std=std) for name in ("W_in", "W_out"))

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record what is read, the guess and the loss; all examples at once, without time."""
        h = _read(tape, parameters["W_in"], batch)
        if sizes.answer is Answer.CLASSES:
            return _full_softmax(tape, h, parameters["W_out"], batch)
        return _negative_sampling(tape, h, parameters["W_out"], batch)


def _read(tape: Tape, W_in: Tensor, batch: Batch) -> Tensor:
    """h (N, d): the vector of the word that is read, or the mean over all of them; -1 is no word."""
    words = batch.inputs["x"][0]
    with part("embedding"):
        x = tape.input("x", words)
        if words.ndim == 1:
            return variable("h", take_rows(W_in, x))
        e = variable("e", take_rows(W_in, x))
        counts = np.maximum(np.count_nonzero(words >= 0, axis=1), 1)[:, np.newaxis]
        n = tape.constant("n", counts.astype(W_in.value.dtype))
        return variable("h", reshape(sum_axis(e, axis=1), shape=(batch.size, W_in.shape[1])) / n)


def _full_softmax(tape: Tape, h: Tensor, W_out: Tensor, batch: Batch) -> Tensor:
    """−log of the right word's probability among all V words, the mean over examples."""
    with part("output"):
        v = variable("v", matmul_by_transpose(h, W_out))
        y = output("y", softmax(v))
    return whole_loss([answer_loss(tape, v, y, batch.targets["d"][0], Answer.CLASSES)], Answer.CLASSES, [1.0])


def _negative_sampling(tape: Tape, h: Tensor, W_out: Tensor, batch: Batch) -> Tensor:
    """−Σ_k (d_k log y_k + (1 − d_k) log (1 − y_k)) over the right word and the wrong ones, the mean over examples."""
    candidates = batch.inputs["k"][0]
    with part("output"):
        k = tape.input("k", candidates)
        w = variable("w", take_rows(W_out, k))
        column = reshape(h, shape=(*h.shape, 1))
        v = variable("v", reshape(batched_matmul(w, column), shape=candidates.shape))
        output("y", sigmoid(v))
    d = tape.target("d", batch.targets["d"][0])
    with part("loss"):
        L = loss("L", binary_cross_entropy(v, d, over=batch.size))
    return whole_loss([L], Answer.MARKS, [1.0])


MODELS.add(Word2vec.name, Word2vec())
