"""The names of lattices, such as encoder and decoder, below their time steps, and the thought vector between two."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from graphs.drawing import Drawing, Handover, Lattice
from graphs.measures import CAPTION_ROOM, LATTICE_CAPTION
from gui.canvas.batches import draw_lines
from gui.canvas.captions import caption_size
from gui.canvas.frame import Array, Frame, line_unit
from gui.canvas.labels import Style
from gui.canvas.palette import mixed, pen

_SIZE, _LEAST, _MOST = 24.0, 12.0, 30.0
"""Letters at zoom 1 and their bounds at scale 1, px."""
_NEAR_SIZE = 17.0
"""Letters of the thought vector's name beside it, at zoom 1, px."""
_BELOW = 14.0
"""From the time steps, and what stands below them, down to the bracket, px at zoom 1."""
_TOOTH = 7.0
"""Height of the bracket, px at zoom 1."""
_CAPTION_LINE, _NAME_LINE = 1.7, 1.65
"""Heights of the lines in which captions and names stand, for each px of letters."""


def paint_handovers(painter: QPainter, frame: Frame) -> None:
    """Tint the stretch in which an encoder's last states lead to the decoder, and call it by its name."""
    drawing = frame.scene.drawing
    for number, handover in enumerate(drawing.handovers):
        if (handover.source, handover.target) != ("encoder", "decoder"):
            continue
        line = frame.palette.forward if is_known(frame, handover) else frame.palette.pale
        x, y, width, height = frame.camera.rect_to_view(handover.rect)
        below = next((one.rect for one in drawing.lattices[number:] if one.name == handover.source), handover.rect)
        words = frame.words.get(handover.name, handover.name)
        _paint_thought(painter, frame, words, (x, y, width, height), frame.camera.rect_to_view(below))
        if not frame.exposes(x - 2.0, y - 2.0, width + 4.0, height + 4.0):
            continue
        painter.setPen(pen(line, max(1.0, 1.2 * frame.unit)))
        painter.setBrush(mixed(line, frame.palette.ground, 0.86))
        radius = min(12.0 * frame.unit, height / 2, width / 2)
        painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)


def is_known(frame: Frame, handover: Handover) -> bool:
    """Whether all states that are handed over are revealed."""
    return frame.revealed.position >= frame.scene.figures.revealed_from[list(handover.entries)].max()


def _paint_thought(
    painter: QPainter, frame: Frame, words: str, rect: tuple[float, ...], below: tuple[float, ...]
) -> None:
    """The caption: just below the stretch where there is room beside the parameters' boxes, else below all."""
    x, y, width, height = rect
    size = min(_NEAR_SIZE * frame.zoom, _MOST * frame.scale)
    label = frame.labels.get(words, Style("text", max(1, round(size))))
    if size < _LEAST * frame.scale or label.width > 1.2 * width:
        size, top, tooth = _caption_line(frame, below)
        label = frame.labels.get(words, Style("text", round(size)))
        baseline = top + tooth + 1.35 * size
        painter.setPen(pen(frame.palette.ink_quiet, 1.0))
        middle = x + width / 2
        if frame.exposes(middle - 2, y + height, 4, top - y):
            draw_lines(painter, np.array([[middle, y + height, middle, baseline - 1.1 * size]]))
    else:
        baseline = y + height + 1.3 * size
    left = x + (width - label.width) / 2
    if frame.exposes(left - 2.0, baseline - 1.2 * size, label.width + 4.0, 1.7 * size):
        label.draw(painter, left, baseline, frame.palette.ink, outlined=frame.outlined)


def _caption_line(frame: Frame, rect: tuple[float, ...]) -> tuple[int, float, float]:
    """Size of the letters of a lattice's name, and y and height of its bracket, px."""
    size, down, tooth = _name_line(frame.zoom, frame.scale, frame.captions)
    return size, rect[1] + rect[3] + down, tooth


def _name_line(zoom: float, scale: float, captions: tuple[tuple[int, str], ...]) -> tuple[int, float, float]:
    """Size of the letters of a lattice's name, and how far below it its bracket stands and how high it is, px."""
    size = round(min(max(_SIZE * zoom, _LEAST * scale), _MOST * scale))
    unit = line_unit(zoom)
    return size, _CAPTION_LINE * caption_size(zoom, scale) * bool(captions) + _BELOW * unit, _TOOTH * unit


def words_overhang(drawing: Drawing, captions: tuple[tuple[int, str], ...], zoom: float, scale: float) -> float:
    """How far below a drawing the captions and names that stand there reach, px: they keep a size that can be read."""
    if not drawing.lattices:
        return max(0.0, _CAPTION_LINE * caption_size(zoom, scale) - CAPTION_ROOM * zoom) if captions else 0.0
    size, down, tooth = _name_line(zoom, scale, captions)
    return max(0.0, down + tooth + _NAME_LINE * size - (LATTICE_CAPTION + CAPTION_ROOM) * zoom)


def caption_strips(frame: Frame) -> Array:
    """(n, 4) x, y, width, height in px of the lines in which the names stand: they keep to the middle of the view."""
    lines = [_caption_line(frame, frame.camera.rect_to_view(one.rect)) for one in frame.scene.drawing.lattices]
    rows = [[0.0, top - 2.0, frame.camera.width, tooth + 2.0 * size + 4.0] for size, top, tooth in set(lines)]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def paint_lattices(painter: QPainter, frame: Frame) -> None:
    """Write the names of the lattices in view below a bracket, in the middle of what is seen of each."""
    for lattice in frame.scene.drawing.lattices:
        _paint_lattice(painter, frame, lattice)


def _paint_lattice(painter: QPainter, frame: Frame, lattice: Lattice) -> None:
    x, _, width, _ = rect = frame.camera.rect_to_view(lattice.rect)
    size, top, tooth = _caption_line(frame, rect)
    if not frame.exposes(x - 2.0, top - 2.0, width + 4.0, tooth + 2.0 * size + 4.0):
        return
    left, right = max(x, -10.0), min(x + width, frame.camera.width + 10.0)
    label = frame.labels.get(frame.words.get(lattice.name, lattice.name), Style("text", size, bold=True))
    if right - left < 0.6 * label.width:
        return
    painter.setPen(pen(frame.palette.ink_quiet, max(1.0, 1.4 * frame.unit), square=True))
    legs = [[left, top + tooth, right, top + tooth]]
    legs += [[end, top, end, top + tooth] for end in (x, x + width) if left <= end <= right]
    draw_lines(painter, np.array(legs))
    middle = min(max((left + right) / 2, x + label.width / 2), x + width - label.width / 2)
    label.draw(painter, middle - label.width / 2, top + tooth + 1.35 * size, frame.palette.ink, outlined=frame.outlined)
