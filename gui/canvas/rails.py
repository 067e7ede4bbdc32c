"""Rails: each parameter's line through all time steps, its taps, its box, and its gradient as it grows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from graphs.drawing import EdgeKind, Rail
from gui.canvas.batches import draw_lines
from gui.canvas.frame import Array, Frame, Indices
from gui.canvas.gradient_arrows import strength
from gui.canvas.labels import Style
from gui.canvas.node_shapes import LEAST_TEXT
from gui.canvas.palette import NO_PEN, mixed, pen
from gui.canvas.value_texts import number_text

_TAP, _LIT_LEAST, _LIT_MOST = 3.4, 4.2, 8.0
"""Radii of taps at zoom 1, px: before the gradient arrives, and the smallest and largest after."""

_TAPS_FROM = 0.2
"""Zoom from which taps are drawn."""


def paint_rails(painter: QPainter, frame: Frame) -> None:
    """Paint the lines of all rails; they lie below edges and nodes."""
    rows = [
        (*frame.camera.to_view(x0, y0), *frame.camera.to_view(x1, y1))
        for rail in frame.scene.drawing.rails
        for x0, y0, x1, y1 in rail.lines()
    ]
    if rows:
        palette = frame.palette
        painter.setPen(pen(mixed(palette.parameter, palette.ground, 0.38), max(1.5 * frame.unit, 0.8), square=True))
        lines = np.array(rows)
        lines[:, [0, 2]] = np.clip(lines[:, [0, 2]], -50.0, frame.camera.width + 50.0)
        lines[:, [1, 3]] = np.clip(lines[:, [1, 3]], -50.0, frame.camera.height + 50.0)
        draw_lines(painter, lines[(lines[:, 2] > lines[:, 0]) | (lines[:, 3] > lines[:, 1])])


def paint_taps(painter: QPainter, frame: Frame) -> None:
    """Paint the dots at which operations take a parameter: larger and orange once its gradient has come from there."""
    kinds = frame.scene.drawing.edge_kind
    edges = frame.edges[kinds[frame.edges] == EdgeKind.TAP]
    if not len(edges) or frame.zoom < _TAPS_FROM:
        return
    lines = frame.polylines(edges)
    places = lines.points[lines.firsts]
    lit = frame.revealed.gradients[edges] >= 0
    norms = frame.revealed.norms
    palette = frame.palette
    radii = _radii(frame, edges)
    painter.setPen(NO_PEN)
    for chosen, color in (
        (~lit, palette.parameter), (lit & np.isfinite(norms[edges]), palette.backward),
        (lit & ~np.isfinite(norms[edges]), palette.not_finite),
    ):  # fmt: skip
        painter.setBrush(color)
        for (x, y), radius in zip(places[chosen].tolist(), radii[chosen].tolist(), strict=True):
            painter.drawEllipse(QPointF(x, y), radius, radius)
    _paint_newest(painter, frame, edges[lit], places[lit], radii[lit])


def _radii(frame: Frame, edges: Indices) -> Array:
    """Radii of taps in px."""
    norms = frame.revealed.norms
    taps = frame.scene.drawing.edge_kind == EdgeKind.TAP
    share = strength(norms[edges], float(norms[taps & np.isfinite(norms)].max(initial=0.0)))
    lit = frame.revealed.gradients[edges] >= 0
    return np.where(lit, _LIT_LEAST + (_LIT_MOST - _LIT_LEAST) * share, _TAP) * frame.unit


def changed_taps(before: Frame, now: Frame) -> Array:
    """(n, 4) rectangles in px of the taps in view that look another way, with the numbers beside them."""
    edges = now.edges[now.scene.drawing.edge_kind[now.edges] == EdgeKind.TAP]
    if not len(edges) or now.zoom < _TAPS_FROM:
        return np.zeros((0, 4))
    old, new = _radii(before, edges), _radii(now, edges)
    # A norm that is not finite has another colour, but has another radius than none too.
    which = old != new
    gradients = before.revealed.gradients[edges], now.revealed.gradients[edges]
    which |= gradients[0] != gradients[1]
    which |= np.isin(edges, np.setxor1d(_newest(before, edges), _newest(now, edges)))
    if not which.any():
        return np.zeros((0, 4))
    lines = now.polylines(edges[which])
    places, unit = lines.points[lines.firsts], now.unit
    size = np.broadcast_to(np.array([[120.0, 46.0]]) * unit, places.shape)
    return np.concatenate([places - 11.0 * unit, size], axis=1)


def _newest(frame: Frame, edges: Indices) -> list[int]:
    """The tap of each rail whose gradient came last, of the rails of some taps."""
    drawing, gradients = frame.scene.drawing, frame.revealed.gradients
    taps = np.flatnonzero((drawing.edge_kind == EdgeKind.TAP) & (gradients >= 0))
    entries = drawing.edge_entry[taps]
    rails = [taps[entries == entry] for entry in np.unique(drawing.edge_entry[edges]).tolist()]
    return [int(of_rail[np.argmax(gradients[of_rail])]) for of_rail in rails if len(of_rail)]


def _paint_newest(painter: QPainter, frame: Frame, edges: Indices, places, radii) -> None:
    """Write the norm of what came last beside its tap, once for each rail."""
    size = 11.0 * frame.unit
    if size < LEAST_TEXT or not len(edges):
        return
    revealed = frame.revealed
    drawing = frame.scene.drawing
    for newest in _newest(frame, edges):
        if drawing.height[drawing.edge_source[newest]] < drawing.height[drawing.edge_target[newest]]:
            continue  # beside a tag in a cell there is no room
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
    rails = [rail for rail in frame.scene.drawing.rails if rail.node >= 0]
    if not rails:
        return
    gradients = frame.scene.figures.gradient_entries(frame.revealed.position)
    boxes = [_box(frame, rail) for rail in rails]
    for rail, box in zip(rails, boxes, strict=True):
        _paint_head(painter, frame, rail, int(gradients[rail.entry]), (box, boxes))


def changed_heads(before: Frame, now: Frame) -> Array:
    """(n, 4) rectangles in px of the rails' heads whose gradient is another."""
    rails = [rail for rail in now.scene.drawing.rails if rail.node >= 0]
    if not rails:
        return np.zeros((0, 4))
    old, new = (frame.scene.figures.gradient_entries(frame.revealed.position) for frame in (before, now))
    boxes = [_box(now, rail) for rail in rails if old[rail.entry] != new[rail.entry]]
    rects = [_head_rect(box, max(0.33 * box.height(), 10.5 * now.scale)) for box in boxes]
    return np.array(rects, dtype=np.float64).reshape(-1, 4)


