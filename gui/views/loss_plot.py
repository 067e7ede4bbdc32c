"""The plot of the loss view: faint values, strong running means, a line at the current iteration."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.views.loss_series import RunningSeries, bounds, in_decades, thinned
from gui.views.number_text import number_text

_LEAST_ITERATIONS = 10


@dataclass(frozen=True)
class Curve:
    """A series to draw; a dashed mean tells it apart without colour."""

    series: RunningSeries
    color: str
    dashed: bool
    faint: pg.PlotCurveItem
    strong: pg.PlotCurveItem


class _Box(pg.ViewBox):
    """Left mouse button picks an iteration, the wheel zooms along x, a double click shows all."""

    picked = Signal(float, bool)
    fit = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setMouseEnabled(x=True, y=False)
        self.disableAutoRange()

    def mouseClickEvent(self, event) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            if event.double():
                self.fit.emit()
            else:
                self.picked.emit(self.mapSceneToView(event.scenePos()).x(), True)

    def mouseDragEvent(self, event, axis=None) -> None:  # noqa: N802
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self.mapSceneToView(event.scenePos()).x(), event.isFinish())
        elif not event.isStart():
            moved = self.mapSceneToView(event.lastScenePos()) - self.mapSceneToView(event.scenePos())
            self.translateBy(x=moved.x())
            self.sigRangeChangedManually.emit([True, False])


class LossPlot(pg.PlotWidget):
    """Draws series over iterations.

    Signals: picked(iteration, finished), while the mouse is dragged and when it is released.
    """

    picked = Signal(int, bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._box = _Box()
        super().__init__(parent=parent, viewBox=self._box)
        self._appearance = appearance
        self._curves: list[Curve] = []
        self._hidden: set[str] = set()
        self._logarithmic = False
        self._whole = True
        self._count = 0
        self.hideButtons()
        self.setMinimumSize(1, 1)
        self._line = pg.InfiniteLine(0, angle=90)
        self._line.setZValue(20)
        self._label = pg.InfLineLabel(self._line, "", position=0.92, anchors=[(0, 0.5), (1, 0.5)])
        self.addItem(self._line)
        self._box.picked.connect(self._pick)
        self._box.fit.connect(self.show_all)
        self._box.sigRangeChangedManually.connect(self._keep_part)
        self._box.sigXRangeChanged.connect(self._redraw)
        self.scene().sigMouseMoved.connect(self._update_tooltip)

    def add_series(self, series: RunningSeries, color: str, *, dashed: bool = False) -> None:
        """Draw a series in a colour of the theme; the first one added lies on top."""
        curve = Curve(series, color, dashed, pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite"))
        curve.faint.setZValue(-2 * len(self._curves))
        curve.strong.setZValue(10 - len(self._curves))
        for item in (curve.faint, curve.strong):
            item.setSegmentedLineMode("off")
            self.addItem(item, ignoreBounds=True)
        self._curves.append(curve)

    def set_shown(self, color: str, shown: bool) -> None:
        """Show or hide the series of a colour."""
        (self._hidden.discard if shown else self._hidden.add)(color)
        self._redraw()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Show decades."""
        self._logarithmic = logarithmic
        self.getAxis("left").setLogMode(x=False, y=logarithmic)
        self._redraw()

    def set_current(self, iteration: int) -> None:
        """Move the line."""
        self._line.setValue(iteration)
        self._label.setFormat(f"{iteration:,}")

    def show_all(self) -> None:
        """End the zoom."""
        self._whole = True
        self.take_data()

    def take_data(self) -> None:
        """The series have grown or begun anew."""
        self._count = max((len(curve.series) for curve in self._curves), default=0)
        limit = max(self._count - 1, _LEAST_ITERATIONS)
        self._box.setLimits(xMin=-limit * 0.02, xMax=limit * 1.02, minXRange=_LEAST_ITERATIONS / 2)
        if self._whole:
            self._box.setXRange(-limit * 0.01, limit * 1.01, padding=0)
        self._redraw()

    def take_appearance(self) -> None:
        """Colours, fonts and line widths of the theme and scale."""
        look = self._appearance
        self.setBackground(look.color("ground"))
        for side, space in (("left", 4), ("bottom", 3)):
            axis = self.getAxis(side)
            axis.setPen(_pen(look.color("line_strong"), look.px(1)))
            axis.setTextPen(look.color("ink_quiet"))
            axis.setTickFont(look.font(11, family="text"))
            axis.setStyle(tickTextOffset=look.whole_px(space), tickLength=-look.whole_px(4))
            axis.enableAutoSIPrefix(False)
        self.getAxis("bottom").setHeight(look.whole_px(34))
        style = {"color": look.color("ink_quiet").name(), "font-size": f"{look.whole_px(12)}px"}
        self.getAxis("bottom").setLabel(look.say("iteration"), **style)
        for curve in self._curves:
            color = look.color(curve.color)
            dash = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
            curve.strong.setPen(_pen(color, look.px(2), dash))
            color.setAlphaF(0.32)
            curve.faint.setPen(_pen(color, 1))
        self._line.setPen(_pen(look.color("cursor"), look.px(1.5)))
        self._label.setColor(look.color("cursor"))
        self._label.textItem.setFont(look.font(12, bold=True))
        self._redraw()

    # --- drawing --------------------------------------------------------------------------------------------------

    def _redraw(self) -> None:
        (start, end), _ = self._box.viewRange()
        first, last = int(start) - 1, int(end) + 3
        pixels = max(50, int(self._box.width()))
        parts = []
        for curve in self._curves:
            hidden = curve.color in self._hidden
            for item, values in ((curve.faint, curve.series.values), (curve.strong, curve.series.means)):
                x, y = thinned(values, first, last, pixels)
                y = in_decades(y) if self._logarithmic else y
                drawable = not hidden and bool((y == y).any())
                item.setVisible(drawable)
                if drawable:
                    item.setData(x, y)
                    parts.append(y)
        least, greatest = bounds(parts, logarithmic=self._logarithmic)
        self._box.setYRange(least, greatest, padding=0)

    def _keep_part(self) -> None:
        """From now on the zoomed part stays as it is while the run goes on."""
        (start, end), _ = self._box.viewRange()
        self._whole = start <= 0 and end >= self._count - 1

    # --- mouse ----------------------------------------------------------------------------------------------------

    def _pick(self, x: float, finished: bool) -> None:
        if self._count:
            self.picked.emit(min(max(round(x), 0), self._count - 1), finished)

    def _update_tooltip(self, place: QPointF) -> None:
        iteration = round(self._box.mapSceneToView(place).x())
        if not 0 <= iteration < self._count or not self._box.sceneBoundingRect().contains(place):
            self.setToolTip("")
            return
        series = self._curves[0].series
        say = self._appearance.say
        self.setToolTip(say(
            "iteration {iteration}: loss {loss}, mean {mean}", iteration=f"{iteration:,}",
            loss=number_text(series.values[iteration]), mean=number_text(series.means[iteration])))  # fmt: skip

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event is not None and hasattr(self, "_curves"):
            self._redraw()


def _pen(color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen whose width is in pixels, whatever the plot's units are."""
    pen = QPen(color, width, style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
