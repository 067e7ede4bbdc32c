"""The curves of the lab: ‖dH^t‖ by t on a logarithmic scale; the gradient comes from the right."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.vanishing import Numbers
from engine.analysis.vanishing_lab import LabResult
from gui.appearance import Appearance
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.curve_style import CurveStyle, LegendEntry, legend_height, legend_rows, paint_legend
from gui.views.lab_paths import PATHS, STYLES, path_word
from gui.views.log_scale import LogScale
from gui.views.number_text import number_text, power_text
from gui.views.own_keys import is_own_key
from gui.views.time_axis import HEIGHT, TimeAxis, is_wide, margins, paint_time_axis

_FARTHEST = 18
"""Powers of ten that are shown at most, on either side of 1: beyond, nothing is left beside 1 in float64."""
_LIMIT = CurveStyle("ink_quiet", 1.2, Qt.PenStyle.DashDotDotLine)
_BEFORE = 0.6
_NEAR, _MARKER_ROOM = 2.5, 18.0
"""px between points of a curve, and between its markers."""
_MOST_MARKERS = 26
_BACK = 18.0
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LabCurves(QWidget):
    """Draws a result; the mouse, or Shift with ← and →, points at a time step.

    Signals: pointed(text), what is to be read there; empty for none.
    """

    pointed = Signal(str)

    def __init__(self, result: LabResult, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._result = result
        self._relative = True
        self._pointed: int | None = None
        self._picture: QPixmap | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_result(self, result: LabResult, *, relative: bool) -> None:
        """Draw a result; relative: divided by ‖dH^T‖."""
        self._result, self._relative = result, relative
        if self._pointed is not None and self._pointed > result.setup.steps:
            self._point_at(None)
        self.redraw()

    def redraw(self) -> None:
        """The look changed."""
        self._picture = None
        self.update()

    @property
    def time(self) -> int | None:
        """The time step pointed at."""
        return self._pointed

    def curve(self, path: str, *, clipped: bool = False) -> Numbers:
        """(T + 1,) what is drawn of a path."""
        norms = (self._result.clipped if clipped else self._result.norms)[path]
        return norms / self._start if self._relative else norms

    @property
    def _start(self) -> float:
        return float(next(iter(self._result.norms.values()), np.ones(1))[-1])

    def reading(self, t: int) -> str:
        """What is to be read at a time step."""
        say, back = self._appearance.say, self._result.setup.steps - t
        numbers = [f"{path_word(path, self._appearance)} {number_text(float(self.curve(path)[t]))}"
                   for path in self._shown()]  # fmt: skip
        return say("t = {t}, {back} steps back: {numbers}", t=t, back=back, numbers=",  ".join(numbers))

    def _shown(self) -> list[str]:
        return [path for path in PATHS if path in self._result.norms]

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def area(self) -> QRectF:
        """Where the curves are."""
        px = self._appearance.px
        left, right = margins(self.width(), self._appearance)
        head = px(_BACK) + (0.0 if self._wide else self._legend_height())
        return QRectF(left, head, max(1.0, self.width() - left - right), max(1.0, self.height() - head - px(HEIGHT)))

    @property
    def axis(self) -> TimeAxis:
        """One column for each of t = 0 … T."""
        area = self.area
        steps = self._result.setup.steps
        return TimeAxis(0, steps, area.left(), area.width() / (steps + 1))

    @property
    def _wide(self) -> bool:
        return is_wide(self.width(), self._appearance)

    def _legend(self) -> list[LegendEntry]:
        made = [LegendEntry(STYLES[path], path_word(path, self._appearance)) for path in self._shown()]
        if self._result.setup.threshold:
            made.append(LegendEntry(_LIMIT, self._appearance.say("clipped at")))
        return made

    def _legend_rows(self) -> list[list[LegendEntry]]:
        return legend_rows(self._legend(), self.width() - self._appearance.px(8), self._appearance)

    def _legend_height(self) -> float:
        return min(legend_height(self._legend_rows(), self._appearance), 0.35 * self.height())

    def _scale(self) -> LogScale:
        clips = bool(self._result.setup.threshold)
        curves = [self.curve(path, clipped=True) for path in self._shown() if clips]
        return scale_of(np.concatenate([np.ones(1), *(self.curve(path) for path in self._shown()), *curves]))

    # --- painting -----------------------------------------------------------------------------------------------

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._appearance.color("ground"))
        if not self._shown():
            return picture
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, axis, scale = self.area, self.axis, self._scale()
        paint_time_axis(painter, axis, area, self._appearance)
        self._paint_steps_back(painter, axis, area)
        scale.paint(painter, area, self._appearance)
        self._paint_one(painter, area, scale)
        painter.setClipRect(area.adjusted(-4, -4, 4, 4))
        self._paint_curves(painter, axis, area, scale)
        painter.setClipping(False)
        self._paint_legend(painter, area)
        painter.end()
        return picture

    def _paint_curves(self, painter: QPainter, axis: TimeAxis, area: QRectF, scale: LogScale) -> None:
        threshold = self._result.setup.threshold
        for path in self._shown():
            if threshold:
                painter.setOpacity(_BEFORE)
                self._paint_curve(painter, CurveStyle(STYLES[path].color, 1.0), self.curve(path), axis, area, scale)
                painter.setOpacity(1.0)
            self._paint_curve(painter, STYLES[path], self.curve(path, clipped=True), axis, area, scale)
        if threshold:
            y = scale.y(threshold / self._start if self._relative else threshold, area, self._appearance)
            painter.setPen(_LIMIT.pen(self._appearance))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))

    def _paint_curve(self, painter: QPainter, style: CurveStyle, norms: Numbers, axis: TimeAxis, area: QRectF,
                     scale: LogScale) -> None:  # fmt: skip
        painter.setPen(style.pen(self._appearance))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Going back from T, since that one is always to be there; no more points than can be told apart.
        times = np.arange(len(norms) - 1, -1, -max(1, math.floor(_NEAR / axis.column)))
        values, heights = norms[times], self._heights(norms[times], area, scale)
        centres = axis.left + (times + 0.5) * axis.column
        points = [QPointF(x, y) for x, y in zip(centres.tolist(), heights.tolist(), strict=True)]
        for first, end in _runs(np.isfinite(values) & (values > 0)):
            painter.drawPolyline(QPolygonF(points[first:end]))
        if style.marker:
            self._paint_markers(painter, style, points, np.isfinite(values).tolist())

    def _paint_markers(self, painter: QPainter, style: CurveStyle, points: list[QPointF], finite: list[bool]) -> None:
        pitch = points[0].x() - points[1].x() if len(points) > 1 else 1.0
        room = max(self._appearance.px(_MARKER_ROOM), (points[0].x() - points[-1].x()) / _MOST_MARKERS)
        for place in range(0, len(points), max(1, math.ceil(room / pitch))):
            if finite[place]:
                style.paint_marker(painter, points[place], self._appearance)
            else:
                self._paint_not_finite(painter, points[place])

    def _heights(self, norms: Numbers, area: QRectF, scale: LogScale) -> Numbers:
        """y of every value, all at once."""
        inner = scale.inner(area, self._appearance)
        positive = np.isfinite(norms) & (norms > 0)
        exponents = np.log10(norms, where=positive, out=np.full(len(norms), -np.inf))
        share = (exponents - scale.low) / (scale.high - scale.low)
        y = inner.bottom() - np.clip(share, 0, 1) * inner.height()
        y[share < -1e-9] = scale.y(0.0, area, self._appearance)
        y[(share > 1 + 1e-9) | ~np.isfinite(norms)] = scale.y(math.inf, area, self._appearance)
        return y

    def _paint_not_finite(self, painter: QPainter, at: QPointF) -> None:
        size = self._appearance.px(4)
        painter.save()
        painter.setPen(QPen(self._appearance.color("not_finite"), self._appearance.px(2)))
        painter.drawLine(QPointF(at.x() - size, at.y() - size), QPointF(at.x() + size, at.y() + size))
        painter.drawLine(QPointF(at.x() - size, at.y() + size), QPointF(at.x() + size, at.y() - size))
        painter.restore()

    def _paint_one(self, painter: QPainter, area: QRectF, scale: LogScale) -> None:
        """The line between fading and growing."""
        start = 1.0 if self._relative else self._start
        y = scale.y(start, area, self._appearance)
        painter.setPen(QPen(self._appearance.color("line_strong"), self._appearance.px(1)))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))

    def _paint_steps_back(self, painter: QPainter, axis: TimeAxis, area: QRectF) -> None:
        font = self._appearance.font(10)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._appearance.color("ink_pale"))
        baseline = area.top() - self._appearance.px(4)
        words = self._appearance.say("steps back")
        painter.drawText(QPointF(self._appearance.px(4), baseline), words)
        least = self._appearance.px(10) + metrics.horizontalAdvance(words)
        for back in axis.labels(metrics.horizontalAdvance(str(axis.last)) + self._appearance.px(8)):
            text = str(back)
            x = axis.centre(axis.last - back) - metrics.horizontalAdvance(text) / 2
            if x > least:
                painter.drawText(QPointF(x, baseline), text)

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        px = self._appearance.px
        if self._wide:
            place = QRectF(area.right() + px(14), area.top(), px(116), area.height())
            paint_legend(painter, [[entry] for entry in self._legend()], place, self._appearance)
        else:
            painter.setClipRect(QRectF(0, 0, self.width(), self._legend_height()))
            paint_legend(painter, self._legend_rows(), QRectF(px(8), 0, 0, 0), self._appearance)
            painter.setClipping(False)
        inks = Inks.of(self._appearance)
        latex = r"\frac{\lVert dH^{t} \rVert}{\lVert dH^{T} \rVert}" if self._relative else r"\lVert dH^{t} \rVert"
        name = typeset(latex, px(9.5))
        if name.width < area.left() - px(29) and area.height() > px(150):
            y = area.center().y() + (name.ascent - name.descent) / 2
            name.paint(painter, px(2), y, inks.ink, inks.colors)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None or self._picture.size() != self.size() * self.devicePixelRatioF():
            self._picture = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._pointed is not None:
            x, area = self.axis.centre(self._pointed), self.area
            painter.setPen(QPen(self._appearance.color("ink_quiet"), self._appearance.px(1)))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        if self.hasFocus():
            painter.setPen(self._appearance.color("focus"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    # --- pointing -----------------------------------------------------------------------------------------------

    def _point_at(self, t: int | None) -> None:
        if t == self._pointed:
            return
        self._pointed = t
        text = "" if t is None or not self._shown() else self.reading(t)
        self.setAccessibleDescription(text)
        self.pointed.emit(text)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.area.contains(event.position())
        self._point_at(self.axis.at(event.position().x()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def event(self, event: QEvent) -> bool:
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain == Qt.KeyboardModifier.ShiftModifier and event.key() in _KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            event.ignore()
            return
        steps = self._result.setup.steps
        now = steps + 1 if self._pointed is None else self._pointed
        self._point_at(min(max(0, now + _KEYS[Qt.Key(event.key())]), steps))


def scale_of(values: Numbers) -> LogScale:
    """A logarithmic scale for values, as far as they are not too far from 1."""
    whole = LogScale.over(values, np.zeros(0))
    low, high = max(whole.low, -_FARTHEST), min(whole.high, _FARTHEST)
    if low >= high:
        low, high = (-_FARTHEST, 1 - _FARTHEST) if high <= -_FARTHEST else (_FARTHEST - 1, _FARTHEST)
    below = f"< {power_text(low)}" if low > whole.low else whole.below
    above = f"> {power_text(high)}" if high < whole.high else whole.above
    return LogScale(low, high, below, above)


def _runs(inside: np.ndarray) -> list[tuple[int, int]]:
    """(first, end) of every stretch."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
