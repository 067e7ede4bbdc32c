"""f and f′ beside each other, with the pre-activations of the moment as points on both curves."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.activation_curve import ActivationCurve, activation_curve, saturated
from gui.appearance import Appearance
from gui.views.activation_panel import CurvePanel, Panel
from gui.views.activation_points import ActivationPoints
from gui.views.own_keys import is_own_key

_CURVE_POINTS = 481
_NEAR = 9.0
_BESIDE = 1.5
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ActivationPlot(QWidget):
    """Points at units: by mouse, or with Shift and ← →; a click, or Enter, picks; a double click, or Shift+Enter, runs.

    Signals: pointed(unit) with -1 for none, picked(unit), run_wanted.
    """

    pointed = Signal(int)
    picked = Signal(int)
    run_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._points: ActivationPoints | None = None
        self._reach = 4.0
        self._curve: ActivationCurve | None = None
        self._curve_key: Hashable = None
        self._picture: QPixmap | None = None
        self._picture_key: Hashable = None
        self._pointed = -1
        self._marked = self._focus = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def points(self) -> ActivationPoints | None:
        """What is shown."""
        return self._points

    @property
    def unit(self) -> int:
        """The unit pointed at; -1 for none."""
        return self._pointed

    def show_points(self, points: ActivationPoints | None, reach: float) -> None:
        """Show other points; reach: how far from 0 the axis of u goes."""
        self._points, self._reach = points, reach
        if points is None or self._pointed >= len(points.u):
            self._point_at(-1)
        self.update()

    def mark(self, unit: int, focus: int) -> None:
        """Ring the unit that another view points at, and the focus unit; -1 for none."""
        if (unit, focus) != (self._marked, self._focus):
            self._marked, self._focus = unit, focus
            self.update()

    def redraw(self) -> None:
        """The look changed."""
        self._picture = None
        self.update()

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def panels(self) -> tuple[Panel, Panel]:
        """Of f and f′: side by side where it is wide, else below each other."""
        width, height = float(self.width()), float(self.height())
        beside = width > _BESIDE * height
        size = (width / 2, height) if beside else (width, height / 2)
        second = (width / 2, 0.0) if beside else (0.0, height / 2)
        curve = self._drawn_curve()
        made = []
        for (left, top), values in (((0.0, 0.0), curve.values), (second, curve.slopes)):
            made.append(Panel.of(QRectF(left, top, *size), self._reach, values, self._appearance))
        return made[0], made[1]

    def _drawn_curve(self) -> ActivationCurve:
        name = "identity" if self._points is None else self._points.step.name
        if self._curve is None or (name, self._reach) != self._curve_key:
            self._curve_key = name, self._reach
            self._curve = activation_curve(name, np.linspace(-self._reach, self._reach, _CURVE_POINTS))
        return self._curve

    def _places(self, points: ActivationPoints) -> list[tuple[Panel, list[QPointF]]]:
        """Where the units are in both panels: on the axis of u where f is not executed yet."""
        made = []
        for panel, values in zip(self.panels, (points.values, points.slopes), strict=True):
            shown = values if points.executed else np.full(len(points.u), panel.low)
            made.append((panel, panel.places(points.u, shown)))
        return made

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground())
        if self._points is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for (panel, places), ink in zip(self._places(self._points), ("forward", "backward"), strict=True):
                self._paint_points(painter, places, ink if self._points.executed else "ground")
                self._paint_beyond(painter, panel)
                self._paint_rings(painter, panel, places)
        if self.hasFocus():
            painter.setPen(self._appearance.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _ground(self) -> QPixmap:
        """Axes and curves: they stay while only the points move."""
        ratio = self.devicePixelRatioF()
        name = "" if self._points is None else self._points.step.name
        key = (name, self._reach, self.width(), self.height(), ratio)
        if self._picture is None or key != self._picture_key:
            self._picture_key = key
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._appearance.color("ground"))
            if self._points is not None:
                painter = QPainter(self._picture)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_curves(painter, self._points)
                painter.end()
        return self._picture

    def _paint_curves(self, painter: QPainter, points: ActivationPoints) -> None:
        curve = self._drawn_curve()
        shaded = curve.u[saturated(curve.slopes, points.largest)]
        for number, panel in enumerate(self.panels):
            painted = CurvePanel(panel, self._appearance)
            painted.paint_saturated(painter, shaded, 2 * self._reach / (_CURVE_POINTS - 1))
            painted.paint_axes(painter, "f(u)" if number == 0 else "f′(u)")
            values = curve.values if number == 0 else curve.slopes
            painted.paint_curve(painter, curve.u, values, "forward" if number == 0 else "backward")
            if number:
                painted.paint_largest(painter, points.largest)

    def _paint_points(self, painter: QPainter, places: list[QPointF], ink: str) -> None:
        size = self._appearance.px(8 if len(places) <= 64 else 5)
        pen = QPen(self._appearance.color("ink"), size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(QPolygonF(places))
        pen.setWidthF(0.62 * size)
        pen.setColor(self._appearance.color(ink))
        painter.setPen(pen)
        painter.drawPoints(QPolygonF(places))

    @property
    def beyond(self) -> tuple[bool, bool]:
        """Whether units lie to the left of the axis, and to the right."""
        u = self._points.u if self._points is not None else np.empty(0)
        return bool((u < -self._reach).any()), bool((u > self._reach).any())

    def _paint_beyond(self, painter: QPainter, panel: Panel) -> None:
        """Arrows where units lie farther out than is shown."""
        px, middle = self._appearance.px, panel.area.top() + self._appearance.px(9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._appearance.color("cursor"))
        for there, x, way in zip(self.beyond, (panel.area.left(), panel.area.right()), (-1, 1), strict=True):
            if there:
                tip, base = x - way * px(2), x - way * px(11)
                painter.drawPolygon(QPolygonF([QPointF(tip, middle), QPointF(base, middle - px(5)),
                                               QPointF(base, middle + px(5))]))  # fmt: skip

    def _paint_rings(self, painter: QPainter, panel: Panel, places: list[QPointF]) -> None:
        px = self._appearance.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for unit, color, line in ((self._focus, "focus", False), (self._marked, "cursor", True),
                                  (self._pointed, "cursor", True)):  # fmt: skip
            if not 0 <= unit < len(places):
                continue
            painter.setPen(QPen(self._appearance.color(color), px(2)))
            painter.drawEllipse(places[unit], px(7), px(7))
            if line:
                painter.setPen(QPen(self._appearance.color(color), px(1), Qt.PenStyle.DashLine))
                x = places[unit].x()
                painter.drawLine(QLineF(x, panel.area.top(), x, panel.area.bottom()))

    # --- pointing -----------------------------------------------------------------------------------------------

    def unit_at(self, point: QPointF) -> int:
        """The unit whose point is nearest; -1 where none is near."""
        if self._points is None or not len(self._points.u):
            return -1
        best, unit = self._appearance.px(_NEAR), -1
        for _, places in self._places(self._points):
            away = np.array([math.hypot(place.x() - point.x(), place.y() - point.y()) for place in places])
            nearest = int(np.argmin(away))
            if away[nearest] < best:
                best, unit = float(away[nearest]), nearest
        return unit

    def _point_at(self, unit: int) -> None:
        if unit != self._pointed:
            self._pointed = unit
            self.pointed.emit(unit)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.unit_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._points is not None:
            self._point_at(self.unit_at(event.position()))
            self.picked.emit(self._pointed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._points is not None:
            self.run_wanted.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def event(self, event: QEvent) -> bool:
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        return self._points is not None and ((shifted and event.key() in _KEYS) or event.key() in _ENTER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event) or self._points is None:
            event.ignore()
        elif event.key() in _KEYS:
            count = len(self._points.u)
            unit = self._pointed + _KEYS[Qt.Key(event.key())]
            self._point_at(min(max(0, unit), count - 1) if count else -1)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.run_wanted.emit()
        else:
            self.picked.emit(self._pointed)
