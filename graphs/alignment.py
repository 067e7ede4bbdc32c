"""Alignment in a row: as near as possible to where each item wants to be, in order and without overlap."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(wanted: Sequence[float], apart: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Positions in a row.

    They minimise the weighted squares of the distances to ``wanted`` under ``made[i + 1] - made[i] >= apart[i]``:
    isotonic regression by pooling adjacent violators.

    Args:
        wanted, weights: one each per item.
        apart: least distance from each item to the next, one fewer.
    """
    offsets = [0.0]
    for distance in apart:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []
    for value, weight, offset in zip(wanted, weights, offsets, strict=True):
        pool = (value - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, mass, count = pools.pop()
            whole = mass + pool[1]
            pool = ((mean * mass + pool[0] * pool[1]) / whole, whole, count + pool[2])
        pools.append(pool)
    made: list[float] = []
    for mean, _, count in pools:
        made += [mean + offsets[len(made) + k] for k in range(count)]
    return made
