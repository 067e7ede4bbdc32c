"""Binary addition: two numbers come in bit by bit, lowest first, and their sum is to go out.

After exercise 3_1 of the course: both numbers are below 2^(bits−1), so that the sum fits.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Batch, Score, Sizes
from engine.tensor import Array

EXAMINED = 16_384
"""Pairs examined: all there are for up to 8 bits, a fixed random choice above."""


class BinaryAddition:
    """See the module."""

    name = "binary_addition"
    sequences = "additions"
    settings = (
        Setting("bits", SettingKind.INTEGER, 8, "Number of bits of the sum, which is the number of time steps.", 2, 62),
        Setting("batch", SettingKind.INTEGER, 1, "Number of additions in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Two bits in, one bit out, one time step per bit."""
        return Sizes(inputs=2, outputs=1, length=settings.integer("bits"))

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random pairs."""
        limit = 1 << (settings.integer("bits") - 1)
        count = settings.integer("batch")
        a = random.integers(limit, size=count)
        b = random.integers(limit, size=count)
        return self._batch(settings, a, b)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """Every pair if there are at most EXAMINED, else that many at random."""
        limit = 1 << (settings.integer("bits") - 1)
        if limit * limit <= EXAMINED:
            a, b = (pair.ravel() for pair in np.meshgrid(np.arange(limit), np.arange(limit), indexing="ij"))
        else:
            a, b = random.integers(limit, size=EXAMINED), random.integers(limit, size=EXAMINED)
        return self._batch(settings, a, b)

    def _batch(self, settings: Settings, a: Array, b: Array) -> Batch:
        bits = settings.integer("bits")
        dtype = np.dtype(settings.text("dtype"))
        x = np.stack([_bits(a, bits), _bits(b, bits)], axis=-1).astype(dtype)
        d = _bits(a + b, bits)[..., np.newaxis].astype(dtype)
        return Batch({"x": x}, {"d": d}, {"a": a, "b": b})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a sum without a wrong bit. Bits are rounded as the exercise does: 0.5 counts as 0."""
        d = batch.targets["d"]
        right = np.all(np.round(outputs) == d, axis=(0, 2))
        losses = np.sum(np.square(d - outputs), axis=(0, 2)) / 2
        return Score(int(right.sum()), int(right.size), float(losses.mean()))

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """Prediction and truth of the first pair, bit by bit, highest first."""
        answer = read_number(outputs[:, 0, 0])
        a, b = int(batch.about["a"][0]), int(batch.about["b"][0])
        return [
            f"Pred: {_text(outputs[:, 0, 0])}",
            f"True: {_text(batch.targets['d'][:, 0, 0])}",
            f"{a} + {b} = {'nan' if answer is None else answer}",
        ]


def _bits(numbers: Array, bits: int) -> Array:
    """Bits of the numbers, lowest first: (bits, N)."""
    return (numbers[np.newaxis, :] >> np.arange(bits)[:, np.newaxis]) & 1


def read_number(outputs: Array) -> int | None:
    """The number that outputs (T,) stand for, lowest bit first; None if one of them is not finite."""
    if not np.all(np.isfinite(outputs)):
        return None
    return sum(1 << place for place, bit in enumerate(np.round(outputs)) if bit == 1)


def _text(outputs: Array) -> str:
    marks = ["?" if not np.isfinite(value) else str(int(np.round(value))) for value in outputs[::-1]]
    return "[" + " ".join(marks) + "]"


TASKS.add(BinaryAddition.name, BinaryAddition())
