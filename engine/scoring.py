"""How answers of each kind are judged; tasks choose."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.task import Score
from engine.tensor import Array


def one_hot(ids: Array, width: int, dtype: np.dtype[Any]) -> Array:
    """(…,) ids → (…, width), 1 at the id and 0 elsewhere; all 0 where the id is negative."""
    made = np.zeros((*ids.shape, width), dtype=dtype)
    there = ids >= 0
    made[there, ids[there]] = 1
    return made


def chosen(outputs: Array) -> Array:
    """Ids (…,) of the likeliest of (…, K); a probability that is no number is never it."""
    ids: Array = np.argmax(np.where(np.isnan(outputs), -np.inf, outputs), axis=-1)
    return ids


def score_values(outputs: Array, targets: Array, tolerance: float, mask: Array | None = None) -> Score:
    """Right is a sequence that is nowhere further off than ``tolerance``; the loss is half the mean squared error.

    Shapes: outputs and targets (T, N, K), mask (T, N).
    """
    error = np.abs(outputs - targets)
    if mask is None:
        mask = np.ones(error.shape[:2])
    error = np.where(mask[..., np.newaxis] > 0, error, 0.0)
    right = np.all(error < tolerance, axis=(0, 2))
    answers = np.maximum(mask.sum(axis=0), 1.0) * error.shape[2]
    losses = np.sum(np.square(error), axis=(0, 2)) / (2.0 * answers)
    return Score(int(right.sum()), int(right.size), float(losses.mean()))


def score_classes(outputs: Array, ids: Array) -> Score:
    """Right is a sequence whose every answer that is asked for is the likeliest class; the loss is −log of its y.

    Shapes: outputs (T, N, K), softmax'ed; ids (T, N), -1 where nothing is asked.
    """
    asked = ids >= 0
    right = np.all((chosen(outputs) == ids) | ~asked, axis=0)
    given = np.take_along_axis(outputs, np.maximum(ids, 0)[..., np.newaxis], axis=-1)[..., 0]
    with np.errstate(divide="ignore"):
        losses = np.where(asked, -np.log(given), 0.0).sum(axis=0) / np.maximum(asked.sum(axis=0), 1)
    return Score(int(right.sum()), int(right.size), float(losses.mean()))


def score_marks(outputs: Array, targets: Array, mask: Array | None = None) -> Score:
    """Right is a sequence whose every mark, rounded at 0.5, is right; the loss is the mean cross-entropy.

    Shapes: outputs (T, N, K) between 0 and 1, targets (T, N, K), mask (T, N).
    """
    if mask is None:
        mask = np.ones(outputs.shape[:2])
    real = mask[..., np.newaxis] > 0
    right = np.all(((outputs > 0.5) == (targets > 0.5)) & np.isfinite(outputs) | ~real, axis=(0, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -np.where(targets > 0.5, np.log(outputs), np.log(1.0 - outputs))
    answers = np.maximum(mask.sum(axis=0), 1.0) * outputs.shape[2]
    losses = np.where(real, entropy, 0.0).sum(axis=(0, 2)) / answers
    return Score(int(right.sum()), int(right.size), float(losses.mean()))
