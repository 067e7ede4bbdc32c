"""The common half of the views over time: columns of time steps, the cursor marked, cells that answer the mouse."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from engine.analysis.series import time_name, time_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.own_keys import is_own_key
from gui.views.time_axis import (
    HEIGHT,
    TimeAxis,
    axis_in,
    is_wide,
    margins,
    paint_cursor_column,
    paint_cursor_time,
    paint_time_axis,
)

_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """What a cell stands for.

    Attributes:
        entry: tape index it selects.
        unit: unit within the entry, None for the whole of it.
        text: what is to be read of it.
        run_to: tape index that shows it in full, if it is not ``entry``.
    """

    entry: int
    unit: int | None
    text: str
    run_to: int | None = None


class TimePlot(QAbstractScrollArea):
    """Paints a picture that is kept while it holds, and over it what moves: cursor, selection, hover.

    Click selects the step of a cell, double click runs to it. Shift with an arrow key points at a cell, Enter selects
    it, Shift+Enter runs to it.

    Signals: pointed(text), what is to be read of the cell pointed at; empty for none.
    """

    pointed = Signal(str)

    least_column = 0.0
    """Columns get no narrower than this, px before scaling; beyond, the view scrolls."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._picture: QPixmap | None = None
        self._picture_key: Hashable = None
        self._stamp = 0
        self._known: tuple[Hashable, QRectF, TimeAxis] | None = None
        self._cell: tuple[int, int] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._connect()

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        for signal in (bridge.selection_changed, bridge.hover_changed, bridge.focus_unit_changed):
            signal.connect(self._update_picture)
        self._appearance.changed.connect(self._update_appearance)

    # --- what a view has of its own -----------------------------------------------------------------------------

    def _steps(self) -> tuple[int, int]:
        """First and last time step."""
        raise NotImplementedError

    def _rows(self) -> int:
        """Number of rows of cells."""
        return 1

    def _content_height(self, room: float) -> float:
        """Height of all rows where there is so much room."""
        return room

    def _head(self) -> float:
        """Height above the columns, px."""
        return self._appearance.px(8)

    def _key(self) -> Hashable:
        """What the picture depends on, besides size, look, tape and scrolling."""
        return None

    def _paint_picture(self, painter: QPainter) -> None:
        """Draw what stays while ``_key`` stays."""
        raise NotImplementedError

    def _cursor_column(self) -> int | None:
        """The column of the step executed last."""
        return self.cursor_time

    def _axis_name(self) -> str:
        """What the columns are called."""
        return time_name(self._bridge.tape)

    def _paint_changes(self, picture: QPixmap) -> None:
        """Bring a picture up to date whose key has not changed."""

    def _paint_marks(self, painter: QPainter) -> None:
        """Draw what lies over the picture."""

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, time step) at a point of the plot area."""
        raise NotImplementedError

    def _target(self, row: int, t: int) -> Target | None:
        """What a cell stands for; None where there is nothing."""
        raise NotImplementedError

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def area(self) -> QRectF:
        """Where the columns are."""
        return QRectF(self._geometry()[0])

    @property
    def axis(self) -> TimeAxis:
        """The time axis as it is scrolled now."""
        return self._geometry()[1]

    def _geometry(self) -> tuple[QRectF, TimeAxis]:
        size, scrolled = self.viewport().size(), self.horizontalScrollBar().value()
        key = (self._stamp, size.width(), size.height(), scrolled)
        if self._known is None or self._known[0] != key:
            self._known = (key, self._area_of(size), self._axis_of(size, scrolled))
        return self._known[1], self._known[2]

    def _axis_of(self, size: QSize, scrolled: float) -> TimeAxis:
        least = self._appearance.px(self.least_column)
        return axis_in(size.width(), self._steps(), least, scrolled, self._appearance)

    def _area_of(self, size: QSize) -> QRectF:
        left, right = margins(size.width(), self._appearance)
        head = self._head()
        height = max(1.0, size.height() - head - self._appearance.px(HEIGHT))
        return QRectF(left, head, max(1.0, size.width() - left - right), height)

    @property
    def wide(self) -> bool:
        """Whether there is room for a legend at the right."""
        return is_wide(self.viewport().width(), self._appearance)

    @property
    def cursor_time(self) -> int | None:
        """The time step of the step executed last."""
        current = self._bridge.cursor.current
        return None if current is None else time_of(self._bridge.tape.steps[current])

    def visible_times(self) -> range:
        """The time steps whose columns can be seen."""
        area = self.area
        return self.axis.between(area.left() + 0.5, area.right() - 0.5)

    def _update_extent(self) -> None:
        area, axis = self.area, self.axis
        self._set_range(self.horizontalScrollBar(), axis.column * (axis.last - axis.first + 1), area.width())
        self._set_range(self.verticalScrollBar(), self._content_height(area.height()), area.height())

    def _set_range(self, bar, needed: float, room: float) -> None:
        bar.setRange(0, max(0, round(needed - room)))
        bar.setPageStep(round(room))
        bar.setSingleStep(round(self._appearance.px(24)))

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_cursor(self) -> None:
        if not self.isVisible():
            return
        self._show_time(self.cursor_time)
        self._update_picture()

    def _update_tape(self) -> None:
        self._stamp += 1
        self._cell = None
        self._update_extent()
        self._update_picture()

    def _update_appearance(self) -> None:
        self._stamp += 1
        self._update_extent()
        self._update_picture()

    def _update_picture(self) -> None:
        self.viewport().update()

    def _show_time(self, t: int | None) -> None:
        bar = self.horizontalScrollBar()
        if t is None or not bar.maximum():
            return
        area, axis = self.area, self.axis
        if axis.edge(t) < area.left() or axis.edge(t) + axis.column > area.right():
            bar.setValue(bar.value() + round(axis.centre(t) - area.center().x()))

    # --- pointing -----------------------------------------------------------------------------------------------

    @property
    def target(self) -> Target | None:
        """What is pointed at."""
        return None if self._cell is None else self._target(*self._cell)

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell == self._cell:
            return
        self._cell = cell
        target = self.target
        self._bridge.hover_at(None if target is None else target.entry, None if target is None else target.unit)
        text = "" if target is None else target.text
        self.setAccessibleDescription(text)
        self.pointed.emit(text)
        self._update_picture()

    def _pick(self, target: Target) -> None:
        """Select the step of a cell."""
        self._bridge.select(target.entry)

    def _run_to(self, target: Target) -> None:
        self._bridge.run_to(target.entry if target.run_to is None else target.run_to)

    def _move_pointer(self, rows: int, steps: int) -> None:
        first, last = self._steps()
        row, t = self._cell if self._cell is not None else (0, self.cursor_time or first)
        if self._cell is not None:
            row, t = row + rows, t + steps
        t = min(max(t, first), last)
        self._show_time(t)
        self._point_at((min(max(row, 0), self._rows() - 1), t))

    def _scroll_to_pointer(self, height: float) -> None:
        """Scroll as far as it takes to see the row pointed at; rows are so high."""
        if self._cell is not None:
            top, bar = self._cell[0] * height, self.verticalScrollBar()
            bar.setValue(round(min(max(bar.value(), top + height - self.area.height()), top)))

    # --- Qt -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._current_picture())
        area, axis = self.area, self.axis
        column = self._cursor_column()
        paint_cursor_time(painter, axis, area, column, self._appearance)
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        paint_cursor_column(painter, axis, area, column, self._appearance)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(self._appearance.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter)

    def _current_picture(self) -> QPixmap:
        size, ratio = self.viewport().size(), self.devicePixelRatioF()
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        key = (self._stamp, size.width(), size.height(), ratio, scrolled, self._key())
        if self._picture is None or key != self._picture_key:
            self._picture_key = key
            self._picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._appearance.color("ground"))
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_time_axis(painter, self.axis, self.area, self._appearance, self._axis_name())
            self._paint_picture(painter)
            painter.end()
        else:
            self._paint_changes(self._picture)
        return self._picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_extent()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._cell_under(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._point_at(self._cell_under(event.position()))
        target = self.target
        if target is not None:
            self._pick(target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        target = self.target
        if event.button() is Qt.MouseButton.LeftButton and target is not None:
            self._run_to(target)

    def _cell_under(self, point: QPointF) -> tuple[int, int] | None:
        return self._cell_at(point.x(), point.y()) if self.area.contains(point) else None

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return (shifted and event.key() in _STEPS) or (is_enter and self.target is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self.target
        if not self._wants(event):
            event.ignore()
        elif event.key() in _STEPS:
            self._move_pointer(*_STEPS[Qt.Key(event.key())])
        elif target is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._run_to(target)
        elif target is not None:
            self._pick(target)
