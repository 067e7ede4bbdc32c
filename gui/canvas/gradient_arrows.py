"""The backward pass over the forward graph: an orange arrow beside each edge, as wide as the gradient is large."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from graphs.drawing import EdgeKind
from gui.canvas.batches import draw_lines, fill_polygons, path_of
from gui.canvas.edge_painter import CORNER, EDGES_FROM
from gui.canvas.frame import Array, Frame, Indices
from gui.canvas.palette import NO_BRUSH, mixed, pen
from gui.canvas.polylines import Polylines, arrow_heads

DECADES = 5.0
"""A gradient so many powers of ten below the largest is drawn as thin as can be."""
_LEAST, _MOST = 0.9, 6.6
"""Widths of the thinnest and the widest arrow at zoom 1, px."""
BINS = 14
_BESIDE = 4.5
"""Distance between an edge and the near side of its arrow at zoom 1, px."""


def strength(norms: Array, largest: float) -> Array:
    """Share 0..1 of the scale that gradients of these norms reach: 1 for the largest, 0 for DECADES below it or less.

    Monotone in the norm. What is not finite counts as the largest.
    """
    if largest <= 0:
        return np.where(np.isfinite(norms), 0.0, 1.0)
    with np.errstate(all="ignore"):
        decades = np.log10(norms / largest)
    return np.where(np.isfinite(norms), np.clip(1.0 + decades / DECADES, 0.0, 1.0), 1.0)


def arrow_width(share: float | Array, unit: float) -> float | Array:
    """Width in px of an arrow of a strength."""
    return (_LEAST + (_MOST - _LEAST) * share**1.25) * unit


def arrow_color(frame: Frame, share: float) -> QColor:
    """Colour of an arrow of a strength: weaker ones fade towards the ground."""
    return mixed(frame.palette.backward, frame.palette.ground, 0.5 * (1.0 - share))


def paint_gradient_arrows(painter: QPainter, frame: Frame) -> None:
    """Paint the arrows of all gradients that have flowed along edges in view, weak ones first."""
    revealed = frame.revealed
    if frame.zoom < EDGES_FROM or revealed.largest == 0.0 and np.isfinite(revealed.norms).all():
        return
    here = (revealed.gradients[frame.edges] >= 0) & (frame.scene.drawing.edge_kind[frame.edges] == EdgeKind.FORWARD)
    _paint_passing(painter, frame, frame.edges[here & ~frame.near_edges])
    edges = frame.edges[here & frame.near_edges]
    if not len(edges):
        return
    bins = _bins(frame, edges)
    order = np.argsort(bins, kind="stable")
    bins = bins[order]
    shafts, heads = _arrows(frame, frame.polylines(edges[order]), np.minimum(bins, BINS) / BINS)
    painter.setBrush(NO_BRUSH)
    bounds = [*np.flatnonzero(np.diff(bins, prepend=-1)).tolist(), len(bins)]
    for first, last in zip(bounds[:-1], bounds[1:], strict=True):
        stroke = _stroke(frame, int(bins[first]))
        start, end = int(shafts.starts[first]), int(shafts.starts[last])
        painter.strokePath(path_of(shafts.points[start:end], shafts.starts[first:last] - start), stroke)
        fill_polygons(painter, heads[first:last], stroke.color())


def _bins(frame: Frame, edges: Indices) -> Indices:
    return arrow_bins(frame.revealed.norms[edges], frame.revealed.largest)


def arrow_bins(norms: Array, largest: float) -> Indices:
    """Strengths of gradients of these norms in whole steps; what is not finite has one of its own."""
    bins = np.rint(strength(norms, largest) * BINS).astype(np.int64)
    bins[~np.isfinite(norms)] = BINS + 1
    return bins


def _stroke(frame: Frame, number: int) -> QPen:
    share = min(number, BINS) / BINS
    color = frame.palette.not_finite if number > BINS else arrow_color(frame, share)
    stroke = pen(color, float(arrow_width(share, frame.unit)))
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    return stroke


def _paint_passing(painter: QPainter, frame: Frame, edges: Indices) -> None:
    """Arrows whose ends are out of view: only the parts of their shafts in view, those on each other once."""
    if not len(edges):
        return
    bins = _bins(frame, edges)
    for number in np.unique(bins).tolist():
        chosen = edges[bins == number]
        legs = frame.passing(frame.polylines(chosen))
        lines = Polylines(legs.reshape(-1, 2), np.arange(0, 2 * len(legs) + 1, 2))
        width = float(arrow_width(min(number, BINS) / BINS, frame.unit))
        painter.setPen(_stroke(frame, number))
        draw_lines(painter, lines.shifted(np.full(len(lines), _BESIDE * frame.unit + width / 2)).segments())


def _arrows(frame: Frame, edges: Polylines, share: Array) -> tuple[Polylines, Array]:
    """Shafts and heads: left of the edges, against their direction, clear of the nodes at both ends."""
    unit = frame.unit
    width = np.asarray(arrow_width(share, unit))
    lines = edges.reversed().shifted(-(_BESIDE * unit + width / 2)).shortened(2.0 * unit, 2.0 * unit)
    tips, ways = lines.heads()
    leg = np.hypot(*(lines.points[lines.lasts] - lines.points[lines.lasts - 1]).T)
    length = width * 1.15 + 5.5 * unit
    fits = np.minimum(1.0, 0.8 * leg / length)
    heads = arrow_heads(tips, ways, length * fits, (width * 1.5 + 5.0 * unit) * fits)
    return lines.shortened(0.0, 0.8 * length * fits).rounded(CORNER * frame.zoom), heads
