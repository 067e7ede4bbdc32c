"""How much memory settings need, told before anything is allocated."""

from __future__ import annotations

import math
from typing import Protocol, runtime_checkable

import numpy as np

from engine.errors import MemoryNeedError
from engine.lesson import Lesson
from engine.model import ParameterSpec, RecordsBesideParameters
from engine.settings import Settings
from engine.task import Sizes
from engine.training.optimizers import OPTIMIZERS

_BYTES_A_STEP = 700
"""A recorded step without its numbers: tensor, tuple of inputs, array header (measured)."""
_STEPS_A_PARAMETER, _STEPS_BESIDE = 9, 36
"""Steps of a time step, forward and backward, for each parameter and beside them (measured on all cells)."""
_VALUES_A_COLUMN = 10
"""Numbers of a time step and row, forward and backward, for each column of a parameter (measured on all cells)."""
_ALWAYS_THERE = 64 * 2**20
_OVER_ALL_TIME = ("W_embed", "W_y", "b_y")


@runtime_checkable
class KeepsData(Protocol):
    """A task that makes up all its data beforehand and keeps them."""

    def bytes_kept(self, settings: Settings) -> int:
        """How much they need, at most."""


def bytes_needed(lesson: Lesson, settings: Settings) -> int:
    """An upper estimate, in bytes, of one recorded iteration with all that a run keeps beside it."""
    sizes = lesson.task.sizes(settings)
    specs = lesson.model.parameters(settings, sizes)
    width = np.dtype(settings.text("dtype")).itemsize
    slots = len(OPTIMIZERS[settings.text("optimizer")].memory)
    rows = settings.integer("batch") if "batch" in settings else 1
    # Each use of a parameter leaves a contribution and a sum on the tape; the update a few copies more.
    weights = sum(math.prod(spec.shape) * (2 * _uses(spec, settings, sizes) + 6 + 4 * slots) for spec in specs)
    columns = max(sum(spec.shape[-1] for spec in specs), sizes.outputs)  # tables of words may be read by their rows
    values = sizes.length * rows * _VALUES_A_COLUMN * columns
    if isinstance(lesson.model, RecordsBesideParameters):
        values += rows * lesson.model.numbers_beside(settings, sizes)
    steps = _STEPS_BESIDE + _STEPS_A_PARAMETER * sum(max(1, len(spec.parts)) for spec in specs)
    kept = lesson.task.bytes_kept(settings) if isinstance(lesson.task, KeepsData) else 0
    return (weights + values) * width + sizes.length * steps * _BYTES_A_STEP + kept


def _uses(spec: ParameterSpec, settings: Settings, sizes: Sizes) -> int:
    """How often a parameter is used: at every time step, unless one product serves all of them."""
    at_once = sizes.vocabulary and not sizes.at_end and "time_layers" in settings and settings.switch("time_layers")
    return 1 if at_once and spec.name in _OVER_ALL_TIME else sizes.length


def check_memory(lesson: Lesson, settings: Settings) -> None:
    """Refuse settings that need more memory than is free.

    Raises:
        MemoryNeedError: says how much is needed and how much there is.
    """
    need = bytes_needed(lesson, settings)
    if need < _ALWAYS_THERE:
        return
    import psutil  # late: small settings, such as those of the first lesson, need not wait for it

    free = psutil.virtual_memory().available
    if need > 0.8 * free:
        raise MemoryNeedError(
            "These settings need about {need} of memory, and {free} are free; choose fewer hidden units, "
            "shorter sequences or a smaller batch.",
            need=readable_size(need), free=readable_size(free),
        )  # fmt: skip


def readable_size(size: float) -> str:
    """A size in bytes as people write it: ``1.5 GiB``."""
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} PiB"
