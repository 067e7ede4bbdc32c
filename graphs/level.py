"""Levels of detail, from far to near."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How much of a recording is open."""

    STRIPS = 0  # one box per layer and time step
    CELLS = 1  # one box per cell, with its states and outputs
    GATES = 2  # cells are open, gates are boxes
    OPERATIONS = 3  # every operation
