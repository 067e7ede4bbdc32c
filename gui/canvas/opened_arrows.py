"""Edges of the opened backward pass: gradients as wide as they are large, what helps to compute them thin."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from graphs.drawing import EdgeKind
from gui.canvas.batches import draw_lines, fill_polygons
from gui.canvas.edge_painter import CORNER, EDGES_FROM, HEAD_LENGTH, HEAD_WIDTH, HEADS_FROM, LINE
from gui.canvas.frame import Frame, Indices
from gui.canvas.gradient_arrows import BINS, arrow_bins, arrow_color
from gui.canvas.palette import pen
from gui.canvas.polylines import arrow_heads

_MOST = 5.2
"""Width of the widest edge at zoom 1, px; they run on the lines of the graph, not beside them."""
_HELPER = -1


def opened_width(share: float, unit: float) -> float:
    """Width in px of the edge of a gradient of a strength."""
    return max(0.8, (LINE * 0.6 + (_MOST - LINE * 0.6) * share**1.25) * unit)


def paint_opened_edges(painter: QPainter, frame: Frame) -> None:
    """Paint the revealed edges of the opened backward pass in view, weak gradients first."""
    if frame.zoom < EDGES_FROM:
        return
    edges = frame.edges
    edges = edges[(frame.scene.drawing.edge_kind[edges] == EdgeKind.BACKWARD) & frame.revealed.edges[edges]]
    if not len(edges):
        return
    bins = _bins(frame, edges)
    for number in np.unique(bins).tolist():
        _paint(painter, frame, edges[bins == number], number)


def _bins(frame: Frame, edges: Indices) -> Indices:
    scene = frame.scene
    entries = scene.drawing.edge_entry[edges].astype(np.int64)
    found = arrow_bins(scene.figures.norms(entries), scene.largest_opened)
    return np.where(scene.figures.is_gradient[entries], found, _HELPER)


def _paint(painter: QPainter, frame: Frame, edges: Indices, number: int) -> None:
    unit = frame.unit
    share = min(max(number, 0), BINS) / BINS
    width = LINE * unit if number == _HELPER else opened_width(share, unit)
    color = frame.palette.not_finite if number > BINS else arrow_color(frame, 0.0 if number == _HELPER else share)
    stroke = pen(color, max(width, 0.8))
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap if width > 2.0 else Qt.PenCapStyle.SquareCap)
    lines = frame.polylines(edges)
    detailed = frame.zoom >= HEADS_FROM
    swell = max(0.0, width - LINE * unit)
    length, wide = HEAD_LENGTH * unit + 0.9 * swell, HEAD_WIDTH * unit + 1.5 * swell
    if detailed:
        tips, ways = lines.heads()
        lines = lines.shortened(0.0, 0.7 * length).rounded(CORNER * frame.zoom)
    painter.setPen(stroke)
    draw_lines(painter, frame.passing(lines) if frame.crowded else lines.segments())
    if detailed:
        fill_polygons(painter, arrow_heads(tips, ways, length, wide), color)
