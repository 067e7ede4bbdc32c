"""Codes as points in their plane: a colour and a name for each kind, an ellipse for where a code is drawn from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.appearance import Appearance
from gui.views.latent_axes import LatentAxes

KIND_COLORS = (
    "series_1", "series_2", "series_3", "series_4", "series_5", "candidate", "series_6", "input", "reset", "update",
)  # fmt: skip
"""Colours of kinds, in their order; each is also told by its name."""
_DOT, _MARK = 2.6, 7.5
_NAMED = 80
"""More examples than this are too crowded to have names."""


def paint_dots(
    painter: QPainter, axes: LatentAxes, places: np.ndarray, kinds: np.ndarray, appearance: Appearance
) -> None:
    """Draw codes (N, 2) as dots."""
    radius, ground = appearance.px(_DOT), appearance.color("ground")
    painter.setPen(QPen(ground, appearance.px(0.8)))
    for kind in np.unique(kinds):
        painter.setBrush(appearance.color(KIND_COLORS[int(kind) % len(KIND_COLORS)]))
        for across, up in places[(kinds == kind) & np.isfinite(places).all(axis=1)]:
            painter.drawEllipse(axes.at(float(across), float(up)), radius, radius)


def paint_kinds(
    painter: QPainter, axes: LatentAxes, places: np.ndarray, kinds: np.ndarray, names: Sequence[str],
    appearance: Appearance,
) -> None:  # fmt: skip
    """Draw codes (N, 2) as discs with the names of their kinds."""
    named = len(places) <= _NAMED
    radius = appearance.px(_MARK if named else 1.5 * _DOT)
    painter.setFont(appearance.font(11, bold=True))
    for place, kind in zip(places, kinds, strict=False):
        if not np.isfinite(place).all():
            continue
        point = axes.at(float(place[0]), float(place[1]))
        color = appearance.color(KIND_COLORS[int(kind) % len(KIND_COLORS)])
        painter.setPen(QPen(appearance.color("ground"), appearance.px(1.2)))
        painter.setBrush(color)
        painter.drawEllipse(point, radius, radius)
        if named:
            painter.setPen(appearance.ink_on(color))
            box = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, names[int(kind)])


def paint_spread(
    painter: QPainter, axes: LatentAxes, mean: np.ndarray, spread: np.ndarray, color: QColor, appearance: Appearance
) -> None:
    """Draw an ellipse of one standard deviation (2,) around a mean (2,)."""
    if not (np.isfinite(mean).all() and np.isfinite(spread).all()):
        return
    centre = axes.at(float(mean[0]), float(mean[1]))
    edge = axes.at(float(mean[0] + spread[0]), float(mean[1] + spread[1]))
    wash = QColor(color)
    wash.setAlphaF(0.3)
    painter.setBrush(wash)
    painter.setPen(QPen(color, appearance.px(1.8)))
    painter.drawEllipse(centre, edge.x() - centre.x(), centre.y() - edge.y())


def paint_example(
    painter: QPainter, axes: LatentAxes, mean: np.ndarray, drawn: np.ndarray | None, appearance: Appearance
) -> None:
    """Mark one code: a ring around its mean (2,), and what was drawn (2,)."""
    if not np.isfinite(mean).all():
        return
    centre, radius = axes.at(float(mean[0]), float(mean[1])), appearance.px(_MARK + 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in (("ground", 4.5), ("ink", 2.0)):
        painter.setPen(QPen(appearance.color(color), appearance.px(width)))
        painter.drawEllipse(centre, radius, radius)
    if drawn is not None and np.isfinite(drawn).all():
        _paint_drawn(painter, centre, axes.at(float(drawn[0]), float(drawn[1])), radius, appearance)


def _paint_drawn(painter: QPainter, centre: QPointF, point: QPointF, ring: float, appearance: Appearance) -> None:
    """A line from the ring around the mean to what was drawn, and a diamond there."""
    size, apart = appearance.px(5.5), point - centre
    length = math.hypot(apart.x(), apart.y())
    if length > ring:
        for color, width in (("ground", 4.0), ("ink", 1.6)):
            painter.setPen(QPen(appearance.color(color), appearance.px(width)))
            painter.drawLine(centre + apart * (ring / length), point)
    painter.setBrush(appearance.color("ink"))
    painter.setPen(QPen(appearance.color("ground"), appearance.px(1)))
    corners = ((0, -size), (size, 0), (0, size), (-size, 0))
    painter.drawPolygon([point + QPointF(x, y) for x, y in corners])
