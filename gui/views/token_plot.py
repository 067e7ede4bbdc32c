"""Symbols over time in three rows: what comes in, what is asked, and what is answered with which probability."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.tensor import Role
from gui.color_maps import light_ink_on
from gui.language import translatable
from gui.views.color_scale import ColorScale
from gui.views.column_plot import ColumnPlot
from gui.views.hatching import paint_hatching
from gui.views.number_text import number_text
from gui.views.right_or_wrong import RIGHT, sign
from gui.views.task_plot import ROLES
from gui.views.task_tokens import TaskTokens
from gui.views.time_plot import Target

_TITLES = {
    Role.INPUT: translatable("input"), Role.TARGET: translatable("target"), Role.OUTPUT: translatable("output"),
}  # fmt: skip
_TOKEN, _TITLE, _MOST_ROW = 14.0, 12.0, 46.0
_SHADE = ColorScale(0.0, 1.0, "sequential_map")
_ENCODER, _DECODER = translatable("encoder"), translatable("decoder")
_TRUTH, _OWN = translatable("truth put in"), translatable("own answer")
_HEAD, _LEGEND, _CORNER, _LEAST_ROW = 20.0, 11.0, 8.0, 13.0
_OF_ROW = 0.78
"""Share of a low row that its letters take."""
_LOW = 130.0
"""Up to this height the rows need what room there is, px before scaling."""


class TokenPlot(ColumnPlot):
    """A row for each of input, target and output; an answer's ground says how probable it was held to be.

    Of a decoder, which reads answers, a corner says whether the truth was put in or its own answer came back.
    """

    _tokens: TaskTokens | None = None

    @property
    def least_column(self) -> float:  # type: ignore[override]
        """Wide enough for the longest symbol that there can be, as far as that is reasonable."""
        metrics, tokens = QFontMetricsF(self._appearance.font(_TOKEN)), self.tokens
        widest = max((metrics.horizontalAdvance(name) for name in (*tokens.inputs, *tokens.answers)), default=0.0)
        sign = metrics.horizontalAdvance(RIGHT)
        return min(widest + sign + self._appearance.px(14), self._appearance.px(130)) / self._appearance.scale

    # --- what is in a cell --------------------------------------------------------------------------------------

    @property
    def tokens(self) -> TaskTokens:
        """What is shown."""
        if self._tokens is None or self._tokens.series is not self._series:
            self._tokens = TaskTokens(self._bridge, self._series)
        return self._tokens

    # --- geometry -----------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return len(ROLES)

    def _head(self) -> float:
        has_halves = self._series.decoder.first is not None and self.viewport().height() > self._appearance.px(_LOW)
        return self._appearance.px(_HEAD) if has_halves else super()._head()

    def _content_height(self, room: float) -> float:
        least, most = self._appearance.px(_LEAST_ROW), self._appearance.px(_MOST_ROW)
        return self._rows() * min(max(least, room / self._rows()), most)

    @property
    def _row(self) -> float:
        return self._content_height(self.area.height()) / self._rows()

    def _size(self, size: float) -> float:
        """Of letters in a row, px before scaling: smaller where rows are low."""
        return min(size, _OF_ROW * self._row / self._appearance.scale)

    @property
    def _top(self) -> float:
        """Where the first row begins; above the area where it has been scrolled out of sight."""
        return self.area.top() - self.verticalScrollBar().value()

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t, row = self.axis.at(x), int((y - self._top) / self._row)
        return None if not t or not 0 <= row < self._rows() else (row, t)

    def _box(self, row: int, t: int) -> QRectF:
        return QRectF(self.axis.edge(t), self._top + row * self._row, self.axis.column, self._row)

    def _target(self, row: int, t: int) -> Target | None:
        role = ROLES[row]
        entry = self._series.entry(role, t)
        if entry is None:
            return None
        say, symbols = self._appearance.say, self.tokens.symbols(role, t)
        what = say(_TITLES[role])
        if symbols is None:
            return Target(entry, None, say("t = {t}, {what}: not yet computed", t=t, what=what))
        text = say("t = {t}, {what}: {symbols}", t=t, what=what, symbols=symbols or "—")
        is_truth = self._series.decoder.is_truth(t, self._series.sequence) if role is Role.INPUT else None
        if role is Role.OUTPUT and symbols:
            text += f" ({number_text(self.tokens.probability(t))})"
        elif is_truth is not None:
            text += f" ({say(_TRUTH if is_truth else _OWN)})"
        return Target(entry, None, text)

    # --- the picture --------------------------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        self._paint_titles(painter)
        first = self._series.decoder.first
        if first is not None:
            if self._head() > super()._head():
                self._paint_halves(painter, first)
            self._paint_legend(painter)
        self._paint_columns(painter)

    def _state(self, t: int) -> tuple[Hashable, ...]:
        cursor = self._bridge.cursor
        entries = (self._series.entry(role, t) for role in ROLES)
        return tuple(entry is not None and cursor.revealed(entry) for entry in entries)

    def _paint_column(self, painter: QPainter, t: int) -> None:
        for row, role in enumerate(ROLES):
            self._paint_cell(painter, self._box(row, t), role, t)
        first = self._series.decoder.first
        if first is not None and t in (first - 1, first):
            self._paint_border(painter, first)

    def _paint_halves(self, painter: QPainter, first: int) -> None:
        """Write over the columns which are the encoder's and which the decoder's."""
        look, axis, area = self._appearance, self.axis, self.area
        font = look.font(_TITLE)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.color("ink_quiet"))
        middle = min(max(axis.edge(first), area.left()), area.right())
        end = min(axis.edge(axis.last + 1), area.right())
        for text, left, right in ((_ENCODER, area.left(), middle), (_DECODER, middle, end)):
            box = QRectF(left + look.px(6), 0, right - left - look.px(8), self._head())
            shown = metrics.elidedText(look.say(text), Qt.TextElideMode.ElideRight, box.width())
            if box.width() > metrics.horizontalAdvance("M…"):
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_border(self, painter: QPainter, first: int) -> None:
        x = self.axis.edge(first)
        painter.setPen(QPen(self._appearance.color("line_strong"), self._appearance.px(2)))
        painter.drawLine(QPointF(x, 0), QPointF(x, self._top + self._rows() * self._row))

    def _paint_legend(self, painter: QPainter) -> None:
        """What the corners mean, where there is room at the right."""
        if not self.wide:
            return
        look = self._appearance
        left, size = self.area.right() + look.px(14), look.px(9)
        font = look.font(_LEGEND)
        metrics = QFontMetricsF(font)
        for row, is_truth in enumerate((True, False)):
            top = self.area.top() + row * 1.4 * metrics.height()
            self._paint_corner(painter, QPointF(left, top + (metrics.height() - size) / 2), size, is_truth)
            painter.setFont(font)
            painter.setPen(look.color("ink_quiet"))
            text = look.say(_TRUTH if is_truth else _OWN)
            room = self.viewport().width() - left - size - look.px(8)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left + size + look.px(5), top + metrics.ascent()), text)

    def _paint_corner(self, painter: QPainter, at: QPointF, size: float, is_truth: bool) -> None:
        """A filled corner for the truth, an open one for an own answer: told apart without colours, too."""
        look = self._appearance
        color = look.color("good" if is_truth else "forward")
        corner = QPolygonF([at, at + QPointF(size, 0), at + QPointF(0, size)])
        painter.setPen(QPen(color, look.px(1.2)))
        painter.setBrush(color if is_truth else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(corner)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _titles(self) -> list[str]:
        """What the rows are."""
        return [self._appearance.say(_TITLES[role]) for role in ROLES]

    def _paint_titles(self, painter: QPainter) -> None:
        look = self._appearance
        font = look.font(self._size(_TITLE))
        painter.setFont(font)
        painter.setPen(look.color("ink_quiet"))
        metrics = QFontMetricsF(font)
        room = self.area.left() - look.px(10)
        painter.setClipRect(QRectF(0, self.area.top(), self.area.left(), self.area.height()))
        for row, title in enumerate(self._titles()):
            text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            middle = self._top + (row + 0.5) * self._row
            painter.drawText(QPointF(look.px(6), middle + metrics.ascent() / 2 - 1), text)
        painter.setClipping(False)

    def _paint_cell(self, painter: QPainter, box: QRectF, role: Role, t: int) -> None:
        look, symbols = self._appearance, self.tokens.symbols(role, t)
        if symbols is None:
            paint_hatching(painter, box, look)
        elif symbols or (role is Role.OUTPUT and self._series.entry(role, t) is not None):
            ink = look.color("ink")
            if role is Role.OUTPUT and not self._series.is_padding(t):
                ink = self._paint_shade(painter, box, self.tokens.probability(t))
            self._paint_symbols(painter, box, symbols, ink, self.tokens.is_right(t) if role is Role.OUTPUT else None)
            is_truth = self._series.decoder.is_truth(t, self._series.sequence) if role is Role.INPUT else None
            if is_truth is not None:
                self._paint_corner(painter, box.topLeft() + QPointF(2, 2), self._appearance.px(_CORNER), is_truth)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawRect(box)

    def _paint_shade(self, painter: QPainter, box: QRectF, probability: float) -> QColor:
        """Fill a cell by a probability; the colour that can be read on it."""
        colors = _SHADE.colors(np.array([probability]), self._appearance)
        painter.fillRect(box.adjusted(1, 1, -1, -1), QColor(*colors[0].tolist()))
        return QColor("#ffffff" if light_ink_on(colors)[0] else "#000000")

    def _paint_symbols(
        self, painter: QPainter, box: QRectF, symbols: str, ink: QColor, right: bool | None
    ) -> None:
        font = self._appearance.font(self._size(_TOKEN))
        metrics = QFontMetricsF(font)
        judged = "" if right is None else f" {sign(right)}"
        room = box.width() - metrics.horizontalAdvance(judged) - 4
        text = metrics.elidedText(symbols or "—", Qt.TextElideMode.ElideRight, room) + judged
        painter.setFont(font)
        painter.setPen(ink)
        left = box.center().x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, box.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)

    def _paint_marks(self, painter: QPainter) -> None:
        if self._cell is not None and self._cell[1]:
            painter.setPen(QPen(self._appearance.color("ink"), self._appearance.px(1.6)))
            painter.drawRect(self._box(*self._cell))
