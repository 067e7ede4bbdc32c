"""The attention fan: a line from each state that is looked at to the step that looks, as wide as its weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from graphs.fans import Fan
from gui.canvas.batches import fill_polygons
from gui.canvas.frame import Array, Frame
from gui.canvas.palette import NO_BRUSH, mixed, pen
from gui.canvas.polylines import arrow_heads

_FULL, _LEAST_FULL, _MOST_FULL = 26.0, 6.0, 18.0
"""Width of the line of a weight of 1 at zoom 1, and its bounds at scale 1, px."""
_HAIR = 0.9
"""Width of a line of next to no weight, px."""
_COSMETIC = 1.3
"""Up to this width lines are drawn as lines of 1 px, px."""
_FAINT = 0.32
"""Opacity of a line of next to no weight."""
_SLACK = 4.0
"""A line is hit this far beside it, px."""
_BEHIND = 0.35
"""Opacity of the weights while their gradient is shown."""


@dataclass(frozen=True, eq=False)
class ShownFan:
    """A fan with what is revealed of it.

    Attributes:
        fan: where its lines run.
        weights: of each line; 0 for one that is masked.
        gradients: of the loss by the weights; None while they have not arrived.
        sequence: of the batch, from 0.
    """

    fan: Fan
    weights: Array
    gradients: Array | None
    sequence: int = 0


def shown_fans(frame: Frame) -> list[ShownFan]:
    """The fan of the current time step, or all, as far as their weights are revealed."""
    scene, position = frame.scene, frame.revealed.position
    if not scene.fans:
        return []
    current = frame.revealed.current_column
    path = scene.drawing.regions[current].path if current >= 0 else ""
    gradients = scene.figures.gradient_entries(position)
    steps = scene.figures.tape.steps
    made = []
    for fan in scene.fans:
        if (frame.all_attention or fan.column == path) and frame.cursor.revealed(fan.weights):
            gradient = int(gradients[fan.weights])
            made.append(ShownFan(
                fan, row_of(steps[fan.weights].value, frame.sequence),
                row_of(steps[gradient].value, frame.sequence) if gradient >= 0 else None, frame.sequence,
            ))  # fmt: skip
    return made


def row_of(value: np.ndarray, sequence: int) -> Array:
    """The numbers (S,) of a sequence, the mean over heads if there are several; of the last one, if there are fewer."""
    row = np.asarray(value[min(sequence, len(value) - 1)], dtype=np.float64)
    return row.reshape(-1, row.shape[-1]).mean(axis=0)


def paint_fans(painter: QPainter, frame: Frame, fans: list[ShownFan]) -> None:
    """Paint fans, weak lines first; gradients beside the weights."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(NO_BRUSH)
    full = full_width(frame)
    for shown in fans:
        behind = shown.gradients is not None
        _paint(painter, frame, shown.fan, shown.weights, frame.palette.forward, (full, 0.0, _BEHIND if behind else 1.0))
        if shown.gradients is not None:
            sizes = np.abs(shown.gradients)
            largest = float(sizes[np.isfinite(sizes)].max(initial=0.0))
            shares = np.where(np.isfinite(sizes), sizes / largest, 1.0) if largest > 0 else np.zeros(len(sizes))
            shares[shown.weights == 0.0] = 0.0
            _paint(painter, frame, shown.fan, shares, frame.palette.backward, (0.7 * full, -0.5 * full - 2.0, 1.0))


def full_width(frame: Frame) -> float:
    """Width in px of the line of a weight of 1."""
    return float(np.clip(_FULL * frame.zoom, _LEAST_FULL * frame.scale, _MOST_FULL * frame.scale))


