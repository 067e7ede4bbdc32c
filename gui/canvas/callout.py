"""The card beside the cursor: laid out once per step, placed where it hides least."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from engine.tape import Phase
from gui.appearance import Appearance
from gui.canvas.callout_text import CalloutText, numbers_latex
from gui.canvas.frame import Array, Frame
from gui.canvas.labels import LabelCache, Style
from gui.canvas.legend import legend_height
from gui.canvas.marks import ring_rect
from gui.canvas.palette import pen
from gui.equations.piece_text import text_of
from gui.typesetting.formula import is_prepared, typeset
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import LineStyle
from gui.typesetting.number_line import NumberLine, number_line
from gui.typesetting.plain_text import plain_text

_PADDING, _LEADING = 9.0, 5.0
_TITLE, _FORMULA, _NUMBERS = 12.0, 15.0, 13.0
_WIDEST = 300.0
_SCRIPTS = re.compile(r"([_^])([−-]?[\w,]+)")
_WEIGHED = 1000
"""At most so many nodes are weighed against each other where a card is placed, about."""
EDGE = 4.0
"""Around a card in its picture, px."""
_AWAY = 14.0
"""Distance between ring and card, px."""
_INK = {Phase.FORWARD: "forward", Phase.BACKWARD: "backward_ink", Phase.UPDATE: "parameter"}


@dataclass(frozen=True)
class _Row:
    """One line of the card: what draws it from (x, top), and how large it is."""

    draw: Callable[[QPainter, float, float, bool], None]
    size: QSizeF


class Callout:
    """A card that is laid out for one text at one scale.

    Attributes:
        text: what it says.
        size: its width and height, px.
        waits_for: formulas that were written as plain text because they are not typeset yet.
    """

    def __init__(self, text: CalloutText, labels: LabelCache, appearance: Appearance, *, wait: bool = True,
                 shrink: float = 1.0) -> None:  # fmt: skip
        """
        Args:
            shrink: of everything, where the view is small.
            wait: whether formulas that are not typeset yet are shown as plain text until they are.
        """
        self.text = text
        self.waits_for: list[str] = []
        self._labels = labels
        self._scale = appearance.scale * shrink
        self._inks = Inks.of(appearance)
        self._appearance = appearance
        self._rows = self._laid_out(wait)
        width = max(row.size.width() for row in self._rows)
        height = sum(row.size.height() for row in self._rows) + _LEADING * self._scale * (len(self._rows) - 1)
        pad = 2 * _PADDING * self._scale
        self.size = QSizeF(width + pad, height + pad)
        self._picture: QPixmap | None = None

    def _laid_out(self, wait: bool) -> list[_Row]:
        color = self._appearance.color
        rows = [self._label_row(self.text.title, Style("text", self._px(_TITLE)), color("cursor"))]
        if self.text.latex:
            rows.append(self._formula_row(wait))
        if self.text.numbers:
            rows.append(self._number_row(wait))
        ink = color(_INK[self.text.phase] if self.text.finite else "not_finite")
        rows.append(self._label_row(self.text.norm, Style("math", self._px(_NUMBERS)), ink))
        return rows

    def _px(self, size: float) -> int:
        return max(6, round(size * self._scale))

    def _label_row(self, markup: str, style: Style, color: QColor) -> _Row:
        label = self._labels.get(markup, style)
        height = style.size * 1.12

        def draw(painter: QPainter, x: float, top: float, outlined: bool) -> None:
            label.draw(painter, x, top + 0.88 * style.size, color, outlined=outlined)

        return _Row(draw, QSizeF(label.width, height))

    def _formula_row(self, wait: bool) -> _Row:
        latex = self.text.latex
        if wait and not is_prepared(latex):
            self.waits_for.append(latex)
            return self._label_row(_markup(plain_text(latex)), Style("math", self._px(_FORMULA - 2)), self._inks.ink)
        formula = typeset(latex, _FORMULA * self._scale)
        most = _WIDEST * self._scale
        if formula.width > most:
            formula = typeset(latex, max(9.0, _FORMULA * self._scale * most / formula.width))

        def draw(painter: QPainter, x: float, top: float, outlined: bool) -> None:
            formula.paint(painter, x, top + formula.ascent, self._inks.ink, self._inks.colors)

        return _Row(draw, QSizeF(formula.width, formula.ascent + formula.descent))

    def _number_row(self, wait: bool) -> _Row:
        symbols = [piece for piece in self.text.numbers if isinstance(piece, str)]
        missing = [latex for latex in symbols if not is_prepared(latex)]
        if wait and missing:
            self.waits_for.extend(missing)
            text = _markup(text_of(self.text.numbers))
            return self._label_row(text, Style("math", self._px(_NUMBERS)), self._inks.quiet)
        font = self._appearance.font(_NUMBERS, family="math")
        font.setPixelSize(self._px(_NUMBERS))
        line: NumberLine = number_line(self.text.numbers, LineStyle(font), _WIDEST * self._scale)

        def draw(painter: QPainter, x: float, top: float, outlined: bool) -> None:
            latex = numbers_latex(self.text.numbers) if outlined else None
            if latex is None:
                line.paint(painter, x, top, self._inks)
                return
            # A vector file must not depend on the fonts of the machine that shows it.
            formula = typeset(latex, self._px(_NUMBERS))
            if formula.width > line.size.width():
                formula = typeset(latex, self._px(_NUMBERS) * line.size.width() / formula.width)
            formula.paint(painter, x, top + formula.ascent, self._inks.quiet, self._inks.colors)

        return _Row(draw, line.size)

    def picture(self, ratio: float) -> QPixmap:
        """The card with EDGE px around it for its line, at so many pixels of the device per px; made once."""
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            wide, high = (int(np.ceil((side + 2 * EDGE) * ratio)) for side in self.size.toTuple())
            self._picture = QPixmap(wide, high)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, QPointF(EDGE, EDGE))
            painter.end()
        return self._picture

    def paint(self, painter: QPainter, at: QPointF, *, outlined: bool = False) -> None:
        """Draw the card with its upper left corner at a point."""
        color = self._appearance.color
        scale = self._scale
        painter.setPen(pen(color("cursor"), 1.6 * scale))
        painter.setBrush(color("popup"))
        painter.drawRoundedRect(QRectF(at, self.size), 7 * scale, 7 * scale)
        top = at.y() + _PADDING * scale
        for row in self._rows:
            row.draw(painter, at.x() + _PADDING * scale, top, outlined)
            top += row.size.height() + _LEADING * scale


def _markup(plain: str) -> str:
    """Plain text of a formula with its scripts where they belong."""
    return _SCRIPTS.sub(r"\1{\2}", plain)


def place_callout(frame: Frame, node: int, size: QSizeF) -> QPointF:
    """Where the card hides least: never the ring, as few nodes as possible, inside the view where it fits."""
    ring = ring_rect(frame, node, 11.0 * max(frame.unit, 0.7 * frame.scale))
    width, height = size.width(), size.height()
    away = _AWAY * frame.scale
    center = ring.center()
    levels = (center.y() - height / 2, center.y() + away, center.y() - height - away,
              ring.bottom() + away, ring.top() - height - away)  # fmt: skip
    step = 0.5 * width
    sides = (ring.right() + away, ring.left() - away - width)
    corners = [(x + shift, y) for x, sign in zip(sides, (1, -1), strict=True)
               for y in levels for shift in (0.0, sign * 26.0 * frame.unit, sign * step)]  # fmt: skip
    if frame.revealed.current_column >= 0:
        left, _, wide, _ = frame.camera.rect_to_view(_column(frame, frame.revealed.current_column))
        corners += [(x, y) for x in (left + wide + 6.0, left - 6.0 - width) for y in levels]
    corners += [(center.x() - width / 2, y) for y in levels[3:]]
    graph = QRectF(*frame.camera.rect_to_view(frame.scene.drawing.rect))
    above, below = graph.top() - height - away, graph.bottom() + away
    corners += [(x, y) for x in (*sides, center.x() - width / 2) for y in (above, below)
                if 0 <= y <= frame.camera.height - height]  # fmt: skip
    margin = 6.0
    # Not on the legend, as long as there is room.
    below = max(margin, legend_height(frame))
    room = np.maximum(margin, (frame.camera.width - width - margin, frame.camera.height - height - below))
    places = np.clip(np.array(corners), margin, room)
    if (_overlap(places, width, height, ring) > 0).all():
        # Near by, a ring may leave no room beside it: then the corner of the view that hides least of it.
        places = np.array([(x, y) for x in (margin, room[0]) for y in (margin, room[1])])
    nodes, columns = frame.node_rects, frame.columns[1]
    costs = 3.0 * _hidden(places, width, height, nodes[:, :2] - nodes[:, 2:] / 2, nodes[:, 2:])
    costs += 0.5 * _hidden(places, width, height, columns[:, :2], columns[:, 2:])
    costs += 0.16 * np.hypot(places[:, 0] + width / 2 - center.x(), places[:, 1] + height / 2 - center.y()) * height
    column = frame.revealed.current_column
    if column >= 0:
        # The arrows of the current time step are what one looks at now.
        costs += 0.6 * _overlap(places, width, height, QRectF(*frame.camera.rect_to_view(_column(frame, column))))
    covered = _overlap(places, width, height, ring)
    costs += 1e9 * (covered > 0) + 1e6 * covered
    best = places[int(np.argmin(costs))]
    return QPointF(round(float(best[0])), round(float(best[1])))


def leader(frame: Frame, node: int, at: QPointF, size: QSizeF) -> QPainterPath | None:
    """The line from the ring to a card that stands apart; None where it stands close."""
    ring = ring_rect(frame, node, 10.0 * max(frame.unit, 0.7 * frame.scale))
    card = QRectF(at, size)
    across = max(card.left() - ring.right(), ring.left() - card.right(), 0.0)
    down = max(card.top() - ring.bottom(), ring.top() - card.bottom(), 0.0)
    if max(across, down) < 26.0 * frame.scale:
        return None
    path = QPainterPath()
    aside = ring.right() + 9.0 * frame.unit
    if down > 0 and card.left() < aside < card.right():
        # Beside the nodes of the column, not through them.
        path.moveTo(ring.right(), ring.center().y())
        path.lineTo(aside, ring.center().y())
        path.lineTo(aside, card.bottom() if card.bottom() < ring.top() else card.top())
        return path
    path.moveTo(ring.left() if card.right() < ring.left() else ring.right(), ring.center().y())
    path.lineTo(
        min(max(ring.center().x(), card.left()), card.right()), min(max(ring.center().y(), card.top()), card.bottom())
    )
    return path


def paint_leader(painter: QPainter, frame: Frame, path: QPainterPath) -> None:
    """Draw the line from the ring to its card."""
    painter.strokePath(path, pen(frame.palette.cursor, 1.2 * frame.scale))


def _column(frame: Frame, region: int) -> tuple[float, float, float, float]:
    return frame.scene.drawing.regions[region].rect


def _hidden(places: Array, width: float, height: float, low: Array, sizes: Array) -> Array:
    """Area of rectangles, from ``low`` (n, 2) on, under a card at each place; of very many, some stand for all."""
    high = low + sizes
    near = ((high > places.min(axis=0)) & (low < places.max(axis=0) + (width, height))).all(axis=1)
    every = 1 + int(np.count_nonzero(near)) // _WEIGHED
    low, high = low[near][::every], high[near][::every]
    across = np.minimum(high[:, 0], places[:, :1] + width) - np.maximum(low[:, 0], places[:, :1])
    down = np.minimum(high[:, 1], places[:, 1:] + height) - np.maximum(low[:, 1], places[:, 1:])
    area: Array = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1) * every
    return area


def _overlap(places: np.ndarray, width: float, height: float, rect: QRectF) -> np.ndarray:
    across = np.minimum(rect.right(), places[:, 0] + width) - np.maximum(rect.left(), places[:, 0])
    down = np.minimum(rect.bottom(), places[:, 1] + height) - np.maximum(rect.top(), places[:, 1])
    return np.maximum(across, 0.0) * np.maximum(down, 0.0)
