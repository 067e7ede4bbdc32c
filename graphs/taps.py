"""The line from a parameter's rail to the operation that takes it."""

from __future__ import annotations

import numpy as np

from graphs import measures
from graphs.routing import Point
from graphs.view import View


def _entered_below(view: View, step: int) -> bool:
    """Whether some operand of the step comes from a lower row of its column."""
    kind, y = view.template.kind, view.template.y
    own = y[kind.circle[step]]
    return any(source >= 0 and y[kind.shown[source]] > own + 1 for source in kind.sources[step])


def tap(view: View, step: int, y: float, *, boxed: bool) -> list[Point]:
    """From the rail at ``y`` to the operation, or to the box around it."""
    rect = view.rects[view.node_of[view.template.kind.circle[step]]]
    if boxed:
        return [(rect[0] - 2 * measures.LANE, y), (rect[0], min(max(y, rect[1] + 8), rect[3] - 8))]
    x, middle, radius = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2, (rect[3] - rect[1]) / 2
    if not _entered_below(view, step):
        return [(x, y), (x, rect[3] if y > middle else rect[1])]
    length = float(np.hypot(measures.TAP_SHIFT, y - middle))
    return [
        (x + measures.TAP_SHIFT, y),
        (x + radius * measures.TAP_SHIFT / length, middle + radius * (y - middle) / length),
    ]
