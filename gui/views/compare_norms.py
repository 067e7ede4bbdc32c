"""The norm of the gradient by the hidden state at every time step, one curve for each system compared."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.tape import Tape
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.compared_systems import ComparedSystems, System
from gui.views.curve_style import CurveStyle, LegendEntry, legend_height, legend_rows, paint_legend
from gui.views.flow_curves import FlowCurve, Norms
from gui.views.log_scale import LogScale
from gui.views.number_text import number_text
from gui.views.tape_series import quantities
from gui.views.time_plot import Target, TimePlot

STYLES = (
    CurveStyle("series_1", 2.2, marker="circle"),
    CurveStyle("series_2", 2.0, Qt.PenStyle.DashLine, "square"),
    CurveStyle("series_3", 2.0, Qt.PenStyle.DashDotLine, "triangle"),
)


class CompareNorms(TimePlot):
    """‖∂E/∂h^t‖ of the top layer by t, on a logarithmic scale; it appears as the cursors go back."""

    def __init__(
        self, systems: ComparedSystems, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, appearance, parent)
        self._systems = systems
        self._curves: dict[int, tuple[Tape, FlowCurve | None]] = {}
        systems.changed.connect(self._update_tape)
        systems.moved.connect(self._update_picture)
        self._update_extent()

    def norms(self, system: System) -> Norms:
        """(T,): as far as the system's cursor has revealed; -1 where nothing is."""
        curve = self._curve(system.bridge.tape)
        return np.full(self._steps()[1], -1.0) if curve is None else curve.norms(system.bridge.cursor)

    def _curve(self, tape: Tape) -> FlowCurve | None:
        known = self._curves.get(id(tape))
        if known is None or known[0] is not tape:
            shown = {id(one.bridge.tape) for one in self._systems.systems}  # a tape that nobody shows may be large
            self._curves = {key: kept for key, kept in self._curves.items() if key in shown}
            states = [
                one for one in quantities(tape)
                if one.gradient and one.series.role is Role.STATE and one.series.symbol in {"h", "z", "c"}
            ]  # fmt: skip
            chosen = [one for one in states if one.series.symbol != "c"] or states
            known = self._curves[id(tape)] = (tape, FlowCurve(tape, chosen[-1]) if chosen else None)
        return known[1]

    # --- geometry -----------------------------------------------------------------------------------------------

    def _steps(self) -> tuple[int, int]:
        """As long as the longest of the open iterations, which may be shorter than the task's longest."""
        curves = (self._curve(one.bridge.tape) for one in self._systems.systems)
        return 0, max((curve.quantity.series.last for curve in curves if curve is not None), default=1)

    def _legend(self) -> list[LegendEntry]:
        return [LegendEntry(style, one.name) for style, one in zip(STYLES, self._systems.systems, strict=False)]

    def _head(self) -> float:
        rows = legend_rows(self._legend(), self.viewport().width() - self._appearance.px(8), self._appearance)
        return self._appearance.px(6) + legend_height(rows, self._appearance)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        return (0, t) if t else None

    def _target(self, row: int, t: int) -> Target | None:
        curve = self._curve(self._bridge.tape)
        entry = None if curve is None else curve.quantity.series.entry(t)
        if entry is None:
            return None
        read = []
        for one in self._systems.systems:
            norms = self.norms(one)
            value = norms[t - 1] if t <= len(norms) else -1.0
            read.append(f"{one.name} {number_text(float(value)) if not value < 0 else '…'}")
        return Target(entry, None, self._appearance.say("t = {t}: {values}", t=t, values=", ".join(read)))

    # --- the picture --------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        found = []
        for one in self._systems.systems:
            curve = self._curve(one.bridge.tape)
            arrived = 0 if curve is None else curve.arrived(one.bridge.cursor)
            found.append((one.name, one.bridge.iteration, arrived))
        return tuple(found)

    def _paint_picture(self, painter: QPainter) -> None:
        look, area = self._appearance, self.area
        rows = legend_rows(self._legend(), self.viewport().width() - look.px(8), look)
        paint_legend(painter, rows, QRectF(look.px(6), look.px(3), self.viewport().width(), self._head()), look)
        if all(self._curve(one.bridge.tape) is None for one in self._systems.systems):
            painter.setFont(look.font(14))
            painter.setPen(look.color("ink_quiet"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, look.say("Nothing here gets a gradient at each time step."))
            return
        norms = [self.norms(one) for one in self._systems.systems]
        scale = LogScale.over(np.concatenate(norms), np.array([]))
        scale.paint(painter, area, look)
        painter.setClipRect(area.adjusted(-4, -4, 4, 4))
        for style, one in zip(STYLES, norms, strict=False):
            points = [
                QPointF(self.axis.centre(t), scale.y(float(value), area, look))
                for t, value in enumerate(one, start=1) if not value < 0
            ]  # fmt: skip
            painter.setPen(style.pen(look))
            painter.drawPolyline(QPolygonF(points))
            for point in points if self.axis.column > look.px(7) else points[::5]:
                style.paint_marker(painter, point, look)
