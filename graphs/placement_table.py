"""The registry of placement tables: a cell may bring the textbook's own arrangement of its inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.registry import Registry
from graphs.elements import Element

PlacementTable = Callable[[Sequence[Element]], Sequence[tuple[float, float]] | None]
"""Elements of the cell in tape order → their centres (x to the right, y down), or None if it does not know them."""

PLACEMENTS: Registry[PlacementTable] = Registry("placement table", "graphs.placements")
"""By the name of the cell's scope; the files of graphs/placements/ register themselves."""
