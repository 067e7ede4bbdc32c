"""Rails: each parameter's line through all time steps, its taps, its box, and its gradient as it grows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from graphs.drawing import EdgeKind, Rail
from gui.canvas.batches import draw_lines
from gui.canvas.frame import Frame, Indices
from gui.canvas.gradient_arrows import strength
from gui.canvas.labels import Style, variable_markup
from gui.canvas.node_shapes import LEAST_TEXT
from gui.canvas.palette import NO_PEN, mixed, pen
from gui.canvas.value_texts import number_text

_TAP, _LIT_LEAST, _LIT_MOST = 3.4, 4.2, 8.0
"""Radii of taps at zoom 1, px: before the gradient arrives, and the smallest and largest after."""


def paint_rails(painter: QPainter, frame: Frame) -> None:
    """Paint the lines of all rails; they lie below edges and nodes."""
    rows = [
        (*frame.camera.to_view(rail.x0, rail.y), *frame.camera.to_view(rail.x1, rail.y))
        for rail in frame.scene.drawing.rails
    ]
    if rows:
        palette = frame.palette
        painter.setPen(pen(mixed(palette.parameter, palette.ground, 0.38), max(1.5 * frame.unit, 0.8), square=True))
        lines = np.array(rows)
        lines[:, [0, 2]] = np.clip(lines[:, [0, 2]], -50.0, frame.camera.width + 50.0)
        draw_lines(painter, lines[lines[:, 2] > lines[:, 0]])


def paint_taps(painter: QPainter, frame: Frame) -> None:
    """Paint the dots at which operations take a parameter: larger and orange once its gradient has come from there."""
    kinds = frame.scene.drawing.edge_kind
    edges = frame.edges[kinds[frame.edges] == EdgeKind.TAP]
    if not len(edges) or frame.zoom < 0.2:
        return
    lines = frame.polylines(edges)
    places = lines.points[lines.firsts]
    lit = frame.revealed.gradients[edges] >= 0
    norms = frame.revealed.norms
    largest = float(norms[(kinds == EdgeKind.TAP) & np.isfinite(norms)].max(initial=0.0))
    share = strength(norms[edges], largest)
    palette, unit = frame.palette, frame.unit
    radii = np.where(lit, _LIT_LEAST + (_LIT_MOST - _LIT_LEAST) * share, _TAP) * unit
    painter.setPen(NO_PEN)
    for chosen, color in (
        (~lit, palette.parameter), (lit & np.isfinite(norms[edges]), palette.backward),
        (lit & ~np.isfinite(norms[edges]), palette.not_finite),
    ):  # fmt: skip
        painter.setBrush(color)
        for (x, y), radius in zip(places[chosen].tolist(), radii[chosen].tolist(), strict=True):
            painter.drawEllipse(QPointF(x, y), radius, radius)
    _paint_newest(painter, frame, edges[lit], places[lit], radii[lit])


def _paint_newest(painter: QPainter, frame: Frame, edges: Indices, places, radii) -> None:
    """Write the norm of what came last beside its tap, once for each rail."""
    size = 11.0 * frame.unit
    if size < LEAST_TEXT or not len(edges):
        return
    drawing, revealed = frame.scene.drawing, frame.revealed
    all_taps = np.flatnonzero((drawing.edge_kind == EdgeKind.TAP) & (revealed.gradients >= 0))
    for entry in np.unique(drawing.edge_entry[edges]).tolist():
        of_rail = all_taps[drawing.edge_entry[all_taps] == entry]
        newest = int(of_rail[np.argmax(revealed.gradients[of_rail])])
        at = np.flatnonzero(edges == newest)
        if len(at):
            (x, y), radius = places[at[0]].tolist(), float(radii[at[0]])
            label = frame.labels.get(f"+ {number_text(float(revealed.norms[newest]))}", Style("math", round(size)))
            label.draw(
                painter, x + radius + 2 * frame.unit, y + radius + 0.75 * size, frame.palette.backward_ink,
                outlined=frame.outlined,
            )  # fmt: skip


def paint_heads(painter: QPainter, frame: Frame) -> None:
    """Write name, shape and gradient into and above the boxes at the rails' heads."""
    gradients = frame.scene.figures.gradient_entries(frame.revealed.position) if frame.scene.drawing.rails else None
    for rail in frame.scene.drawing.rails:
        if gradients is not None and rail.node >= 0:
            _paint_head(painter, frame, rail, int(gradients[rail.entry]))


def _paint_head(painter: QPainter, frame: Frame, rail: Rail, gradient: int) -> None:
    d, zoom = frame.scene.drawing, frame.zoom
    x, y = frame.node_center(rail.node)
    width, height = float(d.width[rail.node]) * zoom, float(d.height[rail.node]) * zoom
    box = QRectF(x - width / 2, y - height / 2, width, height)
    if not box.intersects(QRectF(-width, -height, frame.camera.width + 2 * width, frame.camera.height + 2 * height)):
        return
    palette = frame.palette
    shape = "×".join(str(n) for n in frame.cursor.tape[rail.entry].shape)
    left = box.left() + 0.16 * height
    name = variable_markup(d.label[rail.node])
    _write(painter, frame, name, Style("math", round(0.5 * height), True), left, y, palette.parameter)
    _write(painter, frame, shape, Style("math", round(0.27 * height)), left, y + 0.36 * height, palette.parameter)
    if gradient >= 0:
        norm = float(frame.scene.figures.norms(np.array([gradient]))[0])
        tape = frame.cursor.tape
        text = f"‖∂/{{{tape[tape.loss].symbol}}}/∂{_slanted(d.label[rail.node])}‖ = {number_text(norm)}"
        color = palette.backward_ink if np.isfinite(norm) else palette.not_finite
        size = max(0.25 * height, min(10.5 * frame.scale, 0.33 * height))
        _write(painter, frame, text, Style("math", round(size)), box.left(), box.top() - 0.14 * height, color)


def _slanted(name: str) -> str:
    """Markup of a parameter's name within upright text."""
    base, _, lower = name.partition("_")
    return f"/{{{base}}}" + (f"_{{{lower}}}" if lower else "")


def _write(painter: QPainter, frame: Frame, text: str, style: Style, x: float, baseline: float, color) -> None:
    if style.size >= LEAST_TEXT:
        frame.labels.get(text, style).draw(painter, x, baseline, color, outlined=frame.outlined)
