"""What the oracles of models with images have in common: images of random numbers, and settings of the network."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.settings import Value


def image_values(random: np.random.Generator, most: int) -> dict[str, Value]:
    """Settings of a network over images, and whether there are biases."""
    return {
        "convolutions": int(random.integers(1, 3)),
        "filters": int(random.integers(1, most + 1)),
        "filter_size": int(random.integers(1, 5)),
        "pool": int(random.integers(1, 3)),
        "features": int(random.integers(1, most + 1)),
        "bias": bool(random.random() < 0.7),
    }


def draw_images(random: np.random.Generator, batch: int, most: int) -> NDArray[Any]:
    """(1, N, C, H, W), not square, with few digits: they are stored."""
    channels, height, width = (int(random.integers(*bounds)) for bounds in ((1, 4), (4, 4 + most), (4, 4 + most)))
    return np.round(random.normal(size=(1, batch, channels, height, width)), 2)
