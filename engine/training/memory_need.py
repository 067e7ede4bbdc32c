"""How much memory settings need, told before anything is allocated."""

from __future__ import annotations

import math

import numpy as np

from engine.errors import MemoryNeedError
from engine.lesson import Lesson
from engine.settings import Settings
from engine.training.optimizers import OPTIMIZERS

_BYTES_A_STEP = 700
"""A recorded step without its numbers: tensor, tuple of inputs, array header (measured)."""
_STEPS_A_TIME_STEP = 40
_ALWAYS_THERE = 64 * 2**20
_VALUES_A_TIME_STEP = 30


def bytes_needed(lesson: Lesson, settings: Settings) -> int:
    """An upper estimate, in bytes, of one recorded iteration with all that a run keeps beside it."""
    sizes = lesson.task.sizes(settings)
    specs = lesson.model.parameters(settings, sizes)
    width = np.dtype(settings.text("dtype")).itemsize
    learned = sum(math.prod(spec.shape) for spec in specs) * width
    slots = len(OPTIMIZERS[settings.text("optimizer")].memory)
    # Each time step leaves one contribution and one sum per parameter on the tape; the update a few copies more.
    weights = learned * (2 * sizes.length + 6 + 4 * slots)
    widest = max(max(spec.shape) for spec in specs)
    rows = settings.integer("batch") if "batch" in settings else 1
    values = sizes.length * _VALUES_A_TIME_STEP * rows * widest * width
    return weights + values + sizes.length * _STEPS_A_TIME_STEP * _BYTES_A_STEP


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
