"""What of a picture is another between two frames: the rectangles that must be painted again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graphs.drawing import EdgeKind
from gui.canvas.columns import title_rects, title_size
from gui.canvas.edge_painter import EDGES_FROM
from gui.canvas.frame import Array, Flags, Frame
from gui.canvas.gradient_arrows import arrow_bins
from gui.canvas.lattice_painter import caption_strips, is_known
from gui.canvas.legend import legend_strip
from gui.canvas.number_cards import growth
from gui.canvas.rails import changed_heads, changed_taps

_MOST = 72
"""With more rectangles than this, painting all is quicker."""
_GRID = 4.0
"""Rectangles end on multiples of this, px: there a pixel of the device ends too, at every ratio in quarters."""
_WHOLE = 1e-4
"""What is left of a whole pixel by rounding."""
_NODE, _EDGE, _ARROW = 6.0, 9.0, 26.0
"""Room for lines, heads and arrows around what they belong to, at zoom 1, px."""


def changed_rects(before: Frame, now: Frame) -> Array | None:
    """(n, 4) x, y, width, height in px outside of which two frames look alike; None where all may be another."""
    if not _are_alike(before, now) or growth(now) > 0.0 or now.ratio * _GRID % 1.0:
        return None
    arrows = _changed_arrows(before, now)
    values = (before.revealed.edges != now.revealed.edges)[now.edges] & ~arrows
    if 2 * int(np.count_nonzero(arrows | values)) > _MOST:
        return None
    found = [
        _node_rects(before, now), _leg_rects(now, arrows, _ARROW), _leg_rects(now, values, _EDGE),
        changed_taps(before, now), changed_heads(before, now), _columns(before, now), _handovers(before, now),
    ]  # fmt: skip
    started = (before.revealed.gradients >= 0).any() != (now.revealed.gradients >= 0).any()
    if before.revealed.largest != now.revealed.largest or (now.backward_opened and started):
        found.append(legend_strip(now))
    return _on_grid(np.concatenate(found), now)


def panned(before: Frame, now: Frame) -> tuple[tuple[int, int], Array] | None:
    """How far what is seen moved, in whole px, and the (n, 4) rectangles to paint after it; None where all is to be
    painted."""
    old, new = before.camera, now.camera
    moved = (old.left - new.left) * new.zoom, (old.top - new.top) * new.zoom
    dx, dy = round(moved[0]), round(moved[1])
    whole = abs(moved[0] - dx) + abs(moved[1] - dy) < _WHOLE and now.ratio == 1.0
    there = replace(before, camera=new)
    # From afar all of a graph is in view, and finding what reaches into the strips costs more than it saves.
    if not whole or now.zoom < EDGES_FROM:
        return None
    changed = changed_rects(there, now)
    if changed is None:
        return None
    wide, high = new.width, new.height
    if abs(dx) > wide / 2 or abs(dy) > high / 2 or title_size(before) != title_size(now):
        return None
    # The titles at the upper rim and the legend stay where they are.
    rim = title_size(now) + 16.0
    legend = legend_strip(now)
    rects = [[0.0, 0.0, wide, max(rim, rim + dy)], *legend.tolist(), *(legend + [0.0, dy, 0.0, 0.0]).tolist()]
    rects.append([0.0 if dx > 0 else wide + dx, 0.0, abs(dx), high])
    rects.append([0.0, 0.0 if dy > 0 else high + dy, wide, abs(dy)])
    found = _on_grid(np.concatenate([np.array(rects), caption_strips(now), changed]), now)
    return None if found is None else ((dx, dy), found)


def looks_alike(one: Frame, other: Frame) -> bool:
    """Whether the graphs of two frames look the same in every pixel."""
    return one.revealed.position == other.revealed.position and _are_alike(one, other)


def _are_alike(one: Frame, other: Frame) -> bool:
    """Whether two frames differ in nothing but the cursor's position."""
    same = all(getattr(one, name) is getattr(other, name) for name in ("scene", "palette", "labels", "texts"))
    return same and one.cursor.tape is other.cursor.tape and all(
        getattr(one, name) == getattr(other, name)
        for name in ("camera", "scale", "ratio", "outlined", "breakpoints", "backward_opened", "captions")
    )


def _node_rects(before: Frame, now: Frame) -> Array:
    rects = now.node_rects[(before.revealed.nodes != now.revealed.nodes)[now.nodes]]
    sizes = rects[:, 2:] + 2 * (_NODE * now.unit + 4.0)
    return np.concatenate([rects[:, :2] - sizes / 2, sizes], axis=1)


def _changed_arrows(before: Frame, now: Frame) -> Flags:
    """For each edge in view, whether its gradient arrow is another."""
    edges = now.edges
    old, new = before.revealed, now.revealed
    changed = (old.gradients[edges] >= 0) != (new.gradients[edges] >= 0)
    if now.backward_opened:
        return changed
    both = (new.gradients[edges] >= 0) & (now.scene.drawing.edge_kind[edges] == EdgeKind.FORWARD)
    return changed | (both & (arrow_bins(old.norms[edges], old.largest) != arrow_bins(new.norms[edges], new.largest)))


def _leg_rects(frame: Frame, which: Flags, room: float) -> Array:
    """Rectangles around the legs of some of the edges in view."""
    if not which.any():
        return np.zeros((0, 4))
    legs = frame.polylines(frame.edges[which]).segments()
    low, high = np.minimum(legs[:, :2], legs[:, 2:]), np.maximum(legs[:, :2], legs[:, 2:])
    around = room * frame.unit + 3.0
    return np.concatenate([low - around, high - low + 2 * around], axis=1)


def _handovers(before: Frame, now: Frame) -> Array:
    """The stretches between lattices whose states were revealed, or are no longer."""
    shown = now.scene.drawing.handovers
    changed = [one for one in shown if is_known(before, one) != is_known(now, one)]
    rects = np.array([now.camera.rect_to_view(one.rect) for one in changed], dtype=np.float64).reshape(-1, 4)
    return rects + np.array([-3.0, -3.0, 6.0, 6.0])


def _columns(before: Frame, now: Frame) -> Array:
    """The columns of the time step that was the current one and the one that is, with their titles."""
    old, new = before.revealed.current_column, now.revealed.current_column
    if old == new:
        return np.zeros((0, 4))
    columns, rects = now.columns
    rects = rects[(columns == old) | (columns == new)]
    return np.concatenate([rects, title_rects(now, rects)])


def _on_grid(rects: Array, frame: Frame) -> Array | None:
    """The rectangles cut to the view and widened to the grid; None for too many."""
    low = np.maximum(np.floor(rects[:, :2] / _GRID) * _GRID, 0.0)
    most = np.ceil(np.array([frame.camera.width, frame.camera.height]) / _GRID) * _GRID
    high = np.minimum(np.ceil((rects[:, :2] + rects[:, 2:]) / _GRID) * _GRID, most)
    seen = (high > low).all(axis=1)
    made = np.unique(np.concatenate([low, high - low], axis=1)[seen], axis=0)
    return made if len(made) <= _MOST else None
