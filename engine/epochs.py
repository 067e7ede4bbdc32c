"""Epochs: all examples once, in an order drawn anew each time, a batch of them in each iteration."""

from __future__ import annotations

from functools import lru_cache

from engine.randomness import generator
from engine.settings import Settings
from engine.tensor import Array


def rows_of_epoch(settings: Settings, iteration: int, count: int) -> Array:
    """Which of ``count`` examples an iteration has; those that do not fill a batch are left out of their epoch."""
    size = min(settings.integer("batch"), count)
    epoch, at = divmod(iteration, count // size)
    return _order(settings.integer("seed"), epoch, count)[at * size : (at + 1) * size]


@lru_cache(maxsize=4)
def _order(seed: int, epoch: int, count: int) -> Array:
    return generator(seed, "epoch", epoch).permutation(count)
