"""Sizes of gradients as colours: from the ground to the colour of the backward pass, linear or logarithmic."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gui.appearance import Appearance
from gui.color_maps import ENTRIES, Lut
from gui.views.color_scale import ColorScale
from gui.views.number_text import round_above

_DECADES = 12
"""A logarithmic scale reaches so many powers of ten below its largest number at most."""
_FAINTEST = 0.1
"""Part of the colours that a logarithmic scale leaves out, so that its least number can be told from nothing."""


class SizeScale(ColorScale):
    """Numbers from 0, or from a power of ten, to the greatest."""

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal ratios have equal distances."""
        return self.least > 0

    @staticmethod
    def over(sizes: np.ndarray, *, logarithmic: bool) -> SizeScale:
        """The scale for sizes (…) of 0 and above; what is not finite is left out."""
        found = sizes[np.isfinite(sizes) & (sizes > 0)]
        greatest = float(found.max()) if found.size else 0.0
        if not logarithmic or not found.size or greatest < 1e-290:
            return SizeScale(0.0, round_above(greatest), "gradient_map")
        high = math.ceil(math.log10(greatest) - 1e-9)
        low = math.floor(math.log10(float(found.min())) + 1e-9)
        low = max(min(low, high - 1), high - _DECADES)
        return SizeScale(10.0**low, min(10.0**high, 1e308), "gradient_map")

    def table(self, appearance: Appearance) -> Lut:
        """The upper half of the map: white to the colour of the backward pass."""
        whole = super().table(appearance)
        begin = 0.5 + (_FAINTEST / 2 if self.is_logarithmic else 0.0)
        return np.ascontiguousarray(whole[np.linspace(begin * (ENTRIES - 1), ENTRIES - 1, ENTRIES).round().astype(int)])

    def shares(self, values: np.ndarray) -> np.ndarray:
        """How far along the scale values are; 0 for zero."""
        if not self.is_logarithmic:
            return super().shares(values)
        with np.errstate(all="ignore"):
            made = np.log10(np.asarray(values, dtype=float) / self.least) / math.log10(self.greatest / self.least)
        return np.where(np.asarray(values) == 0, 0.0, made)

    def ticks(self) -> Sequence[float]:
        """What is written beside the bar."""
        if not self.is_logarithmic:
            return super().ticks()
        decades = round(math.log10(self.greatest / self.least))
        return (self.least, self.least * 10.0 ** (decades // 2), self.greatest)
