"""Norms of gradients over t on a logarithmic scale, the run's own beside those of the other activations."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.plain_text import plain_text
from gui.views.curve_style import CurveStyle, LegendEntry, legend_height, legend_rows, paint_legend
from gui.views.flow_curves import FlowCurve, Norms
from gui.views.hatching import paint_hatching, runs
from gui.views.log_scale import LogScale
from gui.views.number_text import number_text
from gui.views.tape_series import truncation_cuts
from gui.views.time_plot import Target, TimePlot

_STYLES = (
    CurveStyle("backward", 2.6, marker="circle"),
    CurveStyle("series_1", 2.0, Qt.PenStyle.DashLine, "square"),
    CurveStyle("series_3", 2.0, Qt.PenStyle.DashDotLine, "triangle"),
    CurveStyle("series_4", 2.0, Qt.PenStyle.SolidLine, "diamond"),
    CurveStyle("series_5", 2.0, Qt.PenStyle.DotLine, "square", filled=False),
    CurveStyle("series_6", 2.0, Qt.PenStyle.DashLine, "circle", filled=False),
)
_SECOND = CurveStyle("backward", 1.3, Qt.PenStyle.DotLine, "diamond", filled=False)
"""Of the second of two, which leaves the other colours to other activations."""
_BOUND = CurveStyle("ink_quiet", 1.2, Qt.PenStyle.DashDotDotLine)
_OTHERS = (
    CurveStyle("series_1", 1.4, Qt.PenStyle.DashLine, "square"),
    CurveStyle("series_3", 1.4, Qt.PenStyle.DashDotLine, "triangle"),
    CurveStyle("series_4", 1.4, Qt.PenStyle.SolidLine, "diamond"),
    CurveStyle("series_5", 1.4, Qt.PenStyle.DotLine, "square", filled=False),
)
_WORDS = {"relu": "ReLU"}


@dataclass(frozen=True, eq=False)
class Bound:
    """How large a gradient can be at most.

    Attributes:
        curve: whose.
        factor: by which it can grow at most from step to step.
    """

    curve: FlowCurve
    factor: float


@dataclass(frozen=True, eq=False)
class Flow:
    """What is plotted.

    Attributes:
        curves: the run's own gradients, at least one.
        activation: the run's, if the first curve is compared with others; else empty.
        others: the first curve's norms (T,) by activation.
        places: activation → its number among the choices, which fixes its style.
        bound: if it is to be shown.
    """

    curves: tuple[FlowCurve, ...]
    activation: str = ""
    others: Mapping[str, Norms] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    bound: Bound | None = None

    @property
    def own(self) -> FlowCurve:
        """The first curve."""
        return self.curves[0]

    def style(self, number: int) -> CurveStyle:
        """How one of the own curves is drawn."""
        return _SECOND if number == 1 and len(self.curves) == 2 else _STYLES[number % len(_STYLES)]


@dataclass(frozen=True)
class Drawn:
    """A curve as far as it is revealed: -1 where it is not, and whether what is there is whole."""

    style: CurveStyle
    norms: Norms
    whole: NDArray[np.bool_]


class FlowPlot(TimePlot):
    """Curves that appear from right to left as the cursor goes back through time."""

    def __init__(self, bridge: Bridge, appearance: Appearance, flow: Flow, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._flow = flow
        self._cuts = sorted(set(truncation_cuts(bridge.tape)))
        self._scale: LogScale | None = None

    @property
    def flow(self) -> Flow:
        """What is plotted."""
        return self._flow

    @property
    def revealed(self) -> dict[str, Norms]:
        """The first curve (T,) by activation, the run's own under ""; -1 where it is not revealed."""
        whole, own = self._flow.own.whole(self._bridge.cursor), self._flow.own.norms(self._bridge.cursor)
        return {"": own, **{name: np.where(whole, norms, -1.0) for name, norms in self._flow.others.items()}}

    def show_flow(self, flow: Flow) -> None:
        """Plot something else."""
        self._flow = flow
        self._scale = None
        self._cuts = sorted(set(truncation_cuts(self._bridge.tape)))
        self._update_tape()

    # --- what is plotted ----------------------------------------------------------------------------------------

    def _drawn(self) -> list[Drawn]:
        """Everything that is revealed. The run's own come last, on top, the first of them above all."""
        flow, cursor = self._flow, self._bridge.cursor
        whole = flow.own.whole(cursor)
        made = [] if flow.bound is None else [Drawn(_BOUND, self._bound(flow.bound), whole)]
        made += [Drawn(self._style(name), norms, whole) for name, norms in self.revealed.items() if name]
        own = [Drawn(flow.style(n), curve.norms(cursor), curve.whole(cursor)) for n, curve in enumerate(flow.curves)]
        return [*made, *reversed(own)]

    def _bound(self, bound: Bound) -> Norms:
        """‖δ^T‖ times the factor for each step back, as far as the gradient of the last loss comes."""
        own = bound.curve.norms(self._bridge.cursor)
        made = np.full(len(own), -1.0)
        begin = max(self._cuts, default=1)
        size = own[-1]
        for t in range(len(own), begin - 1, -1):
            if own[t - 1] < 0 or own[-1] < 0:
                break
            made[t - 1] = size
            size = size * bound.factor
        return made

    def _style(self, name: str) -> CurveStyle:
        return _OTHERS[self._flow.places.get(name, 0) % len(_OTHERS)]

    def _legend(self) -> list[LegendEntry]:
        flow, say = self._flow, self._appearance.say
        word = activation_word(flow.activation, self._appearance)
        made = [
            LegendEntry(flow.style(n), "" if n else word, latex=rf"\lVert {curve.quantity.latex()} \rVert")
            for n, curve in enumerate(flow.curves)
        ]
        made[1:1] = [LegendEntry(self._style(name), activation_word(name, self._appearance)) for name in flow.others]
        if flow.bound is not None:
            made.append(LegendEntry(_BOUND, say("bound ×{factor}", factor=number_text(flow.bound.factor, 2))))
        if self._cuts:
            made.append(LegendEntry(CurveStyle("ink_quiet", 1.4, Qt.PenStyle.DashLine), say("gradient cut")))
        return made

    # --- geometry -----------------------------------------------------------------------------------------------

    def _steps(self) -> tuple[int, int]:
        return 0, self._flow.own.quantity.series.last

    def _head(self) -> float:
        if self.wide:
            return self._appearance.px(8)
        rows = legend_rows(self._legend(), self.viewport().width() - self._appearance.px(8), self._appearance)
        return self._appearance.px(4) + min(legend_height(rows, self._appearance), 0.45 * self.viewport().height())

    def _rows(self) -> int:
        return len(self._flow.curves)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The curve that is nearest; the first where none is revealed."""
        t = self.axis.at(x)
        if not t:
            return None
        cursor, scale = self._bridge.cursor, self._scale
        heights = [float(curve.norms(cursor)[t - 1]) for curve in self._flow.curves]
        distances = {
            row: abs(scale.y(height, self.area, self._appearance) - y)
            for row, height in enumerate(heights) if scale is not None and not height < 0
        }  # fmt: skip
        return min(distances, key=lambda row: distances[row], default=0), t

    def _target(self, row: int, t: int) -> Target | None:
        curves = self._flow.curves
        entry = curves[min(row, len(curves) - 1)].quantity.target(self._bridge.tape, t)
        return None if entry is None else Target(entry, None, self._reading(t))

    def _reading(self, t: int) -> str:
        say, flow, cursor = self._appearance.say, self._flow, self._bridge.cursor
        texts = []
        for number, curve in enumerate(flow.curves):
            norm = float(curve.norms(cursor)[t - 1])
            word = activation_word(flow.activation, self._appearance) if number == 0 else ""
            if not norm < 0:
                name = plain_text(curve.quantity.latex(""))
                texts.append(f"{word} ‖{name}‖ = {number_text(norm)}".strip())
        if not texts:
            return say("t = {t}: not yet computed", t=t)
        texts += [
            f"{activation_word(name, self._appearance)} {number_text(float(norms[t - 1]))}"
            for name, norms in self.revealed.items() if name and not norms[t - 1] < 0
        ]  # fmt: skip
        return say("t = {t}: {numbers}", t=t, numbers=", ".join(texts))

    # --- painting -----------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        return tuple(curve.arrived(self._bridge.cursor) for curve in self._flow.curves)

    def _paint_picture(self, painter: QPainter) -> None:
        drawn = self._drawn()
        area = self.area
        own = [one.norms for one in drawn[-len(self._flow.curves) :]]
        self._scale = scale = LogScale.over(np.concatenate(own), np.concatenate([one.norms for one in drawn]))
        self._paint_unrevealed(painter)
        scale.paint(painter, area, self._appearance)
        self._paint_cuts(painter)
        painter.setClipRect(area)
        for one in drawn:
            self._paint_curve(painter, one, scale)
        painter.setClipping(False)
        self._paint_names(painter)

    def _paint_unrevealed(self, painter: QPainter) -> None:
        """Hatch the time steps whose gradients are still to come, all of them."""
        axis, area, cursor = self.axis, self.area, self._bridge.cursor
        to_come = np.zeros(self._steps()[1], dtype=bool)
        shown = np.zeros_like(to_come)
        for curve in self._flow.curves:
            to_come |= curve.gets_gradient & ~curve.revealed(cursor)
            shown |= curve.revealed(cursor)
        for first, last in runs((np.flatnonzero(to_come & ~shown) + 1).tolist()):
            left, right = axis.edge(first), axis.edge(last + 1)
            paint_hatching(painter, QRectF(left, area.top(), right - left, area.height()), self._appearance)

    def _paint_cuts(self, painter: QPainter) -> None:
        area = self.area
        painter.setPen(CurveStyle("ink_quiet", 1.4, Qt.PenStyle.DashLine).pen(self._appearance))
        for t in self._cuts:
            x = self.axis.edge(t)
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def _paint_curve(self, painter: QPainter, drawn: Drawn, scale: LogScale) -> None:
        area, axis, appearance = self.area, self.axis, self._appearance
        style, norms = drawn.style, drawn.norms
        points: list[QPointF | None] = [
            None if value < 0 else QPointF(axis.centre(t), scale.y(value, area, appearance))
            for t, value in enumerate(norms.tolist(), start=1)
        ]
        painter.setPen(style.pen(appearance))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in _pieces(points, norms):
            painter.drawPolyline(QPolygonF(piece))
        every = max(1, math.ceil(appearance.px(9) / axis.column))
        for at, point in enumerate(points):
            if point is None or (at + 1) % every and norms[at] > 0 and math.isfinite(norms[at]):
                continue
            style.paint_marker(painter, point, appearance, filled=bool(drawn.whole[at]))
            if not math.isfinite(norms[at]):
                self._paint_not_finite(painter, point, float(norms[at]))
            elif norms[at] == 0 and scale.below != "0":
                self._write_beside(painter, point, "0")

    def _paint_not_finite(self, painter: QPainter, at: QPointF, value: float) -> None:
        appearance = self._appearance
        size = appearance.px(4.5)
        painter.setPen(QPen(appearance.color("not_finite"), appearance.px(2)))
        painter.drawLine(QPointF(at.x() - size, at.y() - size), QPointF(at.x() + size, at.y() + size))
        painter.drawLine(QPointF(at.x() - size, at.y() + size), QPointF(at.x() + size, at.y() - size))
        self._write_beside(painter, at, number_text(value))

    def _write_beside(self, painter: QPainter, at: QPointF, text: str) -> None:
        """Say what a marker in a lane stands for, where the columns leave room."""
        px = self._appearance.px
        if self.axis.column > px(40):
            painter.setFont(self._appearance.font(10, bold=True))
            painter.setPen(self._appearance.color("ink"))
            painter.drawText(QPointF(at.x() + px(7.5), at.y() + px(3.6)), text)

    def _paint_names(self, painter: QPainter) -> None:
        appearance, area = self._appearance, self.area
        entries = self._legend()
        if self.wide:
            place = QRectF(area.right() + appearance.px(14), area.top(), appearance.px(116), area.height())
            paint_legend(painter, [[entry] for entry in entries], place, appearance)
            self._paint_caption(painter)
            return
        rows = legend_rows(entries, self.viewport().width() - appearance.px(8), appearance)
        place = QRectF(appearance.px(8), 0, 0, 0)
        painter.setClipRect(QRectF(0, 0, self.viewport().width(), self._head()))
        paint_legend(painter, rows, place, appearance)
        painter.setClipping(False)

    def _paint_caption(self, painter: QPainter) -> None:
        """What goes up, written upwards at the left; the powers of ten need the room beside it."""
        appearance, area = self._appearance, self.area
        text = appearance.say("gradient norm")
        painter.setFont(appearance.font(11))
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) > area.height():
            return
        painter.save()
        painter.setPen(appearance.color("backward_ink"))
        painter.translate(appearance.px(2) + metrics.ascent(), area.center().y())
        painter.rotate(-90)
        painter.drawText(QPointF(-metrics.horizontalAdvance(text) / 2, 0), text)
        painter.restore()

    def _paint_marks(self, painter: QPainter) -> None:
        area, axis = self.area, self.axis
        selection = self._bridge.selection
        for t in range(1, axis.last + 1) if selection is not None else ():
            if any(curve.quantity.target(self._bridge.tape, t) == selection for curve in self._flow.curves):
                painter.setPen(QPen(self._appearance.color("focus"), self._appearance.px(1.6)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(axis.edge(t), area.top(), axis.column, area.height()))
        if self._cell is not None:
            x = axis.centre(self._cell[1])
            painter.setPen(QPen(self._appearance.color("ink_quiet"), self._appearance.px(1)))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))


def activation_word(name: str, appearance: Appearance) -> str:
    """An activation's name on the screen."""
    return appearance.say("identity") if name == "identity" else _WORDS.get(name, name)


def _pieces(points: list[QPointF | None], norms: Norms) -> list[list[QPointF]]:
    """The points of finite values above 0 without gaps between them."""
    pieces: list[list[QPointF]] = [[]]
    for point, value in zip(points, norms.tolist(), strict=True):
        if point is not None and value > 0 and math.isfinite(value):
            pieces[-1].append(point)
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if len(piece) > 1]
