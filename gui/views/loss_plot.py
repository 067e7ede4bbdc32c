"""The plot of the loss view: faint values, strong running means, a line at the current iteration."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.views.loss_axes import decade_ticks, linear_ticks, whole_ticks
from gui.views.loss_series import RunningSeries, Values, bounds, in_decades, limited, thinned
from gui.views.number_text import number_text

_LEAST_ITERATIONS = 10
_NOTCH = 120
_ZOOM_STEP = 1.25


@dataclass(frozen=True)
class Curve:
    """A series to draw; a dashed mean tells it apart without colour."""

    series: RunningSeries
    color: str
    dashed: bool


class LossPlot(QWidget):
    """Draws series over iterations. The left mouse button picks an iteration, the wheel zooms, the right button moves
    what is zoomed, a double click shows all.

    Signals: picked(iteration, finished), while the mouse is dragged and when it is released.
    """

    picked = Signal(int, bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._curves: list[Curve] = []
        self._hidden: set[str] = set()
        self._logarithmic = False
        self._current = 0
        self._count = 0
        self._shown: tuple[float, float] | None = None
        self._grabbed = 0.0
        self._picture: QPixmap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add_series(self, series: RunningSeries, color: str, *, dashed: bool = False) -> None:
        """Draw a series in a colour of the theme; the first one added lies on top."""
        self._curves.append(Curve(series, color, dashed))

    def set_shown(self, color: str, shown: bool) -> None:
        """Show or hide the series of a colour."""
        (self._hidden.discard if shown else self._hidden.add)(color)
        self._redraw()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Show decades."""
        self._logarithmic = logarithmic
        self._redraw()

    def set_current(self, iteration: int) -> None:
        """Move the line."""
        if iteration != self._current:
            self._current = iteration
            self.update()

    def show_all(self) -> None:
        """End the zoom."""
        self._shown = None
        self._redraw()

    def take_data(self) -> None:
        """The series have grown or begun anew."""
        self._count = max((len(curve.series) for curve in self._curves), default=0)
        if self._shown is not None and self._shown[0] >= self._count:
            self._shown = None
        self._redraw()

    def take_appearance(self) -> None:
        """Colours, fonts and texts changed."""
        self._redraw()

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    # --- where ----------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[float, float]:
        """The first and the last iteration shown; they need not be whole."""
        last = float(max(self._count - 1, _LEAST_ITERATIONS))
        return self._shown if self._shown is not None else (-0.01 * last, 1.01 * last)

    def _area(self) -> QRectF:
        px = self._appearance.px
        bottom = px(36) if self._titled() else px(20)
        return QRectF(px(54), px(6), max(1.0, self.width() - px(68)), max(1.0, self.height() - px(6) - bottom))

    def _titled(self) -> bool:
        return self.height() > self._appearance.px(110)

    def x_of(self, iteration: float) -> float:
        """Where an iteration lies, in pixels."""
        (first, last), area = self.shown, self._area()
        return area.left() + (iteration - first) / (last - first) * area.width()

    def iteration_at(self, x: float) -> float:
        """What lies there; not rounded."""
        (first, last), area = self.shown, self._area()
        return first + (x - area.left()) / area.width() * (last - first)

    def _show(self, first: float, last: float) -> None:
        """Zoom to a part; the whole when it is no less."""
        end = float(max(self._count - 1, _LEAST_ITERATIONS))
        length = max(last - first, _LEAST_ITERATIONS / 2)
        if length >= 1.02 * end:
            self.show_all()
            return
        first = min(max(first, -0.01 * end), 1.01 * end - length)
        self._shown = (first, first + length)
        self._redraw()

    # --- painting -------------------------------------------------------------------------------------------------

    def _points(self, values: Values) -> tuple[Values, Values]:
        first, last = self.shown
        x, y = thinned(values, int(first) - 1, int(last) + 3, max(50, round(self._area().width())))
        return x, in_decades(y) if self._logarithmic else limited(y)

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._appearance.color("ground"))
        curves = [curve for curve in self._curves if curve.color not in self._hidden]
        points = [(self._points(curve.series.values), self._points(curve.series.means)) for curve in curves]
        values = [y for pair in points for _, y in pair]
        least, greatest = bounds(values, logarithmic=self._logarithmic)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, least, greatest)
        painter.setClipRect(self._area())
        for curve, (faint, _) in reversed(list(zip(curves, points, strict=True))):
            color = self._appearance.color(curve.color)
            color.setAlphaF(0.32)
            self._paint_curve(painter, faint, QPen(color, 1), least, greatest)
        for curve, (_, strong) in reversed(list(zip(curves, points, strict=True))):
            style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
            pen = QPen(self._appearance.color(curve.color), self._appearance.px(2), style)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._paint_curve(painter, strong, pen, least, greatest)
        painter.end()
        return picture

    def _paint_curve(
        self, painter: QPainter, points: tuple[Values, Values], pen: QPen, least: float, greatest: float
    ) -> None:
        """A line through every run of finite values; a gap is left where there are none."""
        area, (first, last) = self._area(), self.shown
        x = area.left() + (points[0] - first) / (last - first) * area.width()
        y = area.bottom() - (points[1] - least) / (greatest - least) * area.height()
        painter.setPen(pen)
        finite = np.isfinite(y)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]])))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            line = [QPointF(*point) for point in zip(x[start:end].tolist(), y[start:end].tolist(), strict=True)]
            painter.drawPoint(line[0]) if len(line) == 1 else painter.drawPolyline(QPolygonF(line))

    def _paint_axes(self, painter: QPainter, least: float, greatest: float) -> None:
        look, area = self._appearance, self._area()
        painter.setFont(look.font(11))
        line, ink = QPen(look.color("line"), look.px(1)), look.color("ink_quiet")
        ticks = decade_ticks if self._logarithmic else linear_ticks
        for value, text in ticks(least, greatest, max(1, int(area.height() / look.px(22)))):
            y = area.bottom() - (value - least) / (greatest - least) * area.height()
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            box = QRectF(0, y - look.px(9), area.left() - look.px(6), look.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for value, text in whole_ticks(*self.shown, max(1, int(area.width() / look.px(90)))):
            x = self.x_of(value)
            painter.setPen(QPen(look.color("line_strong"), look.px(1)))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + look.px(4)))
            painter.setPen(ink)
            box = QRectF(x - look.px(45), area.bottom() + look.px(4), look.px(90), look.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QPen(look.color("line_strong"), look.px(1)))
        painter.drawPolyline(QPolygonF([area.topLeft(), area.bottomLeft(), area.bottomRight()]))
        if self._titled():
            painter.setPen(ink)
            box = QRectF(area.left(), self.height() - look.px(17), area.width(), look.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.say("iteration"))

    def _paint_current(self, painter: QPainter) -> None:
        look, area, x = self._appearance, self._area(), self.x_of(self._current)
        if not area.left() <= x <= area.right():
            return
        color: QColor = look.color("cursor")
        painter.fillRect(QRectF(x - look.px(0.75), area.top(), look.px(1.5), area.height()), color)
        font, text = look.font(12, bold=True), f"{self._current:,}"
        width = QFontMetricsF(font).horizontalAdvance(text) + look.px(10)
        at_left = x + width > area.right()
        box = QRectF(x - width if at_left else x, area.top(), width, look.px(18))
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # --- mouse ----------------------------------------------------------------------------------------------------

    def _pick(self, x: float, *, finished: bool) -> None:
        if self._count:
            self.picked.emit(min(max(round(self.iteration_at(x)), 0), self._count - 1), finished)

    def _text_at(self, x: float) -> str:
        iteration = round(self.iteration_at(x))
        if not 0 <= iteration < self._count:
            return ""
        series = self._curves[0].series
        if iteration >= len(series):
            return ""
        return self._appearance.say(
            "iteration {iteration}: loss {loss}, mean {mean}", iteration=f"{iteration:,}",
            loss=number_text(float(series.values[iteration])), mean=number_text(float(series.means[iteration])),
        )  # fmt: skip

    # --- Qt -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(400), self._appearance.whole_px(160))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._appearance.whole_px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._painted()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        self._paint_current(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = self.iteration_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton:
            self._pick(event.position().x(), finished=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(x, finished=False)
        elif event.buttons() and self._shown is not None:
            moved = self._grabbed - self.iteration_at(x)
            self._show(self._shown[0] + moved, self._shown[1] + moved)
        else:
            self.setToolTip(self._text_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pick(event.position().x(), finished=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = _ZOOM_STEP ** (-event.angleDelta().y() / _NOTCH)
        middle, (first, last) = self.iteration_at(event.position().x()), self.shown
        self._show(middle + (first - middle) * factor, middle + (last - middle) * factor)
        event.accept()
