"""Marks of steps upon which a user has forced numbers: a dashed frame, and what it means beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.canvas.frame import Frame
from gui.canvas.labels import Style
from gui.canvas.marks import ring_rect
from gui.canvas.palette import NO_BRUSH, NO_PEN, pen

FORCED = "forced"
"""The key of the caption among the words of a frame."""
_SIZE, _LEAST, _MOST = 13.0, 12.0, 22.0
"""Letters at zoom 1 and their bounds at scale 1, px."""
_GAP = 13.5
"""From the node to the frame: outside of the cursor's rings, at zoom 1, px."""
_ASIDE = 8.0
"""From the line that leads upwards to the caption, at zoom 1, px."""


def paint_forced_marks(painter: QPainter, frame: Frame) -> None:
    """Frame the nodes of forced steps; captions that would lie on another one are left out."""
    written: list[QRectF] = []
    unit = max(frame.unit, 0.7 * frame.scale)
    for node in frame.scene.forced_nodes:
        ring = ring_rect(frame, node, _GAP * unit)
        size = round(min(max(_SIZE * frame.zoom, _LEAST * frame.scale), _MOST * frame.scale))
        label = frame.labels.get(frame.words.get(FORCED, FORCED), Style("text", size, bold=True))
        room = QRectF(ring.center().x() + _ASIDE * unit, ring.top() - 1.7 * size,
                      label.width + 2 * size / 3, 1.4 * size)  # fmt: skip
        whole = ring.united(room).adjusted(-4, -4, 4, 4)
        if not frame.exposes(whole.x(), whole.y(), whole.width(), whole.height()):
            continue
        stroke = pen(frame.palette.color("warning"), 2.2 * unit)
        stroke.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(stroke)
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(ring, 5.0 * unit, 5.0 * unit)
        if any(room.intersects(other) for other in written):
            continue
        written.append(room)
        painter.setPen(NO_PEN)
        painter.setBrush(frame.palette.ground)
        painter.drawRoundedRect(room, 4.0, 4.0)
        ink = frame.palette.color("warning")
        label.draw(painter, room.x() + size / 3, room.y() + 1.05 * size, ink, outlined=frame.outlined)
