"""The colours of attention: one scale for all rows and all heads."""

from __future__ import annotations

import weakref

import numpy as np

from engine.debugger.cursor import Cursor
from engine.tape import Tape
from gui.views.attention_table import AttentionRows
from gui.views.color_scale import ColorScale
from gui.views.number_text import round_above


class Extents:
    """How far the numbers of entries reach, measured once for each."""

    def __init__(self) -> None:
        self._known: dict[int, float] = {}
        self._tape: weakref.ref[Tape] | None = None

    def scale(self, rows: AttentionRows, cursor: Cursor) -> ColorScale:
        """Weights from 0 to 1; of everything else as far as what is revealed reaches.

        Forced weights may lie beyond.
        """
        if self._tape is None or self._tape() is not rows.tape:
            self._tape, self._known = weakref.ref(rows.tape), {}
        entries = {rows.shown(row, cursor) for row in range(len(rows.table.times))} - {None}
        reach = max((self._extent(rows, entry) for entry in entries if entry is not None), default=0.0)
        if rows.before or rows.gradient:
            bound = round_above(reach)
            return ColorScale(-bound, bound, "gradient_map" if rows.gradient else "value_map")
        return ColorScale(0.0, 1.0 if reach <= 1.0 + 1e-9 else round_above(reach), "sequential_map")

    def _extent(self, rows: AttentionRows, entry: int) -> float:
        found = self._known.get(entry)
        if found is None:
            numbers = np.asarray(rows.tape.steps[entry].value)
            finite = numbers[np.isfinite(numbers)]
            # Of the whole batch and all heads, so that they can be compared.
            found = self._known[entry] = float(np.abs(finite).max()) if finite.size else 0.0
        return found
