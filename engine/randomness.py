"""Random numbers by purpose: iteration k can be re-created without iterations 0 … k−1."""

from __future__ import annotations

import zlib

import numpy as np


def generator(seed: int, purpose: str, iteration: int = 0) -> np.random.Generator:
    """The generator for one purpose in one iteration of a run with that seed."""
    return np.random.default_rng((seed, zlib.crc32(purpose.encode()), iteration))
