"""Number cards: near by, an operation grows into a card with the numbers of its result."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from engine.tensor import Tensor
from graphs.drawing import NodeKind
from gui.canvas.frame import Frame
from gui.canvas.labels import Style
from gui.canvas.node_shapes import symbol_style
from gui.canvas.palette import pen
from gui.canvas.strips import as_rows, cell_colors, hatch
from gui.color_maps import light_ink_on
from gui.typesetting.number_format import grid_texts

_GROWS_FROM, _GROWN_AT = 2.3, 2.9
"""Zooms, over scale, between which a circle grows into a card."""
_MOST_ROWS, _MOST_COLUMNS = 6, 8
_WIDTH, _HEIGHT = 132.0, 64.0
"""Size of a card where there is room, scene units."""
_APART = 7.0
_NUMBER = 10.5
"""Size of the numbers at scale 1, px."""


def growth(frame: Frame) -> float:
    """How far circles have grown into cards, 0..1."""
    return float(np.clip((frame.zoom / frame.scale - _GROWS_FROM) / (_GROWN_AT - _GROWS_FROM), 0.0, 1.0))


def paint_cards(painter: QPainter, frame: Frame) -> None:
    """Paint the cards of revealed operations in view; nothing from afar."""
    share = growth(frame)
    if share <= 0.0:
        return
    drawing = frame.scene.drawing
    kinds = drawing.kind[frame.nodes]
    wanted = ((kinds == NodeKind.OPERATION) | (kinds == NodeKind.BACKWARD)) & frame.revealed.nodes[frame.nodes]
    for place in np.flatnonzero(wanted).tolist():
        node = int(frame.nodes[place])
        value = frame.cursor.value(int(drawing.entry[node]))
        if value is not None and value.size:
            _Card(frame, node, _card_rect(frame, place, share), share).paint(painter, value)


def _card_rect(frame: Frame, place: int, share: float) -> QRectF:
    """The card's rectangle: around the circle, as wide as its neighbours leave room."""
    rects = frame.node_rects
    x, y, width, height = rects[place].tolist()
    tall = height + share * (_HEIGHT * frame.zoom - height)
    away = np.abs(rects[:, 0] - x) - rects[:, 2] / 2 - _APART * frame.zoom
    beside = (np.abs(rects[:, 1] - y) < rects[:, 3] / 2 + tall / 2) & (np.arange(len(rects)) != place)
    beside &= np.abs(rects[:, 0] - x) > 1.0
    # Two circles that both grow share what lies between them.
    grows = np.isin(frame.scene.drawing.kind[frame.nodes], (NodeKind.OPERATION, NodeKind.BACKWARD))
    half_way = np.abs(rects[:, 0] - x) / 2 - _APART * frame.zoom / 2
    room = float(np.where(beside, np.where(grows, half_way, away), np.inf).min(initial=np.inf))
    wide = min(max(2 * room, width), width + share * (_WIDTH * frame.zoom - width))
    return QRectF(x - wide / 2, y - tall / 2, wide, tall)


def card_of(frame: Frame, node: int) -> QRectF | None:
    """The rectangle of the card that a node has grown into; None while it is a circle."""
    share = growth(frame)
    place = int(np.searchsorted(frame.nodes, node))
    if share <= 0.0 or place >= len(frame.nodes) or frame.nodes[place] != node or not frame.revealed.nodes[node]:
        return None
    kind = frame.scene.drawing.kind[node]
    return _card_rect(frame, place, share) if kind in (NodeKind.OPERATION, NodeKind.BACKWARD) else None


