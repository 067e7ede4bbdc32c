"""The ground: columns of time steps with their titles, frames of open parts, cells and gates."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from engine.scope import TREE_NODE, ScopeKind
from graphs.drawing import Region
from gui.canvas.batches import draw_rects
from gui.canvas.frame import Array, Frame
from gui.canvas.labels import Label, Style
from gui.canvas.palette import NO_BRUSH, NO_PEN, mixed, pen

_ROUNDED_FROM = 12.0
"""Columns narrower than this are plain rectangles drawn all at once, px."""
_LEAST_TITLE, _LEAST_PART_TITLE, _SHRINKS = 8.0, 5.0, 0.75
_FAR = 0.3
"""Zoom up to which titles stand above their columns."""
_FAR_TREE = 0.038
"""The same for the nodes of a tree, which have nodes above them: till there is room inside, for each px of letters."""


def paint_columns(painter: QPainter, frame: Frame) -> None:
    """Paint the columns in view, the current one tinted."""
    columns, rects = frame.columns
    if not len(columns):
        return
    current = columns == frame.revealed.current_column
    painter.setPen(NO_PEN)
    for chosen, color in ((~current, frame.palette.color("column")), (current, frame.palette.color("column_current"))):
        painter.setBrush(color)
        if float(rects[:, 2].max()) < _ROUNDED_FROM:
            draw_rects(painter, rects[chosen])
            continue
        for x, y, width, height in rects[chosen].tolist():
            if not frame.exposes(x, y, width, height):
                continue
            radius = min(14.0 * frame.unit, width / 4)
            painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)


def paint_titles(painter: QPainter, frame: Frame) -> None:
    """Write the titles of the columns in view, as many as there is room for."""
    columns, rects = frame.columns
    if not len(columns):
        return
    current = columns == frame.revealed.current_column
    size = title_size(frame)
    if size < _LEAST_TITLE:
        return
    times = [frame.scene.drawing.regions[column].kind == ScopeKind.TIME for column in columns.tolist()]
    every = _every(len(columns), float(rects[times, 2].min(initial=np.inf)), size)
    palette = frame.palette
    for place, (column, (x, y, wide, _)) in enumerate(zip(columns.tolist(), rects.tolist(), strict=True)):
        region = frame.scene.drawing.regions[column]
        if every > 1 and times[place] and (region.number or 0) % every and not current[place]:
            continue
        if frame.exposed is not None and not _exposes_title(frame, rects[place : place + 1]):
            continue
        label = _title_label(frame, region, size, wide)
        if label is None:
            continue
        color = palette.ink if current[place] else palette.ink_quiet
        # Far away titles stand above the columns, near they have room inside, and stay in view while a column is.
        inside = y + max(22.0 * frame.zoom, 1.05 * size)
        is_node = region.name.startswith(TREE_NODE)
        far = frame.zoom <= (_FAR_TREE * size if is_node else _FAR) and (is_node or y > size)
        above = y - 24.0 * frame.zoom - 0.4 * size
        baseline = max(inside, 6.0 + size) if not far else above if is_node else max(above, size)
        left = x + (wide - label.width) / 2
        if baseline > inside + 0.5:
            painter.setPen(NO_PEN)
            painter.setBrush(palette.color("column_current" if current[place] else "column"))
            painter.drawRoundedRect(QRectF(left - size / 2, 2.0, label.width + size, size + 9.0), 6.0, 6.0)
        elif baseline < inside:  # lines run there, such as those of losses to their sum
            top = baseline - 0.8 * size
            painter.fillRect(QRectF(left - 1.0, top, label.width + 2.0, min(1.05 * size, y - top)), palette.ground)
        label.draw(painter, left, baseline, color, outlined=frame.outlined)


def _title_label(frame: Frame, region: Region, size: float, wide: float) -> Label | None:
    """The title of a column; that of a part in smaller letters if it is long, None if they cannot be read."""
    if region.kind == ScopeKind.TIME:
        return frame.labels.get(_title(region), Style("math", round(size)))
    names = [] if region.number is None else [frame.layer_title.format(n=region.number)]
    if not region.name.startswith("layer="):
        names.append(frame.words.get(region.name, region.name))
    text = " · ".join(names)
    label = frame.labels.get(text, Style("text", round(size)))
    if _SHRINKS * label.width > wide:  # the layer is left out before letters become much smaller
        text = names[-1]
        label = frame.labels.get(text, Style("text", round(size)))
    if label.width > wide:
        size *= wide / label.width
        label = frame.labels.get(text, Style("text", max(1, int(size))))
    return label if size >= _LEAST_PART_TITLE else None


def title_size(frame: Frame) -> float:
    """Height of the titles' letters, px."""
    columns, rects = frame.columns
    timed = [frame.scene.drawing.regions[column].kind == ScopeKind.TIME for column in columns.tolist()]
    width = float(rects[timed, 2].min(initial=np.inf))
    return min(max(17.0 * frame.zoom, min(11.0 * frame.scale, width / 4)), 30.0 * frame.scale)


