"""Semantic zoom: which level of detail is shown at a zoom, with hysteresis so that it does not flicker."""

from __future__ import annotations

from graphs.level import Level

_FROM_ZOOM = {Level.OPERATIONS: 0.34, Level.GATES: 0.25, Level.CELLS: 0.1, Level.STRIPS: 0.0}
"""The zoom, at scale 1, from which each level is shown: its smallest writing can be read from there on."""
_STAY = 0.88
"""A level that is shown stays down to this share of its zoom."""


def level_at(zoom: float, scale: float, shown: Level | None = None) -> Level:
    """The level for a zoom.

    Args:
        zoom: pixels per scene unit.
        scale: of texts; larger ones need more room.
        shown: the level on the screen.
    """
    for level, least in _FROM_ZOOM.items():
        needed = least * scale ** 0.5 * (_STAY if level == shown else 1.0)
        if zoom >= needed:
            return level
    return Level.STRIPS


def readable_zoom(scale: float) -> float:
    """The least zoom at which operations can be read from the last row of a class."""
    return 0.4 * scale