class _Card:
    """One operation's card."""

    def __init__(self, frame: Frame, node: int, rect: QRectF, share: float) -> None:
        self._frame = frame
        self._node = node
        self._rect = rect
        self._share = share

    def paint(self, painter: QPainter, value: NDArray[np.floating]) -> None:
        frame, rect = self._frame, self._rect
        drawing = frame.scene.drawing
        backward = drawing.kind[self._node] == NodeKind.BACKWARD
        line = frame.palette.backward if backward else frame.palette.forward
        painter.setPen(pen(line, 1.8 * frame.unit))
        painter.setBrush(frame.palette.ground)
        radius = (1 - self._share) * rect.height() / 2 + self._share * 9.0 * frame.unit
        painter.drawRoundedRect(rect, radius, radius)
        symbol = drawing.label[self._node]
        size = min(0.32 * rect.height(), 22.0 * frame.unit)
        label = frame.labels.get(symbol, symbol_style(symbol, size))
        if label.width > rect.width() / 2:
            label = frame.labels.get(symbol, symbol_style(symbol, max(1.0, size * rect.width() / 2 / label.width)))
        top = rect.top() + 0.62 * size
        label.draw_centered(painter, rect.left() + max(0.75 * size, 0.35 * size + label.width / 2), top, line)
        step = frame.cursor.tape[int(drawing.entry[self._node])]
        shape = "×".join(str(n) for n in step.shape)
        style = Style("math", round(0.62 * size))
        text = frame.labels.get(shape, style)
        text.draw(painter, rect.right() - text.width - 0.35 * size, top + text.middle, frame.palette.ink_quiet,
                  outlined=frame.outlined)  # fmt: skip
        room = rect.adjusted(0.35 * size, 1.22 * size, -0.35 * size, -0.35 * size)
        if self._share >= 1.0:
            self._numbers(painter, room, value, step)

    def _numbers(self, painter: QPainter, room: QRectF, value: NDArray[np.floating], step: Tensor) -> None:
        frame = self._frame
        size = _NUMBER * frame.scale
        rows = as_rows(value)
        columns = max(1, min(_MOST_COLUMNS, int(room.width() / (3.1 * size))))
        lines = max(1, min(_MOST_ROWS, int(room.height() / (1.25 * size))))
        if rows.shape[0] == 1 and rows.shape[1] > columns:
            rows = _wrapped(rows[0], columns, lines)
        cut = rows[:lines, :columns]
        size = max(size, min(room.width() / (3.4 * cut.shape[1]), room.height() / (1.5 * cut.shape[0]),
                             0.16 * self._rect.height()))  # fmt: skip
        texts, exponent = grid_texts(np.nan_to_num(cut, nan=0.0, posinf=0.0, neginf=0.0), 2)
        colors = cell_colors(cut, step, frame.palette)
        light = light_ink_on(colors)
        wide, high = room.width() / cut.shape[1], min(room.height() / cut.shape[0], 2.0 * size)
        style = Style("math", round(size))
        for (row, column), number in np.ndenumerate(cut):
            cell = QRectF(room.x() + column * wide, room.y() + row * high, wide - 1.0, high - 1.0)
            red, green, blue, _ = colors[row, column].tolist()
            painter.fillRect(cell, QColor(red, green, blue))
            if not np.isfinite(number):
                hatch(painter, cell, frame.palette.ground)
            text = texts[row][column] if np.isfinite(number) else "NaN" if np.isnan(number) else "∞"
            label = frame.labels.get(text, style)
            ink = QColor("white") if light[row, column] else QColor("black")
            if label.width <= wide:
                label.draw(painter, cell.center().x() - label.width / 2, cell.center().y() + label.middle, ink,
                           outlined=frame.outlined)  # fmt: skip
        self._remark(painter, room, high * cut.shape[0], value.size > cut.size, exponent, size)

    def _remark(
        self, painter: QPainter, room: QRectF, used: float, is_cut: bool, exponent: int, size: float
    ) -> None:
        """Say that numbers are left out, and the power of ten taken out of them."""
        words = ([f"·10^{{{exponent}}}"] if exponent else []) + (["…"] if is_cut else [])
        if words:
            label = self._frame.labels.get("  ".join(words).replace("-", "−"), Style("math", round(size)))
            y = min(room.top() + used + 0.9 * size, self._rect.bottom() - 0.15 * size)
            label.draw(painter, room.right() - label.width, y, self._frame.palette.ink_quiet,
                       outlined=self._frame.outlined)  # fmt: skip


def _wrapped(row: NDArray[np.floating], columns: int, lines: int) -> NDArray[np.floating]:
    """A long vector in lines of equal length, as many as there is room for."""
    kept = row[: columns * lines]
    if len(kept) % columns:
        columns = next(n for n in range(columns, 0, -1) if len(kept) % n == 0)
        if columns < 2:
            return row[None, :]
    return kept.reshape(-1, columns)[:lines]
