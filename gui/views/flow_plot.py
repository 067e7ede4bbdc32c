"""‖δ^t‖ over t on a logarithmic scale, the run's own curve beside those of the other activations."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.typesetting.plain_text import plain_text
from gui.views.curve_style import CurveStyle, LegendEntry, legend_height, legend_rows, paint_legend
from gui.views.flow_curves import FlowCurve, Norms
from gui.views.hatching import paint_hatching
from gui.views.log_scale import LogScale
from gui.views.number_text import number_text
from gui.views.tape_series import truncation_cuts
from gui.views.time_plot import Target, TimePlot

_OWN = CurveStyle("backward", 2.6, marker="circle")
_STATE = CurveStyle("backward", 1.3, Qt.PenStyle.DotLine, "diamond", filled=False)
_BOUND = CurveStyle("ink_quiet", 1.2, Qt.PenStyle.DashDotDotLine)
_OTHERS = (
    CurveStyle("series_1", 1.4, Qt.PenStyle.DashLine, "square"),
    CurveStyle("series_3", 1.4, Qt.PenStyle.DashDotLine, "triangle"),
    CurveStyle("series_4", 1.4, Qt.PenStyle.SolidLine, "diamond"),
    CurveStyle("series_5", 1.4, Qt.PenStyle.DotLine, "square", filled=False),
)
_WORDS = {"relu": "ReLU"}


@dataclass(frozen=True, eq=False)
class Flow:
    """What is plotted besides the run's own ‖δ^t‖.

    Attributes:
        own: the gradient at the pre-activation.
        activation: the run's, for the legend; empty if there is nothing to compare with.
        state: the gradient at the state, if it is to be shown.
        others: ‖δ^t‖ (T,) by activation.
        places: activation → its number among the choices, which fixes its style.
        bound: factor by which the gradient can grow at most from step to step, if it is to be shown.
    """

    own: FlowCurve
    activation: str = ""
    state: FlowCurve | None = None
    others: Mapping[str, Norms] | None = None
    places: Mapping[str, int] | None = None
    bound: float | None = None


class FlowPlot(TimePlot):
    """Curves that appear from right to left as the cursor goes back through time."""

    def __init__(self, bridge: Bridge, appearance: Appearance, flow: Flow, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._flow = flow
        self._cuts = truncation_cuts(bridge.tape)

    @property
    def flow(self) -> Flow:
        """What is plotted."""
        return self._flow

    @property
    def revealed(self) -> dict[str, Norms]:
        """‖δ^t‖ (T,) by activation, the run's own under ""; -1 where it is not revealed."""
        whole, own = self._flow.own.whole(self._bridge.cursor), self._flow.own.norms(self._bridge.cursor)
        others = {name: np.where(whole, norms, -1.0) for name, norms in (self._flow.others or {}).items()}
        return {"": own, **others}

    def show_flow(self, flow: Flow) -> None:
        """Plot something else."""
        self._flow = flow
        self._cuts = truncation_cuts(self._bridge.tape)
        self._update_tape()

    # --- what is plotted ----------------------------------------------------------------------------------------

    def _curves(self) -> list[tuple[CurveStyle, Norms]]:
        """(style, norms) of everything that is revealed; -1 where it is not. The run's own comes last, on top."""
        flow, cursor = self._flow, self._bridge.cursor
        revealed = self.revealed
        own = revealed.pop("")
        made = [] if flow.bound is None else [(_BOUND, self._bound(own))]
        made += [(self._style(name), norms) for name, norms in revealed.items()]
        if flow.state is not None:
            made.append((_STATE, flow.state.norms(cursor)))
        return [*made, (_OWN, own)]

    def _bound(self, own: Norms) -> Norms:
        """‖δ^T‖ times the factor for each step back, as far as the gradient of the last loss comes."""
        made = np.full(len(own), -1.0)
        begin = max(self._cuts, default=1)
        size = own[-1]
        for t in range(len(own), begin - 1, -1):
            if own[t - 1] < 0 or own[-1] < 0:
                break
            made[t - 1] = size
            size = size * (self._flow.bound or 0.0)
        return made

    def _style(self, name: str) -> CurveStyle:
        return _OTHERS[(self._flow.places or {}).get(name, 0) % len(_OTHERS)]

    def _legend(self) -> list[LegendEntry]:
        flow, say = self._flow, self._appearance.say
        name = rf"\lVert {flow.own.quantity.latex()} \rVert"
        made = [LegendEntry(_OWN, activation_word(flow.activation, self._appearance), latex=name)]
        made += [LegendEntry(self._style(name), activation_word(name, self._appearance)) for name in flow.others or {}]
        if flow.state is not None:
            made.append(LegendEntry(_STATE, latex=rf"\lVert {flow.state.quantity.latex()} \rVert"))
        if flow.bound is not None:
            made.append(LegendEntry(_BOUND, say("bound ×{factor}", factor=number_text(flow.bound, 2))))
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

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        return None if t is None else (0, t)

    def _target(self, row: int, t: int) -> Target | None:
        entry = self._flow.own.quantity.target(self._bridge.tape, t)
        return None if entry is None else Target(entry, None, self._reading(t))

    def _reading(self, t: int) -> str:
        say, flow, cursor = self._appearance.say, self._flow, self._bridge.cursor
        own = flow.own.norms(cursor)[t - 1]
        if own < 0:
            return say("t = {t}: not yet computed", t=t)
        name = plain_text(flow.own.quantity.latex(""))
        texts = [f"{activation_word(flow.activation, self._appearance)} ‖{name}‖ = {number_text(float(own))}".strip()]
        texts += [f"{activation_word(name, self._appearance)} {number_text(float(norms[t - 1]))}"
                  for name, norms in (flow.others or {}).items()]  # fmt: skip
        if flow.state is not None:
            norm = float(flow.state.norms(cursor)[t - 1])
            texts.append(f"‖{plain_text(flow.state.quantity.latex(''))}‖ = {number_text(norm)}")
        return say("t = {t}: {numbers}", t=t, numbers=", ".join(texts))

    # --- painting -----------------------------------------------------------------------------------------------

    def _key(self) -> Hashable:
        cursor = self._bridge.cursor
        state = self._flow.state
        shown = self._flow.own.revealed(cursor).tobytes(), self._flow.own.whole(cursor).tobytes()
        return shown if state is None else (shown, state.revealed(cursor).tobytes(), state.whole(cursor).tobytes())

    def _paint_picture(self, painter: QPainter) -> None:
        curves = self._curves()
        area = self.area
        own = [norms for style, norms in curves if style in (_OWN, _STATE)]
        scale = LogScale.over(np.concatenate(own), np.concatenate([norms for _, norms in curves]))
        self._paint_unrevealed(painter)
        scale.paint(painter, area, self._appearance)
        self._paint_cuts(painter)
        painter.setClipRect(area)
        for style, norms in curves:
            self._paint_curve(painter, style, norms, scale)
        painter.setClipping(False)
        self._paint_names(painter)

    def _paint_unrevealed(self, painter: QPainter) -> None:
        axis, area = self.axis, self.area
        hidden = np.flatnonzero(~self._flow.own.revealed(self._bridge.cursor)) + 1
        hidden = hidden[[self._flow.own.quantity.target(self._bridge.tape, int(t)) is not None for t in hidden]]
        if hidden.size:
            # The gradient comes from the right: what is hidden is one block.
            left, right = axis.edge(int(hidden.min())), axis.edge(int(hidden.max()) + 1)
            paint_hatching(painter, QRectF(left, area.top(), right - left, area.height()), self._appearance)

    def _paint_cuts(self, painter: QPainter) -> None:
        area = self.area
        painter.setPen(CurveStyle("ink_quiet", 1.4, Qt.PenStyle.DashLine).pen(self._appearance))
        for t in self._cuts:
            x = self.axis.edge(t)
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def _paint_curve(self, painter: QPainter, style: CurveStyle, norms: Norms, scale: LogScale) -> None:
        area, axis, appearance = self.area, self.axis, self._appearance
        whole = self._whole_of(style)
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
            style.paint_marker(painter, point, appearance, filled=bool(whole[at]))
            if not math.isfinite(norms[at]):
                self._paint_not_finite(painter, point, float(norms[at]))
            elif norms[at] == 0 and scale.below != "0":
                self._write_beside(painter, point, "0")

    def _whole_of(self, style: CurveStyle) -> np.ndarray:
        curve = self._flow.state if style is _STATE and self._flow.state is not None else self._flow.own
        return curve.whole(self._bridge.cursor)

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
            inks = Inks.of(appearance)
            name = typeset(rf"\lVert {self._flow.own.quantity.latex()} \rVert", appearance.px(12))
            y = area.center().y() + (name.ascent - name.descent) / 2
            name.paint(painter, appearance.px(3), y, appearance.color("backward_ink"), inks.colors)
            return
        rows = legend_rows(entries, self.viewport().width() - appearance.px(8), appearance)
        place = QRectF(appearance.px(8), 0, 0, 0)
        painter.setClipRect(QRectF(0, 0, self.viewport().width(), self._head()))
        paint_legend(painter, rows, place, appearance)
        painter.setClipping(False)

    def _paint_marks(self, painter: QPainter) -> None:
        area, axis = self.area, self.axis
        selection = self._bridge.selection
        for t in range(1, axis.last + 1) if selection is not None else ():
            if self._flow.own.quantity.target(self._bridge.tape, t) == selection:
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
