"""The opening view of a network that is too large to be read as a whole: its first time steps."""

from __future__ import annotations

import numpy as np

from graphs.drawing import Drawing

_TITLES = 46.0
"""Room above the nodes for the titles of time steps, px at scale 1."""
_FINER = 0.94
"""Zooms that are tried, each this share of the one before."""


def opening(drawing: Drawing, size: tuple[float, float], margin: float, zooms: tuple[float, float], scale: float,
            below: float = 0.0) -> tuple[float, float]:  # fmt: skip
    """The zoom at which the first time steps fill the height of the view, and where the view's middle is, y.

    What stands higher further to the right, such as a decoder above its encoder's rows, does not count: the view
    follows the cursor there. Where not even these have room, their lowest rows are shown, where they begin.

    Args:
        drawing: of the whole network.
        size: of the view, px.
        margin: around what is shown, px.
        zooms: the least and the greatest that may be chosen.
        scale: of texts.
        below: what the margin at the lower rim is at least, px.
    """
    x, y, _, height = drawing.rect
    bottom, least, zoom = y + height, zooms[0], zooms[1]
    below = max(below, margin)
    left, top = drawing.x - drawing.width / 2, drawing.y - drawing.height / 2
    while True:
        near = left < x + (size[0] - margin) / zoom
        above = float(top[near].min(initial=np.inf if near.any() else y)) - _TITLES * scale / zoom
        fits = (bottom - above) * zoom <= size[1] - margin - below
        if fits or zoom <= least:
            middle = bottom + ((below if fits else max(below, 1.5 * margin)) - size[1] / 2) / zoom
            return zoom, max(middle, (above + bottom) / 2) if fits else middle
        zoom = max(least, zoom * _FINER)
