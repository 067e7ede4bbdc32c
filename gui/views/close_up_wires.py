"""Paints the wires of a cell's picture, and beside each the gradient that has gone back along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gui.canvas.batches import fill_polygons
from gui.canvas.gradient_arrows import arrow_width, strength
from gui.canvas.palette import NO_BRUSH, NO_PEN, mixed, pen
from gui.canvas.polylines import Polylines, arrow_heads
from gui.views.close_up_frame import Frame
from gui.views.close_up_geometry import BOX_HIGH, Arrow

_DOT = 0.085
_BESIDE = 0.12
"""From a wire to the near side of its arrow, in units."""


def paint_wires(painter: QPainter, frame: Frame, *, inked: bool) -> None:
    """All wires as they are before the cursor has come, or over them those that it has passed."""
    palette, geometry = frame.look.palette, frame.geometry
    chosen = [not inked or frame.revealed(line.entry) for line in geometry.lines]
    if not any(chosen):
        return
    lines, weights = QPainterPath(), QPainterPath()
    for is_chosen, line in zip(chosen, geometry.lines, strict=True):
        if is_chosen:
            (weights if line.is_weight else lines).addPath(line.path)
    color = palette.forward if inked else palette.pale
    painter.setBrush(NO_BRUSH)
    painter.strokePath(lines, pen(color, 1.7 * frame.line))
    painter.strokePath(weights, pen(palette.parameter if inked else palette.pale, 1.3 * frame.line))
    with_heads = np.array([c for c, line in zip(chosen, geometry.lines, strict=True) if not line.is_weight], dtype=bool)
    painter.setPen(NO_PEN)
    fill_polygons(painter, geometry.heads[with_heads], color)
    painter.setBrush(color)
    for dot, entry in frame.content.diagram.dots:
        if not inked or frame.revealed(entry):
            painter.drawEllipse(frame.at(dot), _DOT * frame.unit, _DOT * frame.unit)


# --- gradients ------------------------------------------------------------------------------------------------------


def paint_gradients(painter: QPainter, frame: Frame) -> None:
    """An arrow against each wire along which a gradient has gone back, as wide as it is large."""
    found = [(arrow, _gradient(frame, arrow)) for arrow in frame.geometry.arrows]
    arrows = [(arrow, entry) for arrow, entry in found if entry is not None]
    if not arrows:
        return
    norms = np.array([frame.content.flows.norm(entry) for _, entry in arrows])
    shares = strength(norms, frame.content.largest)
    colors = [_color(frame, share, finite) for share, finite in zip(shares.tolist(), np.isfinite(norms), strict=True)]
    _paint_arrows(painter, frame, [arrow for arrow, _ in arrows], shares, colors)
    _paint_weights(painter, frame)


def _gradient(frame: Frame, arrow: Arrow) -> int | None:
    if arrow.wire is None:
        return frame.state_gradient(arrow.entry)
    part = frame.content.flow.wires.get(arrow.wire)
    return None if part is None or part.shown_from > frame.content.cursor.position else part.entry


def _paint_arrows(
    painter: QPainter, frame: Frame, arrows: list[Arrow], shares: NDArray[np.float64], colors: list[QColor]
) -> None:
    widths = np.asarray(arrow_width(shares, frame.line))
    starts = np.cumsum([0, *(len(arrow.points) for arrow in arrows)]).astype(np.int64)
    lines = Polylines(np.concatenate([arrow.points for arrow in arrows]), starts)
    lines = lines.shifted(-(_BESIDE * frame.unit + widths / 2))
    tips, ways = lines.heads()
    legs = np.hypot(*(lines.points[lines.lasts] - lines.points[lines.lasts - 1]).T)
    lengths = widths * 1.1 + 4.5 * frame.line
    fits = np.minimum(1.0, 0.75 * legs / lengths)
    heads = arrow_heads(tips, ways, lengths * fits, (widths * 1.5 + 4.0 * frame.line) * fits)
    shafts = lines.shortened(0.0, 0.8 * lengths * fits).points.tolist()
    for number, (width, color) in enumerate(zip(widths.tolist(), colors, strict=True)):
        first, *rest = shafts[starts[number] : starts[number + 1]]
        path = QPainterPath(QPointF(*first))
        for point in rest:
            path.lineTo(*point)
        stroke = pen(color, width)
        stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.strokePath(path, stroke)
        painter.setPen(NO_PEN)
        fill_polygons(painter, heads[number : number + 1], color)
    painter.setBrush(NO_BRUSH)


def _color(frame: Frame, share: float, finite: bool) -> QColor:
    """Weaker gradients fade towards the ground."""
    palette = frame.look.palette
    return mixed(palette.backward, palette.ground, 0.45 * (1.0 - share)) if finite else palette.not_finite


def _paint_weights(painter: QPainter, frame: Frame) -> None:
    """A bar under the box of a parameter: there is no room for an arrow between it and its product."""
    half = 0.7 * frame.unit
    for wire, middle in frame.geometry.boxes:
        part = frame.content.flow.wires.get((wire.step, wire.argument))
        if part is None or part.shown_from > frame.content.cursor.position:
            continue
        norm = frame.content.flows.norm(part.entry)
        share = float(strength(np.array(norm), frame.content.largest))
        y = middle.y() + BOX_HIGH / 2 * frame.unit + 1.2 * frame.line
        bar = QRectF(middle.x() - half, y, 2 * half, float(arrow_width(share, 0.7 * frame.line)))
        painter.fillRect(bar, _color(frame, share, bool(np.isfinite(norm))))