def _box(frame: Frame, rail: Rail) -> QRectF:
    d, zoom = frame.scene.drawing, frame.zoom
    x, y = frame.node_center(rail.node)
    width, height = float(d.width[rail.node]) * zoom, float(d.height[rail.node]) * zoom
    return QRectF(x - width / 2, y - height / 2, width, height)


def _head_rect(box: QRectF, size: float) -> tuple[float, float, float, float]:
    """A head's box with the line of letters of a size above it, px."""
    above = 0.14 * box.height() + 1.6 * size
    return (box.x() - 6.0, box.y() - above, max(box.width(), 28.0 * size) + 12.0, box.height() + above + 6.0)


def _paint_head(
    painter: QPainter, frame: Frame, rail: Rail, gradient: int, boxes: tuple[QRectF, list[QRectF]]
) -> None:
    """``boxes``: of this head, and of all."""
    box = boxes[0]
    width, height, y = box.width(), box.height(), box.center().y()
    size = max(0.25 * height, min(10.5 * frame.scale, 0.33 * height))
    near = QRectF(-width, -height, frame.camera.width + 2 * width, frame.camera.height + 2 * height)
    if not frame.exposes(*_head_rect(box, size)) or not box.intersects(near):
        return
    palette = frame.palette
    shape = "×".join(str(n) for n in frame.cursor.tape[rail.entry].shape)
    left = box.left() + 0.16 * height
    name, style = frame.scene.name(rail.node), Style("math", round(0.5 * height), True)
    room = width - 0.26 * height
    wide = frame.labels.get(name, style).width
    if wide > room:
        style = Style("math", int(style.size * room / wide), True)
    _write(painter, frame, name, style, left, y, palette.parameter)
    _write(painter, frame, shape, Style("math", round(0.27 * height)), left, y + 0.36 * height, palette.parameter)
    if gradient >= 0:
        _write_gradient(painter, frame, rail, gradient, boxes)


def _write_gradient(
    painter: QPainter, frame: Frame, rail: Rail, gradient: int, boxes: tuple[QRectF, list[QRectF]]
) -> None:
    """The norm of the gradient above a head, by a short name where there is little room."""
    box, height = boxes[0], boxes[0].height()
    style = Style("math", round(max(0.25 * height, min(10.5 * frame.scale, 0.33 * height))))
    norm = float(frame.scene.figures.norms(np.array([gradient]))[0])
    number = number_text(norm)
    baseline = box.top() - 0.14 * height
    text = f"‖{frame.scene.gradient_name(rail.node)}‖ = {number}"
    if frame.labels.get(text, style).width > _room(frame, boxes):
        text = f"‖/{{g}}‖ = {number}"
    color = frame.palette.backward_ink if np.isfinite(norm) else frame.palette.not_finite
    _write(painter, frame, text, style, box.left(), baseline, color)


def _room(frame: Frame, boxes: tuple[QRectF, list[QRectF]]) -> float:
    """How far a line above a head may reach till a column or another head begins, px."""
    box, others = boxes
    scene = frame.scene
    columns = (scene.region_rects[scene.columns, 0] - frame.camera.left) * frame.zoom
    starts = columns[columns > box.left()].tolist()
    # Heads side by side have their lines side by side, too.
    starts += [one.left() for one in others if one.left() > box.right() and abs(one.top() - box.top()) < box.height()]
    return min(starts, default=np.inf) - box.left() - 4.0 * frame.unit


def _write(painter: QPainter, frame: Frame, text: str, style: Style, x: float, baseline: float, color) -> None:
    if style.size >= LEAST_TEXT:
        frame.labels.get(text, style).draw(painter, x, baseline, color, outlined=frame.outlined)
