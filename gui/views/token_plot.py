"""Symbols over time in three rows: what comes in, what is asked, and what is answered with which probability."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.task import Answer, NamesSymbols
from engine.tensor import Role
from gui.color_maps import light_ink_on
from gui.language import translatable
from gui.views.color_scale import ColorScale
from gui.views.hatching import paint_hatching
from gui.views.number_text import number_text
from gui.views.task_plot import ROLES, TaskPlot
from gui.views.time_plot import Target

_TITLES = {
    Role.INPUT: translatable("input"), Role.TARGET: translatable("target"), Role.OUTPUT: translatable("output"),
}  # fmt: skip
_TOKEN, _TITLE, _MOST_ROW = 14.0, 12.0, 46.0
_SHADE = ColorScale(0.0, 1.0, "sequential_map")
RIGHT, WRONG = "✓", "✗"


class TokenPlot(TaskPlot):
    """A row for each of input, target and output; an answer's ground says how probable it was held to be."""

    @property
    def least_column(self) -> float:  # type: ignore[override]
        """Wide enough for the longest symbol that there can be, as far as that is reasonable."""
        metrics = QFontMetricsF(self._appearance.font(_TOKEN))
        widest = max((metrics.horizontalAdvance(name) for names in self._names() for name in names), default=0.0)
        sign = metrics.horizontalAdvance(RIGHT)
        return min(widest + sign + self._appearance.px(14), self._appearance.px(130)) / self._appearance.scale

    def _names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        task, settings = self._bridge.lesson.task, self._bridge.settings
        if isinstance(task, NamesSymbols):
            return task.input_names(settings), task.answer_names(settings)
        return (), ()

    # --- what is in a cell --------------------------------------------------------------------------------------

    def symbols(self, role: Role, t: int) -> str | None:
        """The symbols of a cell; empty where there is none, None while it is not revealed."""
        numbers = self._series.numbers(role, t)
        if self._series.is_padding(t):
            return ""
        if numbers is None:
            return None if self._series.entry(role, t) is not None else ""
        names = self._names()[0 if role is Role.INPUT else 1]
        return " ".join(_name(names, number) for number in self._ids(role, numbers))

    def _ids(self, role: Role, numbers: np.ndarray) -> list[int]:
        if self._series.has_ids(role):
            return [int(numbers[0])] if numbers[0] >= 0 else []
        if role is Role.INPUT or not np.isfinite(numbers).all():
            return [int(np.argmax(numbers))] if np.isfinite(numbers).all() and numbers.any() else []
        if self._answer is Answer.CLASSES:
            return [int(np.argmax(numbers))]
        return np.flatnonzero(numbers > 0.5).tolist()

    @property
    def _answer(self) -> Answer:
        return self._bridge.lesson.task.sizes(self._bridge.settings).answer

    def is_right(self, t: int) -> bool | None:
        """Whether the answer is what was asked; None where nothing is, or one of them is not revealed."""
        asked, said = self.symbols(Role.TARGET, t), self.symbols(Role.OUTPUT, t)
        return None if not asked or said is None else asked == said

    def _probability(self, t: int) -> float:
        """How sure the network is of its answer: of the likeliest class, or of the mark it is least sure of."""
        numbers = self._series.numbers(Role.OUTPUT, t)
        if numbers is None or not np.isfinite(numbers).all():
            return float("nan")
        return float(numbers.max() if self._answer is Answer.CLASSES else np.maximum(numbers, 1 - numbers).min())

    # --- geometry -----------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return len(ROLES)

    @property
    def _row(self) -> float:
        return min(self.area.height() / len(ROLES), self._appearance.px(_MOST_ROW))

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t, row = self.axis.at(x), int((y - self.area.top()) / self._row)
        return None if not t or not 0 <= row < len(ROLES) else (row, t)

    def _box(self, row: int, t: int) -> QRectF:
        return QRectF(self.axis.edge(t), self.area.top() + row * self._row, self.axis.column, self._row)

    def _target(self, row: int, t: int) -> Target | None:
        role = ROLES[row]
        entry = self._series.entry(role, t)
        if entry is None:
            return None
        say, symbols = self._appearance.say, self.symbols(role, t)
        what = say(_TITLES[role])
        if symbols is None:
            return Target(entry, None, say("t = {t}, {what}: not yet computed", t=t, what=what))
        text = say("t = {t}, {what}: {symbols}", t=t, what=what, symbols=symbols or "—")
        if role is Role.OUTPUT and symbols:
            text += f" ({number_text(self._probability(t))})"
        return Target(entry, None, text)

    # --- the picture --------------------------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        self._paint_titles(painter)
        painter.setClipRect(self.area)
        for t in self.visible_times():
            if t:
                for row, role in enumerate(ROLES):
                    self._paint_cell(painter, self._box(row, t), role, t)

    def _paint_titles(self, painter: QPainter) -> None:
        look = self._appearance
        painter.setFont(look.font(_TITLE))
        painter.setPen(look.color("ink_quiet"))
        metrics = QFontMetricsF(look.font(_TITLE))
        room = self.area.left() - look.px(10)
        for row, role in enumerate(ROLES):
            text = metrics.elidedText(look.say(_TITLES[role]), Qt.TextElideMode.ElideRight, room)
            middle = self.area.top() + (row + 0.5) * self._row
            painter.drawText(QPointF(look.px(6), middle + metrics.ascent() / 2 - 1), text)

    def _paint_cell(self, painter: QPainter, box: QRectF, role: Role, t: int) -> None:
        look, symbols = self._appearance, self.symbols(role, t)
        if symbols is None:
            paint_hatching(painter, box, look)
        elif symbols or (role is Role.OUTPUT and self._series.entry(role, t) is not None):
            ink = look.color("ink")
            if role is Role.OUTPUT and not self._series.is_padding(t):
                colors = _SHADE.colors(np.array([self._probability(t)]), look)
                painter.fillRect(box.adjusted(1, 1, -1, -1), QColor(*colors[0].tolist()))
                ink = QColor("#ffffff" if light_ink_on(colors)[0] else "#000000")
            self._paint_symbols(painter, box, symbols, ink, self.is_right(t) if role is Role.OUTPUT else None)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawRect(box)

    def _paint_symbols(
        self, painter: QPainter, box: QRectF, symbols: str, ink: QColor, right: bool | None
    ) -> None:
        font = self._appearance.font(_TOKEN)
        metrics = QFontMetricsF(font)
        sign = "" if right is None else f" {RIGHT if right else WRONG}"
        room = box.width() - metrics.horizontalAdvance(sign) - 4
        text = metrics.elidedText(symbols or "—", Qt.TextElideMode.ElideRight, room) + sign
        painter.setFont(font)
        painter.setPen(ink)
        left = box.center().x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, box.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)

    def _paint_marks(self, painter: QPainter) -> None:
        if self._cell is not None and self._cell[1]:
            painter.setPen(QPen(self._appearance.color("ink"), self._appearance.px(1.6)))
            painter.drawRect(self._box(*self._cell))


def _name(names: tuple[str, ...], number: int) -> str:
    return names[number] if 0 <= number < len(names) else str(number)

