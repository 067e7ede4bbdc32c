"""Decoding: answers of a trained model that runs free, each symbol following from those it has given before (B1).

All ways are batched: rows are sequences, and, in a beam search, hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from engine.model import Parameters
from engine.settings import Settings
from engine.task import Batch, Sizes
from engine.tensor import Array

Carried = Mapping[str, Array]
"""What a decoder takes from one step to the next, by name; the first axis of each array are the rows."""


class Decoder(Protocol):
    """A model that has read its sources and is ready to answer."""

    @property
    def start(self) -> Carried:
        """What is carried into the first step."""

    @property
    def first(self) -> Array:
        """Ids (N,) that are read first."""

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        """Read ids (N,); returns the probabilities (N, K) of what comes next, and what is carried on."""


@runtime_checkable
class Decodes(Protocol):
    """A model whose answers enter it again. It is judged running free, whatever its training reads."""

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> Decoder:
        """Read the sources of a batch."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Answers.

    Attributes:
        ids: (T, N).
        probabilities: (T, N, K), what each symbol was chosen from.
        log_probability: (N,), of the whole answers.
    """

    ids: Array
    probabilities: Array
    log_probability: Array


def greedy(decoder: Decoder, length: int) -> Decoded:
    """At every step the likeliest symbol."""
    return _chosen_one_by_one(decoder, length, lambda y: np.argmax(y, axis=-1))


def sampled(decoder: Decoder, length: int, random: np.random.Generator, temperature: float = 1.0) -> Decoded:
    """At every step a symbol drawn by its probability to the power 1 / temperature."""

    def draw(y: Array) -> Array:
        # The largest of log p + Gumbel noise is a draw from p.
        noise = random.gumbel(size=y.shape)
        return np.asarray(np.argmax(_logarithm(y) / temperature + noise, axis=-1))

    return _chosen_one_by_one(decoder, length, draw)


def forced(decoder: Decoder, truth: Array) -> Decoded:
    """At every step the likeliest symbol, but the truth (T, N) is read, not that: what teacher forcing trains.

    Where nothing is asked, and the truth is negative, the decoder's own symbol is read.
    """
    return _chosen_one_by_one(decoder, len(truth), lambda y: np.argmax(_logarithm(y), axis=-1), truth)


@dataclass(frozen=True, slots=True)
class Beams:
    """What a beam search has kept, the likeliest hypothesis first.

    Attributes:
        ids: (T, N, B).
        probabilities: (T, N, B, K), what each symbol was chosen from.
        log_probability: (N, B), of the whole hypotheses; −∞ where there were not so many.
    """

    ids: Array
    probabilities: Array
    log_probability: Array

    @property
    def best(self) -> Decoded:
        """The likeliest of each sequence."""
        return Decoded(self.ids[:, :, 0], self.probabilities[:, :, 0], self.log_probability[:, 0])


def beam(decoder: Decoder, length: int, width: int, end: int | None = None) -> Decoded:
    """The likeliest whole answer that a beam search finds; see ``beams``."""
    return beams(decoder, length, width, end).best


def beams(decoder: Decoder, length: int, width: int, end: int | None = None) -> Beams:
    """The likeliest whole answers that a beam search finds.

    Args:
        width: hypotheses kept of each sequence; 1 is greedy.
        end: the symbol after which an answer is over, and repeats it at no cost; None if all have the same length.
    """
    rows = len(decoder.first)
    carried: Carried = {name: np.repeat(value, width, axis=0) for name, value in decoder.start.items()}
    ids = np.repeat(decoder.first, width)
    likelihood = np.full((rows, width), -np.inf)
    likelihood[:, 0] = 0.0  # all hypotheses begin alike: one of them is enough
    history, seen = np.zeros((0, rows * width), dtype=np.int64), list[Array]()
    for t in range(length):
        y, carried = decoder.step(carried, ids)
        grown = _logarithm(y)
        if end is not None and t:
            grown[ids == end] = -np.inf
            grown[ids == end, end] = 0.0
        parents, ids, likelihood = _best(likelihood[:, :, np.newaxis] + grown.reshape(rows, width, -1), width)
        carried = {name: value[parents] for name, value in carried.items()}
        history = np.concatenate([history[:, parents], ids[np.newaxis]])
        seen = [one[parents] for one in (*seen, y)]
    kept = np.stack(seen).reshape(length, rows, width, -1)
    return Beams(history.reshape(length, rows, width), kept, likelihood)


def _best(likelihood: Array, width: int) -> tuple[Array, Array, Array]:
    """Of (N, B, K) log-likelihoods the best B of every row: rows they come from, symbols, and likelihoods (N, B)."""
    rows, _, symbols = likelihood.shape
    flat = likelihood.reshape(rows, -1)
    chosen = np.argsort(-flat, axis=1, kind="stable")[:, :width]
    parents = chosen // symbols + np.arange(rows)[:, np.newaxis] * width
    return parents.ravel(), (chosen % symbols).ravel(), np.take_along_axis(flat, chosen, axis=1)


def _chosen_one_by_one(decoder: Decoder, length: int, choose: _Choice, truth: Array | None = None) -> Decoded:
    """Every symbol is read at the next step, or, where there is one, the truth (T, N) in its place."""
    carried, ids = decoder.start, decoder.first
    told, seen, likelihood = [], [], np.zeros(len(ids))
    for t in range(length):
        y, carried = decoder.step(carried, ids)
        own = choose(y)
        likelihood = likelihood + _logarithm(y)[np.arange(len(own)), own]
        told.append(own)
        seen.append(y)
        ids = own if truth is None else np.where(truth[t] >= 0, truth[t], own)
    return Decoded(np.stack(told), np.stack(seen), likelihood)


class _Choice(Protocol):
    def __call__(self, y: Array) -> Array:
        """(N, K) → (N,)."""


def _logarithm(y: Array) -> Array:
    """log y; what is no number is impossible."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isnan(y), -np.inf, np.log(y))
