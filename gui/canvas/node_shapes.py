"""The shapes of nodes: circles, pills, boxes, each painted around the origin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from graphs.drawing import NodeKind
from gui.canvas.labels import Label, LabelCache, Style
from gui.canvas.palette import Palette, mixed, pen

LEAST_TEXT = 6.0
"""Letters smaller than this are not drawn, px."""
_UPRIGHT = frozenset({"id"})
"""Names of functions that are short; all of three letters and more are upright."""

_FULL = 1.6
"""So many heights of its circle may the letters of a symbol be high together, or they do not fit side by side."""

PILL_NAME_AT = 0.52
"""Where a pill's name begins, in heights from its left end."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A node's look: kind, what is written on it, size in px, whether it is revealed, line factor, gate tint.

    ``letter`` is that of a closed gate's value.
    """

    kind: int
    markup: str
    width: float
    height: float
    shown: bool
    unit: float
    tint: str = ""
    letter: str = ""


class ShapePainter:
    """Paints shapes with one palette and one set of labels."""

    def __init__(self, palette: Palette, labels: LabelCache, *, outlined: bool = False) -> None:
        self.palette = palette
        self.labels = labels
        self.outlined = outlined

    def paint(self, painter: QPainter, shape: Shape) -> None:
        """Paint a shape around (0, 0)."""
        if shape.kind in (NodeKind.OPERATION, NodeKind.BACKWARD):
            self._circle(painter, shape)
        elif shape.kind == NodeKind.VARIABLE:
            self._pill(painter, shape)
        else:
            self._box(painter, shape)

    def colors(self, shape: Shape) -> tuple[QColor, QColor, QColor]:
        """(line, ground, ink) of a shape."""
        palette = self.palette
        if not shape.shown:
            return palette.pale, palette.pale_ground, palette.ink_pale
        if shape.kind == NodeKind.OPERATION:
            return palette.forward, palette.ground, palette.forward
        if shape.kind == NodeKind.BACKWARD:
            return palette.backward, palette.ground, palette.backward_ink
        if shape.kind == NodeKind.LOSS:
            return palette.loss, palette.color("loss_ground"), palette.loss
        if shape.kind == NodeKind.PARAMETER:
            return palette.parameter, palette.color("parameter_ground"), palette.parameter
        gate = palette.gate(shape.tint)
        if gate is not None:
            return gate[0], mixed(gate[1], palette.ground, 0.4), gate[0]
        if shape.kind == NodeKind.BOX:
            return palette.forward, palette.color("forward_ground"), palette.ink
        return palette.ink, palette.ground, palette.ink

    def _circle(self, painter: QPainter, shape: Shape) -> None:
        line, ground, ink = self.colors(shape)
        painter.setPen(pen(line, 1.8 * shape.unit))
        painter.setBrush(QBrush(ground))
        painter.drawEllipse(QRectF(-shape.width / 2, -shape.height / 2, shape.width, shape.height))
        size = _symbol_size(shape.markup) * shape.height
        if size < LEAST_TEXT and _LETTER_WIDTH * LEAST_TEXT * len(shape.markup) <= shape.height:
            size = LEAST_TEXT  # a name such as tanh fills its circle rather than leave it empty
        if size >= LEAST_TEXT:
            label = self.labels.get(shape.markup, symbol_style(shape.markup, size))
            label.draw_centered(painter, 0.0, 0.0, ink)

    def _pill(self, painter: QPainter, shape: Shape) -> None:
        line, ground, ink = self.colors(shape)
        painter.setPen(pen(line, 1.6 * shape.unit))
        painter.setBrush(QBrush(ground))
        radius = min(shape.height / 2, shape.width / 2)
        painter.drawRoundedRect(_around(shape), radius, radius)
        style = name_style(shape.height)
        if style.size >= LEAST_TEXT:
            label = self.labels.get(shape.markup, style)
            x = -shape.width / 2 + PILL_NAME_AT * shape.height
            label.draw(painter, x, style.size * 0.31, ink, outlined=self.outlined)

    def _box(self, painter: QPainter, shape: Shape) -> None:
        line, ground, ink = self.colors(shape)
        painter.setPen(pen(line, 1.6 * shape.unit))
        painter.setBrush(QBrush(ground))
        radius = min(6.0 * shape.unit, shape.width / 4, shape.height / 4)
        painter.drawRoundedRect(_around(shape), radius, radius)
        if shape.kind == NodeKind.BOX:
            self._box_name(painter, shape, mixed(ink, ground, 0.1))
        elif shape.markup and (shape.kind == NodeKind.PARAMETER or not shape.shown):
            # A loss that is revealed is written with its number by the painter of values.
            size = 0.55 * shape.height
            if size >= LEAST_TEXT:
                label = self.labels.get(shape.markup, Style("math", round(size), True))
                if label.width > 0.92 * shape.width:
                    size = max(LEAST_TEXT, size * 0.92 * shape.width / label.width)
                    label = self.labels.get(shape.markup, Style("math", int(size), True))
                label.draw_centered(painter, 0.0, 0.0, ink)

    def _box_name(self, painter: QPainter, shape: Shape, ink: QColor) -> None:
        """A closed scope's name; that of a gate below its letter, which is seen from afar."""
        if not shape.letter:
            self._scope_name(painter, shape, ink)
            return
        letter_y, name_y = (value * shape.height for value in (_LETTER_AT, _GATE_NAME_AT))
        size = round(min(_LETTER_SIZE * shape.width, 0.24 * shape.height, 30.0 * shape.unit))
        letter = self._fitting(shape, shape.letter, Style("math", size, True), 0.3)
        if letter is not None:
            letter.draw_centered(painter, 0.0, letter_y - shape.height / 2, ink)
        if shape.height > 90.0:
            style = Style("text", round(min(12.0 * shape.unit, 16.0)))
            name = self._fitting(shape, shape.markup, style, 0.1, least=8.0)
            if name is not None:
                name.draw_centered(painter, 0.0, name_y - shape.height / 2, ink)

    def _scope_name(self, painter: QPainter, shape: Shape, ink: QColor) -> None:
        """The name of a closed scope; upwards where its box is too narrow for it."""
        style = Style("text", _name_size(shape))
        lying = replace(shape, width=shape.height, height=shape.width)
        is_long = self.labels.get(shape.markup, style).width > _TURNED_FROM * shape.width
        turns = is_long and shape.height > _TURNED_FROM * shape.width
        label = self._fitting(lying if turns else shape, shape.markup, style, 0.5 if turns else 0.4)
        if label is None:
            return
        if turns:
            painter.rotate(-90.0)
        label.draw_centered(painter, 0.0, 0.0, ink)
        if turns:
            painter.rotate(90.0)

    def _fitting(
        self, shape: Shape, text: str, style: Style, share: float, least: float = LEAST_TEXT
    ) -> Label | None:
        """A text no wider than its box and no higher than a share of it; None where it could not be read."""
        size = min(float(style.size), share * shape.height)
        label = self.labels.get(text, replace(style, size=max(1, round(size))))
        if label.width > _BOX_TEXT * shape.width:
            size *= _BOX_TEXT * shape.width / label.width
            label = self.labels.get(text, replace(style, size=max(1, int(size))))
        return label if size >= least else None