def title_rects(frame: Frame, rects: Array) -> Array:
    """(2 n, 4) rectangles in px in which the titles of columns (n, 4) lie: at the columns, or at the upper rim."""
    if not len(rects):
        return np.zeros((0, 4))
    size = title_size(frame)
    half = np.maximum(rects[:, 2] / 2, 5.0 * size)
    at_column = np.stack([
        rects[:, 0] + rects[:, 2] / 2 - half, rects[:, 1] - 26.0 * frame.zoom - 2.5 * size,
        2 * half, np.full(len(rects), 60.0 * frame.zoom + 6.0 * size),
    ], axis=1)  # fmt: skip
    at_rim = at_column.copy()
    at_rim[:, 1], at_rim[:, 3] = 0.0, size + 14.0
    return np.concatenate([at_column, at_rim])


def _exposes_title(frame: Frame, rect: Array) -> bool:
    return any(frame.exposes(*row) for row in title_rects(frame, rect).tolist())


def _every(count: int, width: float, size: float) -> int:
    """Write every so-manieth title: 1, 2, 5, 10 …"""
    room = 4.6 * size
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if width * step * 1.1 >= room:
            return step
    return max(1, count)


def _title(region: Region) -> str:
    if region.number is None:
        return region.name
    return f"/{{{region.name.partition('=')[0]}}} = {region.number}"


def paint_frames(painter: QPainter, frame: Frame) -> None:
    """Paint the frames of open parts, layers, cells and gates with their names."""
    least = 24.0 / frame.zoom
    regions = frame.regions[frame.scene.region_rects[frame.regions, 2] >= least]
    radius = 9.0 * frame.unit
    styles: dict[str, tuple[QColor, QPen, QBrush]] = {}
    for number in regions.tolist():
        region = frame.scene.drawing.regions[number]
        # A frame around a single thing says nothing.
        single = region.entries[1] - region.entries[0] <= 1
        if single or region.closed or region.is_column:
            continue
        x, y, width, height = frame.camera.rect_to_view(region.rect)
        if not frame.exposes(x - 4.0, y - 20.0 * frame.zoom - 4.0, width + 8.0, height + 20.0 * frame.zoom + 8.0):
            continue
        gate = region.name if region.kind == ScopeKind.GATE else ""
        if gate not in styles:
            styles[gate] = _frame_style(frame, gate)
        ink, stroke, ground = styles[gate]
        painter.setPen(stroke)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)
        _paint_name(painter, frame, number, (x, y), ink)


def _frame_style(frame: Frame, gate: str) -> tuple[QColor, QPen, QBrush]:
    """Ink of the name, line and ground of a gate's frame; of any other for an empty name."""
    palette = frame.palette
    tint = palette.gate(gate)
    line = mixed(tint[0], palette.ground, 0.4) if tint else palette.color("line")
    ground = QBrush(mixed(tint[1], palette.ground, 0.4)) if tint else NO_BRUSH
    return tint[0] if tint else palette.ink_quiet, pen(line, 1.2 * frame.unit), ground


def _paint_name(painter: QPainter, frame: Frame, number: int, at: tuple[float, float], color) -> None:
    """The name of a frame on its upper border, as far as it does not run into an edge."""
    size = 10.0 * frame.zoom
    if size < 7.0:
        return
    region = frame.scene.drawing.regions[number]
    is_layer = region.kind == ScopeKind.LAYER and region.number is not None
    is_called = region.kind in (ScopeKind.PART, ScopeKind.CELL)
    called = frame.words.get(region.name, region.name) if is_called else region.name
    name = frame.layer_title.format(n=region.number) if is_layer else called
    room = (frame.scene.room_for_name(number) - 11.0) * frame.zoom
    x, y = at
    label = frame.labels.get(name, Style("text", round(size)))
    if label.width > room:
        size = np.floor(size * room / label.width)
        label = frame.labels.get(name, Style("text", max(1, int(size))))
    if size >= 7.0 * frame.zoom ** 0.5:
        label.draw(painter, x + 5.0 * frame.zoom, y - 3.5 * frame.zoom, color, outlined=frame.outlined)
