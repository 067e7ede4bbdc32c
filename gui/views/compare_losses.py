"""The losses of the systems compared over the iterations that they have run."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.compare_norms import STYLES
from gui.views.compared_systems import ComparedSystems, System
from gui.views.curve_style import LegendEntry, legend_height, legend_rows, paint_legend
from gui.views.log_scale import LogScale
from gui.views.time_axis import next_round

_LEFT, _BOTTOM, _LABEL, _WINDOW = 60.0, 24.0, 11.0, 25


class CompareLosses(QWidget):
    """Running means on a logarithmic scale; a click goes to that iteration."""

    def __init__(self, systems: ComparedSystems, bridge: Bridge, appearance: Appearance) -> None:
        super().__init__()
        self._systems, self._bridge, self._appearance = systems, bridge, appearance
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for signal in (systems.changed, systems.moved, bridge.history_changed, appearance.changed):
            signal.connect(self.update)

    def means(self, system: System) -> np.ndarray:
        """(n,): the mean of the last losses, of those that are finite."""
        losses = np.array(system.bridge.session.run.history.losses[: self._end], dtype=float)
        losses[~np.isfinite(losses)] = np.nan
        there = np.isfinite(losses)
        sums = np.concatenate([[0.0], np.cumsum(np.where(there, losses, 0.0))])
        counts = np.concatenate([[0], np.cumsum(there)])
        first = np.maximum(np.arange(len(losses)) - _WINDOW + 1, 0)
        last = np.arange(len(losses)) + 1
        with np.errstate(all="ignore"):
            made: np.ndarray = (sums[last] - sums[first]) / (counts[last] - counts[first])
        return made

    @property
    def _end(self) -> int:
        """As many iterations as all of them have run."""
        return min(one.bridge.session.run.reached for one in self._systems.systems)

    @property
    def area(self) -> QRectF:
        """Where the curves are."""
        px = self._appearance.px
        head = px(6) + legend_height(self._rows(), self._appearance)
        return QRectF(px(_LEFT), head, max(1.0, self.width() - px(_LEFT) - px(12)),
                      max(1.0, self.height() - head - px(_BOTTOM)))  # fmt: skip

    def _rows(self) -> list[list[LegendEntry]]:
        entries = [LegendEntry(style, one.name) for style, one in zip(STYLES, self._systems.systems, strict=False)]
        return legend_rows(entries, self.width() - self._appearance.px(8), self._appearance)

    def _x(self, iteration: float) -> float:
        return self.area.left() + iteration / max(1, self._end - 1) * self.area.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, area = self._appearance, self.area
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("ground"))
        paint_legend(painter, self._rows(), QRectF(look.px(6), look.px(3), self.width(), area.top()), look)
        means = [self.means(one) for one in self._systems.systems]
        known = np.concatenate(means)
        scale = LogScale.over(np.where(np.isfinite(known), known, -1.0), np.array([]))
        scale.paint(painter, area, look)
        self._paint_iterations(painter, area)
        for style, one in zip(STYLES, means, strict=False):
            every = max(1, len(one) // 400)
            finite = [(at, float(one[at])) for at in range(0, len(one), every) if math.isfinite(one[at])]
            points = [QPointF(self._x(at), scale.y(value, area, look)) for at, value in finite]
            painter.setPen(style.pen(look))
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(look.color("cursor"), look.px(1.4)))
        if self._bridge.iteration < max(self._end, 1):
            x = self._x(self._bridge.iteration)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_iterations(self, painter: QPainter, area: QRectF) -> None:
        look = self._appearance
        font = look.font(_LABEL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.color("ink_quiet"))
        widest = metrics.horizontalAdvance(f"{self._end:,}") + look.px(16)
        every = next_round(max(1.0, self._end * widest / area.width()))
        for iteration in range(0, self._end, every):
            text = f"{iteration:,}"
            left = self._x(iteration) - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, area.bottom() + look.px(5) + metrics.ascent()), text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.area.contains(event.position()) and self._end:
            share = (event.position().x() - self.area.left()) / self.area.width()
            self._bridge.go_to_iteration(round(share * (self._end - 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(140), self._appearance.whole_px(80))
