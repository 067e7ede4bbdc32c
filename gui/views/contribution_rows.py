"""One row for each parameter: bars of each step's contribution, the sum so far as a line, shares below."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.typesetting.plain_text import plain_text
from gui.views.contribution_inset import paint_inset
from gui.views.contribution_sums import ParameterSums, Sums, parameter_sums
from gui.views.curve_style import CurveStyle, LegendEntry, paint_legend
from gui.views.hatching import paint_hatching, runs
from gui.views.number_text import number_text, round_above, round_text
from gui.views.time_plot import Target, TimePlot

_LEAST_ROW = 92.0
_MOST_ROW = 240.0
_SUM = CurveStyle("ink", 1.5, Qt.PenStyle.SolidLine, "circle")
_FONT = 10.5
_AGREES = "✓ Σ = "
"""Before the gradient that a sum of contributions is, once all are there."""
_DIGITS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""Axes end at one of these times a power of ten."""


@dataclass(frozen=True)
class Row:
    """Where a parameter's bars are.

    Attributes:
        norms: of the contributions, from 0 upward.
        shares: of the shares, around a zero line.
    """

    norms: QRectF
    shares: QRectF


class ContributionRows(TimePlot):
    """Bars that appear as contributions are added to a gradient."""

    least_column = 4.0

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._parameters = parameter_sums(bridge.tape)
        self._drawn: list[int] = []
        self._update_extent()

    @property
    def parameters(self) -> list[ParameterSums]:
        """What the rows show."""
        return self._parameters

    def count(self, row: int) -> int:
        """How many contributions of a row are revealed."""
        return self._parameters[row].count(self._bridge.cursor.position)

    def sums(self, row: int) -> Sums:
        """A row as far as it is revealed."""
        return self._parameters[row].sums(self.count(row))

    def _update_tape(self) -> None:
        self._parameters = parameter_sums(self._bridge.tape)
        super()._update_tape()

    # --- geometry -----------------------------------------------------------------------------------------------

    def _steps(self) -> tuple[int, int]:
        return 0, max((max(one.times) for one in self._parameters), default=1)

    def _rows(self) -> int:
        return len(self._parameters)

    def _content_height(self, room: float) -> float:
        rows = max(1, len(self._parameters))
        least, most = self._appearance.px(_LEAST_ROW), self._appearance.px(_MOST_ROW)
        return rows * min(max(least, room / rows), most)

    @property
    def _row(self) -> float:
        return self._content_height(self.area.height()) / max(1, len(self._parameters))

    def _place(self, row: int) -> Row:
        area, px = self.area, self._appearance.px
        top = area.top() + row * self._row - self.verticalScrollBar().value()
        height = self._row - px(14)
        norms = QRectF(area.left(), top + px(7), area.width(), 0.58 * height)
        shares = QRectF(area.left(), norms.bottom() + px(5), area.width(), 0.42 * height - px(5))
        return Row(norms, shares)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        row = int((y - self.area.top() + self.verticalScrollBar().value()) / self._row)
        return None if t is None or not 0 <= row < len(self._parameters) else (row, t)

    def _move_pointer(self, rows: int, steps: int) -> None:
        super()._move_pointer(rows, steps)
        self._scroll_to_pointer(self._row)

    def _target(self, row: int, t: int) -> Target | None:
        spans = self._parameters[row].spans_at(t)
        if not spans:
            return None
        return Target(spans[-1].contribution, None, self._reading(row, t), run_to=spans[-1].total)

    def _reading(self, row: int, t: int) -> str:
        say, sums = self._appearance.say, self.sums(row)
        name = plain_text(self._latex(row))
        if not sums.arrived[t]:
            return say("{name}, t = {t}: not yet computed", name=name, t=t)
        norm, share = float(sums.norms[t]), float(sums.shares[t])
        return say("{name}, t = {t}: norm {norm}, share {share}", name=name, t=t, norm=number_text(norm),
                   share=share_text(share, 1))  # fmt: skip

    def _latex(self, row: int) -> str:
        labels = self._appearance.labels(self._bridge.tape)
        return labels.gradient_alone(self._parameters[row].name, Role.PARAMETER)

    # --- the picture --------------------------------------------------------------------------------------------

    def _paint_picture(self, painter: QPainter) -> None:
        self._drawn = [self.count(row) for row in range(len(self._parameters))]
        for row in range(len(self._parameters)):
            self._paint_row(painter, row)

    def _paint_changes(self, picture: QPixmap) -> None:
        counts = [self.count(row) for row in range(len(self._parameters))]
        changed = [row for row, count in enumerate(counts) if count != self._drawn[row]]
        if not changed:
            return
        self._drawn = counts
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in changed:
            self._paint_row(painter, row)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        place, area = self._place(row), self.area
        band = QRectF(0, place.norms.top() - self._appearance.px(7), self.viewport().width(), self._row)
        shown = band.intersected(QRectF(0, area.top(), band.width(), area.height()))
        if shown.isEmpty():
            return
        painter.setClipRect(shown)
        painter.fillRect(shown, self._appearance.color("ground"))
        self._paint_side(painter, row, place)
        painter.setClipRect(shown.intersected(area.adjusted(-1, 0, 1, 0)))
        self._paint_unrevealed(painter, row, place)
        self._paint_norms(painter, row, place.norms)
        self._paint_shares(painter, row, place.shares)
        painter.setClipping(False)

    def _bar(self, t: int) -> tuple[float, float]:
        """(left, width) of a bar."""
        width = min(0.64 * self.axis.column, self._appearance.px(46))
        return self.axis.centre(t) - width / 2, width

    def _bound(self, sums: Sums) -> float:
        sizes = np.concatenate([sums.norms, sums.running])
        finite = sizes[np.isfinite(sizes)]
        return round_above(float(finite.max()) if finite.size else 0.0, _DIGITS)

    def _paint_unrevealed(self, painter: QPainter, row: int, place: Row) -> None:
        arrived, axis = self.sums(row).arrived, self.axis
        expected = self._parameters[row].times
        top, height = place.norms.top(), place.shares.bottom() - place.norms.top()
        for first, last in runs(t for t in self.visible_times() if t in expected and not arrived[t]):
            box = QRectF(axis.edge(first), top, (last - first + 1) * axis.column, height)
            paint_hatching(painter, box, self._appearance)

    def _paint_norms(self, painter: QPainter, row: int, area: QRectF) -> None:
        sums, bound = self.sums(row), self._bound(self.sums(row))
        color = self._appearance.color("backward")
        painter.setPen(QPen(self._appearance.color("line"), 1))
        painter.drawLine(QLineF(area.left(), area.top(), area.right(), area.top()))
        points = []
        for t in self.visible_times():
            if not sums.arrived[t]:
                continue
            left, width = self._bar(t)
            norm = float(sums.norms[t])
            if math.isfinite(norm):
                height = norm / bound * area.height()
                painter.fillRect(QRectF(left, area.bottom() - height, width, height), color)
            else:
                self._paint_not_finite(painter, QPointF(left + width / 2, area.top() + self._appearance.px(8)), norm)
            if math.isfinite(float(sums.running[t])):
                points.append(QPointF(left + width / 2, area.bottom() - sums.running[t] / bound * area.height()))
        painter.setPen(QPen(self._appearance.color("line_strong"), 1))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        self._paint_sum(painter, points)

    def _paint_sum(self, painter: QPainter, points: list[QPointF]) -> None:
        painter.setPen(_SUM.pen(self._appearance))
        if len(points) > 1:
            painter.drawPolyline(points)
        if self.axis.column >= self._appearance.px(12):
            for point in points:
                _SUM.paint_marker(painter, point, self._appearance)

    def _paint_shares(self, painter: QPainter, row: int, area: QRectF) -> None:
        sums, appearance = self.sums(row), self._appearance
        finite = sums.shares[np.isfinite(sums.shares)]
        font = appearance.font(_FONT)
        metrics = QFontMetricsF(font)
        writes = self.axis.column >= metrics.horizontalAdvance("+100 %") + appearance.px(4)
        room = metrics.height() * 0.9 if writes else 0.0
        low, high = (min(0.0, float(finite.min())), max(0.0, float(finite.max()))) if finite.size else (0.0, 1.0)
        unit = max(1.0, area.height() - room * (2 if low < 0 else 1)) / max(high - low, 1e-12)
        zero = area.top() + room + high * unit
        painter.setFont(font)
        for t in self.visible_times():
            share = float(sums.shares[t])
            if math.isfinite(share):
                self._paint_share(painter, t, share, zero, unit, metrics if writes else None)
        painter.setPen(QPen(appearance.color("line_strong"), 1))
        painter.drawLine(QLineF(area.left(), zero, area.right(), zero))

    def _paint_share(
        self, painter: QPainter, t: int, share: float, zero: float, unit: float, metrics: QFontMetricsF | None
    ) -> None:
        left, width = self._bar(t)
        color = self._appearance.color("parameter")
        box = QRectF(left, zero - share * unit, width, share * unit).normalized()
        if share >= 0:
            painter.fillRect(box, color)
        else:
            # Against the sum: below the line, and open.
            painter.setPen(QPen(color, self._appearance.px(1)))
            painter.setBrush(QBrush(color, Qt.BrushStyle.Dense6Pattern))
            painter.drawRect(box)
        if metrics is not None:
            text = share_text(share)
            y = box.top() - self._appearance.px(3) if share >= 0 else box.bottom() + metrics.ascent()
            painter.setPen(self._appearance.color("ink_quiet"))
            painter.drawText(QPointF(left + width / 2 - metrics.horizontalAdvance(text) / 2, y), text)

    def _paint_not_finite(self, painter: QPainter, at: QPointF, value: float) -> None:
        size = self._appearance.px(4.5)
        painter.setPen(QPen(self._appearance.color("not_finite"), self._appearance.px(2)))
        painter.drawLine(QPointF(at.x() - size, at.y() - size), QPointF(at.x() + size, at.y() + size))
        painter.drawLine(QPointF(at.x() - size, at.y() + size), QPointF(at.x() + size, at.y() - size))
        if self.axis.column > self._appearance.px(40):
            painter.setFont(self._appearance.font(_FONT, bold=True))
            painter.setPen(self._appearance.color("ink"))
            painter.drawText(QPointF(at.x() + 1.6 * size, at.y() + 0.8 * size), number_text(value))

    # --- beside the bars ----------------------------------------------------------------------------------------

    def _paint_side(self, painter: QPainter, row: int, place: Row) -> None:
        appearance, px = self._appearance, self._appearance.px
        font = appearance.font(_FONT)
        metrics = QFontMetricsF(font)
        right = place.norms.left() - px(5)
        painter.setFont(font)
        painter.setPen(appearance.color("ink_quiet"))
        shares = appearance.say("share")
        for text, y in ((round_text(self._bound(self.sums(row))), place.norms.top() + metrics.ascent() / 2),
                        (shares, place.shares.center().y() + metrics.ascent() / 2)):  # fmt: skip
            painter.drawText(QPointF(right - metrics.horizontalAdvance(text), y), text)
        name = typeset(self._latex(row), px(14))
        shrink = min(1.0, (right - px(3)) / name.width)
        name = typeset(self._latex(row), px(14) * shrink)
        inks = Inks.of(appearance)
        y = place.norms.center().y() + px(6)
        name.paint(painter, right - name.width, y, appearance.color("backward_ink"), inks.colors)
        if self.wide:
            self._paint_facts(painter, row, place)

    def _paint_facts(self, painter: QPainter, row: int, place: Row) -> None:
        """At the right: what is what, how far the sum is, and whether it is the gradient."""
        appearance, px, say = self._appearance, self._appearance.px, self._appearance.say
        one, count = self._parameters[row], self.count(row)
        left, y = self.area.right() + px(14), place.norms.top()
        if row == 0:
            sample = QRectF(left + px(6), y + px(3), px(11), px(11))
            painter.fillRect(sample, appearance.color("backward"))
            painter.setFont(appearance.font(11))
            painter.setPen(appearance.color("ink"))
            painter.drawText(QPointF(left + px(29), y + px(12)), say("contribution"))
        paint_legend(painter, [[LegendEntry(_SUM, say("sum so far"))]] if row == 0 else [],
                     QRectF(left, y + px(17), 0, 0), appearance)  # fmt: skip
        y += px(48 if row == 0 else 12)
        whole = count == len(one.spans)
        lines = [(f"‖Σ‖ = {number_text(self.sums(row).size)}", "ink")] if count else []
        if whole:
            lines.append((_AGREES, "good"))
            lines.append((say("difference {value}", value=number_text(one.difference, 2)), "ink_quiet"))
        else:
            lines.append((say("{count} of {all} added", count=count, all=len(one.spans)), "ink_quiet"))
        painter.setFont(appearance.font(_FONT + 0.5, family="math"))
        for text, color in lines:
            if y < place.shares.bottom() + px(8):
                painter.setPen(appearance.color(color))
                painter.drawText(QPointF(left, y), text)
                if text == _AGREES:
                    x, inks = left + painter.fontMetrics().horizontalAdvance(text), Inks.of(appearance)
                    name = typeset(self._latex(row), px(_FONT + 0.5))
                    name.paint(painter, x, y, appearance.color(color), inks.colors)
            y += px(15)

    # --- over it ------------------------------------------------------------------------------------------------

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setClipRect(self.area.adjusted(-1, -4, 1, 2))
        hover = self._bridge.hover[0] if self._bridge.hover is not None and self._cell is None else None
        marks = (hover, "ink"), (self._bridge.selection, "focus")
        wanted = {entry: color for entry, color in marks if entry is not None}
        for row, one in enumerate(self._parameters if wanted else []):
            for t in self.visible_times():
                for span in one.spans_at(t):
                    if span.contribution in wanted:
                        self._frame_cell(painter, row, t, wanted[span.contribution])
        if self._cell is not None and self.target is not None:
            self._frame_cell(painter, *self._cell, "ink")
        painter.setClipping(False)
        self._paint_inset(painter)

    def _frame_cell(self, painter: QPainter, row: int, t: int, color: str) -> None:
        place = self._place(row)
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(1.4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top = place.norms.top()
        painter.drawRect(QRectF(self.axis.edge(t), top, self.axis.column, place.shares.bottom() - top))

    def _paint_inset(self, painter: QPainter) -> None:
        """The contribution pointed at, as a small heatmap."""
        if self._cell is None:
            return
        row, t = self._cell
        value = self._parameters[row].value(t, self.count(row))
        if value is not None:
            beside = QRectF(self.axis.edge(t), self._place(row).norms.top(), self.axis.column, self._row)
            paint_inset(painter, value, beside, QRectF(self.viewport().rect()), self._appearance)


def share_text(share: float, decimals: int = 0) -> str:
    """``+32 %``, ``−4 %``."""
    if not math.isfinite(share):
        return "NaN"
    text = f"{100 * share:+.{decimals}f} %"
    return text.replace("-", "−") if float(text[:-2]) else text.replace("-", "+").replace("+", "")
