"""Drawn digits: an image comes in, and the same image is to come out (systems B6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.images.digits import COUNT, draw_digits
from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

HELD_OUT = 300
PIXELS_RIGHT = 0.9
"""So many of its pixels, taken as black or white, must be right for an image to count."""
DIGIT = "digit"
"""Key of ``Batch.about``: which digit each image shows, (N,); no network is told."""


class DrawnDigits:
    """See the module. An image is a row of D = size² numbers from 0 (white) to 1 (black); there is one time step."""

    name = "drawn_digits"
    sequences = "images"
    settings = (
        Setting("image_size", SettingKind.INTEGER, 10, "Pixels of an image across and down.", 4, 64),
        Setting(
            "examples", SettingKind.INTEGER, 1000, "Number of images to learn from; others are held out.", 10, 100_000
        ),
        Setting(
            "variation", SettingKind.NUMBER, 1.0, "How differently the same digit is drawn; 0 for always alike.",
            0.0, 2.0,
        ),
        Setting("pixel_noise", SettingKind.NUMBER, 0.0, "Standard deviation of the noise on every pixel.", 0.0, 1.0),
        Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """As many numbers out as in."""
        pixels = settings.integer("image_size") ** 2
        return Sizes(pixels, pixels, 1, Answer.MARKS)

    def image_shape(self, settings: Settings) -> tuple[int, int]:
        """Height and width in pixels."""
        return settings.integer("image_size"), settings.integer("image_size")

    def bytes_kept(self, settings: Settings) -> int:
        """Of all images to learn from, and what drawing them takes for a moment."""
        copies = 3 if settings.number("pixel_noise") else 1
        return 8 * copies * settings.integer("examples") * settings.integer("image_size") ** 2

    def kinds(self, batch: Batch) -> Array:
        """Which digit each image shows, (N,)."""
        return batch.about[DIGIT]

    def kind_names(self) -> tuple[str, ...]:
        """The digits."""
        return tuple(str(digit) for digit in range(COUNT))

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Images to learn from, at random."""
        images, digits = _learned(*_said(settings), settings.integer("examples"))
        chosen = random.integers(0, len(digits), settings.integer("batch"))
        return _batch(images[chosen], digits[chosen], settings)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The images that were held out: as many of each digit."""
        return _batch(*_held_out(*_said(settings)), settings)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is an image of which PIXELS_RIGHT of the pixels are; the loss is the mean squared error of a pixel."""
        (images,) = batch.targets.values()
        same = ((outputs > 0.5) == (images > 0.5)) & np.isfinite(outputs)
        right = np.mean(same, axis=(0, 2)) >= PIXELS_RIGHT
        return Score(int(right.sum()), int(right.size), float(np.mean(np.square(outputs - images))))

    def measures(self, score: Score) -> Mapping[str, float]:
        """The root of the mean squared error: how far off a pixel is."""
        return {"root mean squared error of a pixel": float(np.sqrt(score.mean_loss))}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """How far off the first image is."""
        (images,) = batch.targets.values()
        apart = outputs[0, 0] - images[0, 0]
        right = int(np.count_nonzero((outputs[0, 0] > 0.5) == (images[0, 0] > 0.5)))
        return [
            f"a {int(batch.about[DIGIT][0])}: {right} of {apart.size} pixels right, "
            f"mean squared error {float(np.mean(np.square(apart))):.4f}"
        ]


def _said(settings: Settings) -> tuple[int, int, float, float]:
    """What the images follow from."""
    return (
        settings.integer("seed"), settings.integer("image_size"),
        settings.number("variation"), settings.number("pixel_noise"),
    )  # fmt: skip


def _batch(images: Array, digits: Array, settings: Settings) -> Batch:
    given = images[np.newaxis].astype(settings.text("dtype"))
    return Batch({"x": given}, {"d": given}, {DIGIT: digits})


@lru_cache(maxsize=2)  # they may take gigabytes
def _learned(seed: int, size: int, variation: float, noise: float, count: int) -> tuple[Array, Array]:
    return _images(seed, "digits to learn from", size, variation, noise, count)


@lru_cache(maxsize=4)
def _held_out(seed: int, size: int, variation: float, noise: float) -> tuple[Array, Array]:
    return _images(seed, "digits held out", size, variation, noise, HELD_OUT)


def _images(seed: int, purpose: str, size: int, variation: float, noise: float, count: int) -> tuple[Array, Array]:
    """Images (count, D), and which digit each is (count,)."""
    random, digits = generator(seed, purpose), np.arange(count) % COUNT
    return draw_digits(random, digits, size, variation, noise).reshape(count, -1), digits


TASKS.add(DrawnDigits.name, DrawnDigits())
