"""What a dialogue draws for each utterance: prior and posterior of every latent unit, and the code that was drawn."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.hatching import paint_hatching
from gui.views.latent_codes import CODE, LOG_VARIANCE, MEAN
from gui.views.number_text import round_above, round_text, significant
from gui.views.utterance_codes import POSTERIOR, PRIOR, Utterance, utterances_on

_COLORS = {PRIOR: "series_1", POSTERIOR: "series_2"}
_LEFT, _TOP, _RIGHT, _BOTTOM = 40.0, 26.0, 10.0, 40.0
_FONT = 11.0
_LEAST = 13.0
"""A unit's room, px before scaling; where there is less, the last units are left out."""


class LatentUtterances(QWidget):
    """A group of columns for each utterance, a column for each unit: mu ± sigma of prior and posterior, and z.

    Signals: pointed(text), what is to be read of the column pointed at; empty for none.
    """

    pointed = Signal(str)

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._utterances: tuple[Utterance, ...] = ()
        self._sequence, self._seen = 0, -1
        self._cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.update_tape()

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """What is shown."""
        return self._utterances

    @property
    def batch(self) -> int:
        """Number of dialogues."""
        return self._size[0]

    @property
    def units(self) -> int:
        """Number of latent units."""
        return self._size[1]

    def update_tape(self) -> None:
        """Another tape."""
        self._utterances = utterances_on(self._bridge.tape)
        first = next((index for one in self._utterances for index in one.entries.values()), None)
        self._size = (1, 1) if first is None else np.asarray(self._bridge.tape[first].value).shape[:2]
        self._cell, self._seen = None, -1
        self.update()

    def update_cursor(self) -> None:
        """The cursor has moved: painted anew if it shows more or less of what is drawn."""
        seen = sum(self._bridge.cursor.revealed(i) for one in self._utterances for i in one.entries.values())
        if seen != self._seen:
            self._seen = seen
            self.update()

    def show_sequence(self, sequence: int) -> None:
        """Another dialogue of the batch, from 0."""
        self._sequence = min(sequence, self.batch - 1)
        self.update()

    # --- numbers -------------------------------------------------------------------------------------------------

    def numbers(self, utterance: int, part: str) -> tuple[np.ndarray, np.ndarray | None] | None:
        """mu (Z,) and, once it is computed, sigma (Z,) of prior or posterior; None before."""
        one = self._utterances[utterance]
        mean, log_variance = self._row(one.entry(part, MEAN)), self._row(one.entry(part, LOG_VARIANCE))
        if mean is None:
            return None
        with np.errstate(all="ignore"):
            return mean, None if log_variance is None else np.exp(0.5 * log_variance)

    def code(self, utterance: int) -> np.ndarray | None:
        """z (Z,); None while it is not drawn."""
        return self._row(self._utterances[utterance].code)

    def _row(self, entry: int | None) -> np.ndarray | None:
        value = None if entry is None else self._bridge.cursor.value(entry)
        return None if value is None else np.asarray(value, dtype=float)[self._sequence]

    def extent(self) -> float:
        """How far the axis reaches, up and down."""
        reached = [1.0]
        for number in range(len(self._utterances)):
            for part in _COLORS:
                found = self.numbers(number, part)
                if found is not None:
                    spread = 0.0 if found[1] is None else found[1]
                    reached.append(_largest(np.abs(found[0]) + spread))
            z = self.code(number)
            if z is not None:
                reached.append(_largest(np.abs(z)))
        return round_above(max(reached), (1, 1.5, 2, 3, 5, 10))

    def reading(self, utterance: int, unit: int) -> str:
        """What is to be read of a column."""
        say, texts = self._appearance.say, []
        for part, name in ((PRIOR, say("prior")), (POSTERIOR, say("posterior"))):
            found = self.numbers(utterance, part)
            if found is not None:
                spread = "…" if found[1] is None else significant(float(found[1][unit]), 3)
                texts.append(f"{name} {significant(float(found[0][unit]), 3)} ± {spread}")
        for name, row in (("ε", self._row(self._utterances[utterance].noise)), ("z", self.code(utterance))):
            if row is not None:
                texts.append(f"{name} = {significant(float(row[unit]), 3)}")
        told = ", ".join(texts) or say("not yet computed")
        return say("Utterance {number}, unit {unit}: {told}", number=utterance + 2, unit=unit, told=told)

    # --- geometry ------------------------------------------------------------------------------------------------

    def area(self) -> QRectF:
        """Where the columns are."""
        px = self._appearance.px
        return QRectF(
            px(_LEFT), px(_TOP), max(1.0, self.width() - px(_LEFT + _RIGHT)),
            max(1.0, self.height() - px(_TOP + _BOTTOM)),
        )  # fmt: skip

    def shown_units(self) -> int:
        """How many units have room."""
        room = self.area().width() / max(1, len(self._utterances)) - self._appearance.px(10)
        return max(1, min(self.units, int(room / self._appearance.px(_LEAST))))

    def column(self, utterance: int, unit: int) -> QRectF:
        """The box of a unit of an utterance."""
        group = self.group(utterance)
        wide = group.width() / self.shown_units()
        return QRectF(group.left() + unit * wide, group.top(), wide, group.height())

    def group(self, utterance: int) -> QRectF:
        """The box of an utterance."""
        area, gap = self.area(), self._appearance.px(5)
        wide = area.width() / max(1, len(self._utterances))
        return QRectF(area.left() + utterance * wide + gap, area.top(), max(1.0, wide - 2 * gap), area.height())

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """(utterance, unit) at a point."""
        for utterance in range(len(self._utterances)):
            for unit in range(self.shown_units()):
                if self.column(utterance, unit).contains(point):
                    return utterance, unit
        return None

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, area = QPainter(self), self._appearance, self.area()
        painter.fillRect(self.rect(), look.color("ground"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        extent = self.extent()
        self._paint_axis(painter, area, extent)
        self._paint_legend(painter)
        current = self._current()
        for utterance in range(len(self._utterances)):
            self._paint_utterance(painter, utterance, extent, utterance == current)
        if self._cell is not None:
            painter.setPen(QPen(look.color("ink"), look.px(1.4)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.column(*self._cell))

    def _current(self) -> int | None:
        """The utterance whose code is drawn where the cursor is: the last one begun."""
        cursor = self._bridge.cursor
        begun = [
            number for number, one in enumerate(self._utterances)
            if any(cursor.revealed(index) for (_, name), index in one.entries.items() if name == MEAN)
        ]  # fmt: skip
        return begun[-1] if begun else None

    def _paint_axis(self, painter: QPainter, area: QRectF, extent: float) -> None:
        look = self._appearance
        painter.setFont(look.font(_FONT))
        metrics = QFontMetricsF(painter.font())
        for value in (-extent, -extent / 2, 0.0, extent / 2, extent):
            y = _height(value, extent, area)
            painter.setPen(QPen(look.color("line_strong" if value == 0 else "line"), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            text = round_text(value)
            painter.setPen(look.color("ink_quiet"))
            painter.drawText(
                QPointF(area.left() - look.px(5) - metrics.horizontalAdvance(text), y + metrics.ascent() / 2 - 1), text
            )

    def _paint_legend(self, painter: QPainter) -> None:
        look, x, say = self._appearance, self._appearance.px(_LEFT), self._appearance.say
        painter.setFont(look.font(_FONT))
        metrics, y = QFontMetricsF(painter.font()), look.px(_TOP) / 2
        entries = ((PRIOR, say("prior: μ ± σ")), (POSTERIOR, say("posterior: μ ± σ")), (CODE, say("z, as drawn")))
        for part, text in entries:
            if part == CODE:
                self._paint_code(painter, QPointF(x + look.px(8), y))
            else:
                self._paint_bar(painter, part, x + look.px(8), y, look.px(7))
            painter.setPen(look.color("ink_quiet"))
            painter.drawText(QPointF(x + look.px(18), y + metrics.ascent() / 2 - 1), text)
            x += look.px(32) + metrics.horizontalAdvance(text)
        if self.shown_units() < self.units:
            text = say("the first {shown} of {count} units", shown=self.shown_units(), count=self.units)
            box = QRectF(x, 0, max(0.0, self.width() - look.px(_RIGHT) - x), look.px(_TOP))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_utterance(self, painter: QPainter, utterance: int, extent: float, current: bool) -> None:
        look, group, area = self._appearance, self.group(utterance), self.area()
        if self.numbers(utterance, PRIOR) is None and self.numbers(utterance, POSTERIOR) is None:
            paint_hatching(painter, group, look)
        painter.setPen(QPen(look.color("cursor" if current else "line"), look.px(1.6 if current else 1.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(group)
        painter.setFont(look.font(_FONT))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(look.color("ink_quiet"))
        text = look.say("utterance {number}", number=utterance + 2)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, group.width())
        painter.drawText(QPointF(group.left(), group.bottom() + 2.3 * metrics.height()), text)
        for unit in range(self.shown_units()):
            box = self.column(utterance, unit)
            number = str(unit)
            painter.setPen(look.color("ink_quiet"))
            left = box.center().x() - metrics.horizontalAdvance(number) / 2
            painter.drawText(QPointF(left, box.bottom() + metrics.height()), number)
            self._paint_unit(painter, utterance, unit, extent, area)

    def _paint_unit(self, painter: QPainter, utterance: int, unit: int, extent: float, area: QRectF) -> None:
        box = self.column(utterance, unit)
        for part, share in ((PRIOR, -0.18), (POSTERIOR, 0.18)):
            found = self.numbers(utterance, part)
            if found is not None and math.isfinite(found[0][unit]):
                spread = 0.0 if found[1] is None or not math.isfinite(found[1][unit]) else float(found[1][unit])
                y = _height(float(found[0][unit]), extent, area)
                reach = y - _height(float(found[0][unit]) + spread, extent, area)
                self._paint_bar(painter, part, box.center().x() + share * box.width(), y, reach)
        z = self.code(utterance)
        if z is not None and math.isfinite(z[unit]):
            self._paint_code(painter, QPointF(box.center().x(), _height(float(z[unit]), extent, area)))

    def _paint_bar(self, painter: QPainter, part: str, x: float, y: float, reach: float) -> None:
        look = self._appearance
        painter.setPen(QPen(look.color(_COLORS[part]), look.px(2.2)))
        painter.drawLine(QLineF(x, y - reach, x, y + reach))
        painter.setBrush(look.color(_COLORS[part]))
        painter.setPen(Qt.PenStyle.NoPen)
        size = look.px(3.6)
        if part == PRIOR:
            painter.drawEllipse(QPointF(x, y), size, size)
        else:
            painter.drawRect(QRectF(x - size, y - size, 2 * size, 2 * size))

    def _paint_code(self, painter: QPainter, at: QPointF) -> None:
        size = self._appearance.px(5)
        painter.setPen(QPen(self._appearance.color("ground"), self._appearance.px(1)))
        painter.setBrush(self._appearance.color("ink"))
        painter.drawPolygon([at + QPointF(x, y) for x, y in ((0, -size), (size, 0), (0, size), (-size, 0))])

    # --- Qt ------------------------------------------------------------------------------------------------------

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell == self._cell:
            return
        self._cell = cell
        text = "" if cell is None else self.reading(*cell)
        self.setAccessibleDescription(text)
        self.pointed.emit(text)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.cell_at(event.position()))
        code = None if self._cell is None else self._utterances[self._cell[0]].code
        if event.button() is Qt.MouseButton.LeftButton and code is not None:
            self._bridge.select(code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        code = None if self._cell is None else self._utterances[self._cell[0]].code
        if event.button() is Qt.MouseButton.LeftButton and code is not None:
            self._bridge.run_to(code)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(480), self._appearance.whole_px(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(120), self._appearance.whole_px(80))


def _height(value: float, extent: float, area: QRectF) -> float:
    share = min(max((value / extent + 1.0) / 2.0, 0.0), 1.0)
    return area.bottom() - share * area.height()


def _largest(values: np.ndarray) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0