def gate_strip(rect: QRectF) -> QRectF:
    """Where a closed gate shows its value: a stripe below its letter and name."""
    width = min(0.42 * rect.width(), 0.3 * rect.height())
    top = rect.top() + _STRIP_FROM * rect.height()
    return QRectF(rect.center().x() - width / 2, top, width, rect.bottom() - 0.08 * rect.height() - top)


def _name_size(shape: Shape) -> int:
    return round(max(15.0 * shape.unit, 11.0))


_BOX_TEXT = 0.88
_TURNED_FROM = 1.3
"""A name that is so many times as long as its box is wide is written upwards, if the box is that much higher."""
"""How much of its box's width a name may take."""
_LETTER_SIZE = 0.62
"""Of a closed gate's letter, in widths of its box."""
_LETTER_AT, _GATE_NAME_AT, _STRIP_FROM = 0.16, 0.32, 0.4
"""Where in a closed gate its letter and name stand and its value begins, in heights."""
_LETTER_WIDTH = 0.5
"""Of a name's letter, in heights of its font."""


def name_style(height: float) -> Style:
    """How a variable's name is set in a pill of a height in px."""
    return Style("math", round(0.66 * height), True)


def symbol_style(symbol: str, size: float) -> Style:
    """How an operation's symbol is set: letters slanted, names of functions and signs upright."""
    is_function = symbol in _UPRIGHT or (symbol[:3].isalpha() and len(symbol) > 2)
    return Style("math", round(size), symbol[:1].isalpha() and not is_function)


def _symbol_size(symbol: str) -> float:
    """Height of a symbol's letters in heights of its circle: long ones are smaller."""
    if len(symbol) <= 1:
        return 0.62
    return 0.5 if len(symbol) == 2 else 0.42 if len(symbol) == 3 else min(0.36, _FULL / len(symbol))


def _around(shape: Shape) -> QRectF:
    return QRectF(-shape.width / 2, -shape.height / 2, shape.width, shape.height)
