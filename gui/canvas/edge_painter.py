"""Paints the edges of the forward pass: blue where a value has run through, pale where none has yet."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QPainter

from graphs.drawing import EdgeKind
from gui.canvas.batches import draw_lines, fill_polygons
from gui.canvas.frame import Flags, Frame
from gui.canvas.palette import mixed, pen
from gui.canvas.polylines import arrow_heads

LINE = 1.7
HEAD_LENGTH, HEAD_WIDTH = 8.5, 7.0
CORNER = 11.0
EDGES_FROM = 0.03
"""Zoom below which edges are not drawn: nothing could be told from them."""
HEADS_FROM = 0.2
"""Zoom below which arrows have no heads and corners are not rounded."""


def paint_edges(painter: QPainter, frame: Frame) -> None:
    """Paint forward edges and taps in view, unrevealed ones below; of the opened backward pass only the unrevealed."""
    if frame.zoom < EDGES_FROM:
        return
    edges = frame.edges
    kinds = frame.scene.drawing.edge_kind[edges]
    shown = frame.revealed.edges[edges]
    palette = frame.palette
    taps, forward, backward = (kinds == kind for kind in (EdgeKind.TAP, EdgeKind.FORWARD, EdgeKind.BACKWARD))
    pale_tap = mixed(palette.parameter, palette.ground, 0.62)
    _paint(painter, frame, taps & ~shown, pale_tap, 1.2, headed=False)
    _paint(painter, frame, taps & shown, palette.parameter, 1.2, headed=False)
    _paint(painter, frame, forward & ~shown, palette.pale, LINE, headed=True)
    _paint(painter, frame, backward & ~shown, palette.pale, LINE, headed=True)
    _paint(painter, frame, forward & shown, palette.forward, LINE, headed=True)


def _paint(painter: QPainter, frame: Frame, which: Flags, color: QColor, width: float, *, headed: bool) -> None:
    if not which.any():
        return
    painter.setPen(pen(color, max(width * frame.unit, 0.8), square=True))
    passing = frame.edges[which & ~frame.near_edges]
    if len(passing):
        draw_lines(painter, frame.passing(frame.polylines(passing)))
    edges = frame.edges[which & frame.near_edges]
    if not len(edges):
        return
    lines = frame.polylines(edges)
    unit = frame.unit
    detailed = frame.zoom >= HEADS_FROM
    if headed and detailed:
        tips, ways = lines.heads()
        lines = lines.shortened(0.0, 0.7 * HEAD_LENGTH * unit)
    if detailed:
        lines = lines.rounded(CORNER * frame.zoom)
    # Edges that have an end in view may still be many, and lie on each other outside and inside of it.
    segments = frame.passing(lines) if frame.crowded else lines.segments()
    draw_lines(painter, segments)
    if headed and detailed:
        fill_polygons(painter, arrow_heads(tips, ways, HEAD_LENGTH * unit, HEAD_WIDTH * unit), color)


def paint_cuts(painter: QPainter, frame: Frame) -> None:
    """Mark edges through which no gradient flows on purpose: two strokes across, as a line is cut."""
    edges = np.intersect1d(frame.edges, frame.scene.blocked_edges, assume_unique=True)
    if not len(edges) or frame.zoom < HEADS_FROM:
        return
    lines = frame.polylines(edges)
    last, before = lines.points[lines.lasts], lines.points[lines.lasts - 1]
    middle, way = (last + before) / 2, last - before
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    across = np.stack([-way[:, 1], way[:, 0]], axis=1)
    size = 6.0 * frame.unit
    slanted = across * size + way * size * 0.45
    gap = way * 2.2 * frame.unit
    painter.setPen(pen(frame.palette.ground, 3.4 * frame.unit, square=True))
    draw_lines(painter, np.concatenate([middle - gap, middle + gap], axis=1))
    painter.setPen(pen(frame.palette.backward, 1.8 * frame.unit))
    for side in (-gap, gap):
        draw_lines(painter, np.concatenate([middle + side - slanted, middle + side + slanted], axis=1))
