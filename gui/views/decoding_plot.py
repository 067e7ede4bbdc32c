"""The symbols of encoder and decoder over time, and in further rows what it says running free and forced."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.decoding_runs import DecodingRuns
from gui.views.hatching import paint_hatching
from gui.views.number_text import number_text
from gui.views.run_rows import RunRows, Said
from gui.views.task_plot import ROLES
from gui.views.task_series import TaskSeries
from gui.views.time_plot import Target
from gui.views.token_plot import TokenPlot

FORCED, FREE = translatable("forced"), translatable("free")
_LINE, _FLAG = 2.5, 11.0


class DecodingPlot(TokenPlot):
    """A row ``free`` under the three of the tape, and a row ``forced`` where the tape itself is not forced throughout.

    They are revealed as the tape's answers are. Where the two first differ there is a line.

    Signals:
        picked(t): the time step of a cell was clicked on.
    """

    picked = Signal(int)

    def __init__(
        self, runs: DecodingRuns, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        self._runs = runs
        self._known_rows: tuple[object, TaskSeries, RunRows] | None = None
        super().__init__(bridge, appearance, parent)
        runs.changed.connect(self._update_runs)

    @property
    def runs(self) -> RunRows:
        """What the shown sequence is said free and forced."""
        made = self._runs.made
        if self._known_rows is None or self._known_rows[0] is not made or self._known_rows[1] is not self._series:
            self._known_rows = (made, self._series, RunRows(made, self.tokens))
        return self._known_rows[2]

    @property
    def rows_of_runs(self) -> tuple[str, ...]:
        """Names of the further rows."""
        decoder = self._series.decoder
        if decoder.first is None or not self._runs.possible:
            return ()
        return (FREE,) if decoder.reads_truth_alone else (FORCED, FREE)

    def said(self, row: str, t: int) -> Said | None:
        """What a further row has at a time step; None where nothing is, or while it is not revealed."""
        if not self._is_answered(t):
            return None
        return self.runs.free(t) if row == FREE else self.runs.forced(t)

    @property
    def parting(self) -> int | None:
        """The time step at which free and forced first differ, as far as revealed."""
        t = self.runs.parting
        return t if t is not None and self._is_answered(t) else None

    def _is_answered(self, t: int) -> bool:
        entry = self._series.entry(Role.OUTPUT, t)
        return entry is not None and self._bridge.cursor.revealed(entry)

    def _show_time(self, t: int | None) -> None:
        """Behind the forward pass, outside time, the end of the answer is what people want to see."""
        last = max(self._series.decoder.reads, default=None)
        super()._show_time(last if t is None and last is not None and self._is_answered(last) else t)

    # --- rows ---------------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return super()._rows() + len(self.rows_of_runs)

    def _titles(self) -> list[str]:
        return super()._titles() + [self._appearance.say(name) for name in self.rows_of_runs]

    def _target(self, row: int, t: int) -> Target | None:
        if row < len(ROLES):
            return super()._target(row, t)
        entry = self._series.entry(Role.OUTPUT, t)
        if entry is None or t not in self._series.decoder.reads:
            return None
        name = self.rows_of_runs[row - len(ROLES)]
        say, said = self._appearance.say, self.said(name, t)
        if said is None:
            return Target(entry, None, say("t = {t}, {what}: not yet computed", t=t, what=say(name)))
        text = say("t = {t}, {what}: {symbols}", t=t, what=say(name), symbols=said.symbol)
        return Target(entry, None, f"{text} ({number_text(said.probability)})")

    def _pick(self, target: Target) -> None:
        super()._pick(target)
        if self._cell is not None:
            self.picked.emit(self._cell[1])

    # --- the picture --------------------------------------------------------------------------------------------

    def _update_runs(self) -> None:
        if self.isVisible():
            self._update_picture()

    def _state(self, t: int) -> tuple[Hashable, ...]:
        return (*super()._state(t), *(self.said(name, t) for name in self.rows_of_runs), self.parting == t)

    def _paint_column(self, painter: QPainter, t: int) -> None:
        super()._paint_column(painter, t)
        if t not in self._series.decoder.reads:
            return
        for place, name in enumerate(self.rows_of_runs):
            self._paint_said(painter, self._box(len(ROLES) + place, t), self.said(name, t))
        if self.parting == t:
            self._paint_parting(painter, t)

    def _paint_said(self, painter: QPainter, box: QRectF, said: Said | None) -> None:
        if said is None:
            paint_hatching(painter, box, self._appearance)
        else:
            ink = self._paint_shade(painter, box, said.probability)
            self._paint_symbols(painter, box, said.symbol, ink, said.is_right)
        painter.setPen(QPen(self._appearance.color("line"), 1))
        painter.drawRect(box)

    def _paint_parting(self, painter: QPainter, t: int) -> None:
        """A line left of what differs first, with a foot, so that it is not taken for one of the grid."""
        look = self._appearance
        box = self._box(len(ROLES) - 1, t).united(self._box(self._rows() - 1, t))
        painter.setPen(QPen(look.color("warning"), look.px(_LINE)))
        painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_legend(self, painter: QPainter) -> None:
        super()._paint_legend(painter)
        if not self.wide or not self.rows_of_runs:
            return
        look = self._appearance
        metrics = QFontMetricsF(look.font(_FLAG))
        left, size = self.area.right() + look.px(14), look.px(9)
        top = self.area.top() + 2 * 1.4 * metrics.height()
        painter.setPen(QPen(look.color("warning"), look.px(_LINE)))
        painter.drawRect(QRectF(left, top + (metrics.height() - size) / 2, size, size))
        painter.setFont(look.font(_FLAG))
        painter.setPen(look.color("ink_quiet"))
        room = self.viewport().width() - left - size - look.px(8)
        text = metrics.elidedText(look.say("first difference"), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left + size + look.px(5), top + metrics.ascent()), text)
