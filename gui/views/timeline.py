"""The timeline: forward | L | backward | update, one mark for every step, and the cursor to drag over them."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.debugger.grain import Grain
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.timeline_cursor import TimelineCursor
from gui.views.timeline_marks import TimelineMarks
from gui.views.timeline_picture import TimelinePicture
from gui.views.timeline_rows import TimelineRows
from gui.views.timeline_scale import TimelineScale

_NOTCH = 120
_ZOOM_STEP = 1.25


class Timeline(QWidget):
    """Drag or click moves the cursor, the wheel steps, Ctrl + wheel zooms, Shift + wheel scrolls."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._dragging = ""
        self._wheel = 0
        self._picture: TimelinePicture | None = None
        self._dots: QPolygonF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows = TimelineRows(appearance)
        self._marks = TimelineMarks(bridge.cursor)
        self._scale = self._fitted()
        self._update_appearance()
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        bridge.grain_changed.connect(self._update_picture)
        bridge.breakpoints_changed.connect(self._update_breakpoints)
        bridge.selection_changed.connect(self.update)
        bridge.hover_changed.connect(self.update)
        appearance.changed.connect(self._update_appearance)

    # --- following the model --------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        self._rows = TimelineRows(self._appearance)
        self.setFixedHeight(self._rows.height)
        self.setAccessibleName(self._appearance.say("Timeline"))
        self.setToolTipDuration(60_000)
        self._update_scale()
        self._update_cursor()

    def _update_tape(self) -> None:
        self._marks = TimelineMarks(self._bridge.cursor)
        self._update_scale()

    def _update_scale(self) -> None:
        before, self._scale = self._scale, self._fitted()
        self._scale.keep_view_of(before)
        self._update_picture()

    def _update_picture(self) -> None:
        self._picture = None
        self._update_breakpoints()

    def _update_breakpoints(self) -> None:
        self._dots = None
        self.update()

    def _update_cursor(self) -> None:
        passed = self._marks.passed()
        if self._scale.zoomed and self._scale.reveal(self._scale.boundary(passed), self._room()):
            self._update_picture()
        self.setAccessibleDescription(self._appearance.say(
            "After step {number} of {count}", number=passed, count=len(self._marks)))
        self.update()

    def _fitted(self) -> TimelineScale:
        rows = self._rows
        return TimelineScale(self._marks.segments, self.width(), rows.margin, rows.gap, rows.widest)

    def _room(self) -> float:
        return self.width() * (0.85 if self._dragging else 0.2)

    # --- what lies where --------------------------------------------------------------------------------------------

    def x_of_rank(self, rank: int) -> float:
        """Where the cursor stands that has passed so many marks, in pixels."""
        return self._scale.boundary(rank)

    def rank_at(self, x: float) -> int:
        """The mark under a point, -1 before the first."""
        return self._scale.rank_at(x)

    @property
    def zoom(self) -> float:
        """1 shows everything."""
        return self._scale.zoom

    def zoom_by(self, factor: float, x: float | None = None) -> None:
        """Zoom around a point, by default around the cursor."""
        at = self._scale.boundary(self._marks.passed()) if x is None else x
        self._scale.zoom_by(factor, at)
        self._update_picture()

    def _scroll_to(self, offset: float) -> None:
        self._scale.scroll_to(offset)
        self._update_picture()

    def _move_to_rank(self, rank: int) -> None:
        self._bridge.move_to(self._marks.position_of(min(max(rank, 0), len(self._marks))))

    def _breakpoint_dots(self) -> QPolygonF:
        if not any(point.enabled for point in self._bridge.session.breakpoints):
            return QPolygonF()
        ranks = self._marks.ranks_of(self._bridge.breakpoint_steps)
        places = {round(x) for x in (self._scale.left(ranks) + self._scale.mark / 2).tolist() if 0 <= x <= self.width()}
        top, height = self._rows.breakpoints
        return QPolygonF([QPointF(x, top + height / 2) for x in sorted(places)])

    # --- input ----------------------------------------------------------------------------------------------------

    def _step_by(self, notches: int) -> None:
        """Over so many grains of this tape; a wheel that turns too far does not leave the iteration."""
        for _ in range(abs(notches)):
            cursor = self._bridge.cursor
            if notches > 0 and cursor.position < cursor.end:
                self._bridge.step()
            elif notches < 0 and cursor.position > 0:
                self._bridge.step_back()

    def _drag_to(self, point: QPointF) -> None:
        if self._dragging == "cursor":
            self._move_to_rank(self._scale.rank_at(point.x()) + 1)
        elif self._dragging == "overview":
            self._scroll_to(point.x() / max(1, self.width()) * self._scale.length - self.width() / 2)

    def _to_time_step(self, direction: int) -> None:
        cursor = self._bridge.cursor
        stop = cursor.stop_after(Grain.TIME_STEP) if direction > 0 else cursor.stop_before(Grain.TIME_STEP)
        if stop is not None:
            self._bridge.move_to(stop)

    def _text_at(self, x: float) -> str:
        rank = self._scale.rank_at(x)
        if rank < 0 or x > self._scale.boundary(len(self._marks)):
            return ""
        address = self._bridge.cursor.addresses[self._marks.index_of(rank)]
        text = self._appearance.say("step {number} of {count}", number=rank + 1, count=len(self._marks))
        return f"{address}\n{text}"

    # --- Qt -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(600), self._rows.height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(80), self._rows.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = TimelinePicture(
                self._marks, self._scale, self._rows, self._appearance, self._bridge.session.grain, self.size(),
                self.devicePixelRatioF(),
            )  # fmt: skip
        if self._dots is None:
            self._dots = self._breakpoint_dots()
        hover = self._bridge.hover
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cursor = TimelineCursor(painter, self._marks, self._scale, self._rows, self._appearance, self.width())
        cursor.paint_time_step()
        cursor.paint_marks(self._picture)
        cursor.paint_breakpoints(self._dots)
        cursor.paint_outline(hover[0] if hover else None, "ink_quiet", 1)
        cursor.paint_outline(self._bridge.selection, "ink", 1.75)
        cursor.paint_phases()
        cursor.paint_line()
        if self._scale.zoomed:
            cursor.paint_overview()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._appearance.color("focus"), self._appearance.px(1)))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._update_scale()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._text_at(event.pos().x()), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        in_overview = self._scale.zoomed and event.position().y() >= self._rows.overview[0] - 2
        self._dragging = "overview" if in_overview else "cursor"
        self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag_to(event.position())
            return
        rank = self._scale.rank_at(event.position().x())
        outside = rank < 0 or event.position().x() > self._scale.boundary(len(self._marks))
        self._bridge.hover_at(None if outside else self._marks.index_of(rank))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = ""

    def leaveEvent(self, event: QEvent) -> None:
        self._bridge.hover_at(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM_STEP ** (delta / _NOTCH), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._scroll_to(self._scale.offset - delta)
        else:
            self._wheel -= delta
            notches = int(self._wheel / _NOTCH)
            self._wheel -= notches * _NOTCH
            self._step_by(notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_time = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        direction = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if direction:
            self._to_time_step(direction) if by_time else self._step_by(direction)
        elif event.key() == Qt.Key.Key_Home:
            self._move_to_rank(0)
        elif event.key() == Qt.Key.Key_End:
            self._move_to_rank(len(self._marks))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not by_time:
            self.zoom_by(_ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus and not by_time:
            self.zoom_by(1 / _ZOOM_STEP)
        else:
            super().keyPressEvent(event)