def _paint(
    painter: QPainter, frame: Frame, fan: Fan, shares: Array, color: QColor, look: tuple[float, float, float]
) -> None:
    """Lines of these shares of the full width, shifted aside; ``look``: full width, shift and opacity."""
    full, aside, opacity = look
    known = np.nan_to_num(shares, nan=1.0, posinf=1.0)
    order = np.argsort(known, kind="stable")
    shift = np.array([aside, 0.0])
    for line in order[known[order] > 0.0].tolist():
        share = min(float(known[line]), 1.0)
        tint = color if np.isfinite(shares[line]) else frame.palette.not_finite
        tint = QColor(tint)
        tint.setAlphaF(opacity * (_FAINT + (1.0 - _FAINT) * share**0.5))
        width = _HAIR + (full - _HAIR) * share
        stroke = pen(tint, width if width > _COSMETIC else 1.0)
        stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
        stroke.setCosmetic(width <= _COSMETIC)  # drawn faster, at a width of 1
        points = frame.camera.points_to_view(fan.lines[line]) + shift
        painter.setPen(stroke)
        painter.drawPath(_arc(points))
    if (known > 0.0).any():
        _paint_trunk(painter, frame, fan, mixed(color, frame.palette.ground, 1.0 - opacity), full, aside)


def _arc(points: Array) -> QPainterPath:
    """Up from the first point, then in an arc to the last one (see ``graphs.fans``)."""
    path = QPainterPath(QPointF(*points[0]))
    path.lineTo(QPointF(*points[1]))
    middle = (points[len(points) // 2, 1] + points[len(points) // 2 + 1, 1]) / 2
    high = points[1, 1] + (middle - points[1, 1]) * 4 / 3
    path.cubicTo(QPointF(points[1, 0], high), QPointF(points[-1, 0], high), QPointF(*points[-1]))
    return path


def _paint_trunk(painter: QPainter, frame: Frame, fan: Fan, color: QColor, full: float, aside: float) -> None:
    """From where the lines meet to the weights."""
    points = frame.camera.points_to_view(fan.trunk)
    points[:2, 0] += aside
    points[1:, 1] += aside
    head = min(1.6 * full + 3.0, max(points[2, 0] - points[1, 0], 0.0))
    path = QPainterPath(QPointF(*points[0]))
    path.lineTo(QPointF(*points[1]))
    path.lineTo(QPointF(points[2, 0] - 0.8 * head, points[2, 1]))
    stroke = pen(color, 0.45 * full)
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, stroke)
    fill_polygons(painter, arrow_heads(points[2:], np.array([[1.0, 0.0]]), head, full + 2.0), color)


def fan_bounds(frame: Frame, fans: list[ShownFan]) -> QRectF:
    """What fans cover of the view, px."""
    made = QRectF()
    room = full_width(frame) + 4.0
    for shown in fans:
        points = np.concatenate([shown.fan.lines.reshape(-1, 2), shown.fan.trunk])
        points = frame.camera.points_to_view(points)
        (left, top), (right, bottom) = points.min(axis=0) - 2 * room, points.max(axis=0) + room
        made = made.united(QRectF(left, top, right - left, bottom - top))
    return made.intersected(QRectF(0, 0, frame.camera.width, frame.camera.height))


def line_at(frame: Frame, fans: list[ShownFan], x: float, y: float) -> tuple[ShownFan, int] | None:
    """The line at a point in px: its fan, and which of its sources; None for none."""
    best: tuple[float, ShownFan, int] | None = None
    full = full_width(frame)
    for shown in fans:
        points = frame.camera.points_to_view(shown.fan.lines)
        a, way = points[:, :-1], points[:, 1:] - points[:, :-1]
        length = np.maximum((way**2).sum(axis=2), 1e-9)
        share = np.clip((((x, y) - a) * way).sum(axis=2) / length, 0.0, 1.0)
        away = np.hypot(*np.moveaxis(a + share[..., None] * way - (x, y), 2, 0)).min(axis=1)
        away = np.where(np.nan_to_num(shown.weights, nan=1.0) > 0.0, away - shown.weights * full / 2, np.inf)
        line = int(np.argmin(away))
        if away[line] <= _SLACK and (best is None or away[line] < best[0]):
            best = float(away[line]), shown, line
    return None if best is None else (best[1], best[2])
