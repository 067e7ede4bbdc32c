"""Writes values into pills and loss boxes: short ones as numbers, long ones as strips of colour."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from graphs.drawing import NodeKind
from gui.canvas.frame import Frame
from gui.canvas.labels import Label, Style
from gui.canvas.node_painter import rect_of
from gui.canvas.node_shapes import LEAST_TEXT, PILL_NAME_AT, gate_strip, name_style
from gui.canvas.strips import StripPainter, as_rows, hatch

_FROM_HEIGHT = 8.0
"""Pills lower than this show no value, px."""
_LEAST_STRIP = 4.0
"""Stripes in closed gates that would be smaller are not painted, px."""
_TEXT_SIZE = 0.54
_PIXMAPS_BELOW = 400.0
"""Larger nodes are painted directly, px."""
_KEPT = 1500
_MORE_DIGITS_FROM = 44.0
"""Pills at least this high write one digit more, px."""


class ValuePainter:
    """Paints the values of revealed variables and losses."""

    def __init__(self) -> None:
        self._strips = StripPainter()
        self._pixmaps: OrderedDict[tuple[int, str, int, int, float, str], QPixmap] = OrderedDict()

    def clear(self) -> None:
        """Forget all pictures of values, as the tape or the colours are others."""
        self._strips.clear()
        self._pixmaps.clear()

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """Paint the values of the nodes in view that the cursor has revealed."""
        drawing = frame.scene.drawing
        kinds = drawing.kind[frame.nodes]
        wanted = (kinds == NodeKind.VARIABLE) | (kinds == NodeKind.LOSS)
        wanted &= frame.revealed.nodes[frame.nodes] & (frame.node_rects[:, 3] >= _FROM_HEIGHT)
        for place in np.flatnonzero(wanted).tolist():
            node = int(frame.nodes[place])
            value = frame.cursor.value(int(drawing.entry[node]))
            if value is None or not value.size:
                continue
            rect = rect_of(frame.node_rects[place])
            if frame.outlined or rect.width() > _PIXMAPS_BELOW:
                self._paint_value(painter, frame, node, rect, value)
            else:
                self._paint_kept(painter, frame, node, rect, value)
        self._paint_gates(painter, frame)

    def _paint_gates(self, painter: QPainter, frame: Frame) -> None:
        """Paint the values of closed gates, units from top to bottom."""
        gates = frame.scene.gate_values
        if not gates:
            return
        boxes = frame.scene.drawing.kind[frame.nodes] == NodeKind.BOX
        for place in np.flatnonzero(boxes & frame.revealed.nodes[frame.nodes]).tolist():
            entry = gates.get(int(frame.nodes[place]))
            value = None if entry is None else frame.cursor.value(entry)
            strip = gate_strip(rect_of(frame.node_rects[place]))
            if value is None or entry is None or min(strip.width(), strip.height()) < _LEAST_STRIP:
                continue
            step = frame.cursor.tape[entry]
            self._strips.paint(
                painter, strip, entry, as_rows(value).T, step, frame.palette, ratio=frame.ratio,
                outlined=frame.outlined,
            )  # fmt: skip

    def _paint_kept(
        self, painter: QPainter, frame: Frame, node: int, rect: QRectF, value: NDArray[np.floating]
    ) -> None:
        """Paint a value through a pixmap, which is made when it is first seen at a size."""
        ratio = frame.ratio
        wide, high = int(np.ceil(rect.width() * ratio)), int(np.ceil(rect.height() * ratio))
        # The name stands before the value: one entry is called another way in the folded view.
        name = frame.looks[1][frame.looks[0][node]][1]
        key = int(frame.scene.drawing.entry[node]), name, wide, high, ratio, frame.palette.name
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = QPixmap(wide, high)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(pixmap)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_value(inner, frame, node, QRectF(0, 0, rect.width(), rect.height()), value)
            inner.end()
            self._pixmaps[key] = pixmap
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        painter.drawPixmap(QPointF(round(rect.x() * ratio) / ratio, round(rect.y() * ratio) / ratio), pixmap)

    def _paint_value(
        self, painter: QPainter, frame: Frame, node: int, rect: QRectF, value: NDArray[np.floating]
    ) -> None:
        drawing = frame.scene.drawing
        entry = int(drawing.entry[node])
        height = rect.height()
        name = frame.labels.get(frame.looks[1][frame.looks[0][node]][1], name_style(height))
        if drawing.kind[node] == NodeKind.LOSS:
            _write_loss(painter, frame, rect, frame.scene.slanted_name(node), entry, value)
            return
        left = rect.left() + PILL_NAME_AT * height + name.width + 0.22 * height
        room = QRectF(left, rect.top(), rect.right() - 0.36 * height - left, height)
        most = 3 if height >= _MORE_DIGITS_FROM else 2
        for digits in range(most, 0, -1):
            text = frame.texts.row(entry, value, digits)
            if text is not None and _write(painter, frame, room, text, bool(np.isfinite(value).all())):
                return
        if value.size == 1:
            return
        strip = QRectF(room.left(), rect.top() + 0.29 * height, room.width(), 0.42 * height)
        step = frame.cursor.tape[entry]
        self._strips.paint(
            painter, strip, entry, value, step, frame.palette, ratio=frame.ratio, outlined=frame.outlined
        )


def _fitting(frame: Frame, text: str, size: float, room: float) -> Label | None:
    """The text as large as fits; None where it could not be read."""
    label = frame.labels.get(text, Style("math", round(size)))
    if label.width > room:
        size = np.floor(size * room / label.width)
        label = frame.labels.get(text, Style("math", int(size)))
    return label if size >= LEAST_TEXT else None


def _write(painter: QPainter, frame: Frame, room: QRectF, text: str, finite: bool) -> bool:
    """Write a text into a room; False where it would be too small to be read."""
    label = _fitting(frame, text, _TEXT_SIZE * room.height(), room.width() + 0.2 * room.height())
    if label is None:
        return False
    palette = frame.palette
    if not finite:
        inset = 0.22 * room.height()
        hatch(painter, room.adjusted(0, inset, 0, -inset), palette.color("warning_ground"))
    x = room.left() + max(0.0, (room.width() - label.width) / 2)
    color = palette.ink_quiet if finite else palette.not_finite
    label.draw(painter, x, room.center().y() + label.middle, color, outlined=frame.outlined)
    return True


def _write_loss(
    painter: QPainter, frame: Frame, rect: QRectF, name: str, entry: int, value: NDArray[np.floating]
) -> None:
    number = frame.texts.row(entry, value, 3)
    text = f"{name}  {number}" if number is not None else name
    room = rect.width() - 0.3 * rect.height()
    label = _fitting(frame, text, 0.52 * rect.height(), room)
    if label is None:
        label = _fitting(frame, name, 0.62 * rect.height(), room)
    if label is not None:
        finite = bool(np.isfinite(value).all())
        if not finite:
            hatch(painter, rect.adjusted(2, 2, -2, -2), frame.palette.color("warning_ground"))
        color = frame.palette.loss if finite else frame.palette.not_finite
        x = rect.center().x() - label.width / 2
        label.draw(painter, x, rect.center().y() + label.middle, color, outlined=frame.outlined)
