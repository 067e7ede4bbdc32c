"""The moving part of the timeline: painted anew at every step, so it is little."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.appearance import Appearance
from gui.language import translatable
from gui.views.timeline_marks import Segment, TimelineMarks
from gui.views.timeline_picture import TimelinePicture
from gui.views.timeline_rows import TimelineRows
from gui.views.timeline_scale import TimelineScale

_TITLES = {
    "forward": translatable("forward"),
    "loss": translatable("L"),
    "backward": translatable("backward"),
    "update": translatable("update"),
}
_INKS = {"forward": "forward", "loss": "loss", "backward": "backward_ink", "update": "parameter"}


class TimelineCursor:
    """Paints what depends on the cursor, the selection and the mouse; made for one repaint."""

    def __init__(
        self, painter: QPainter, marks: TimelineMarks, scale: TimelineScale, rows: TimelineRows,
        appearance: Appearance, width: int,
    ) -> None:  # fmt: skip
        self._painter, self._marks, self._scale, self._rows = painter, marks, scale, rows
        self._appearance = appearance
        self._width = width
        self._passed = marks.passed()
        self._x = scale.boundary(self._passed)

    def paint_time_step(self) -> None:
        """The ground of the time step under the cursor."""
        group = self._marks.group_of(self._passed - 1) if self._passed else None
        if group is None:
            return
        start, end = float(self._scale.left(group.first)), self._scale.boundary(group.last)
        top, bottom = self._rows.labels[0], sum(self._rows.breakpoints)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._appearance.color("column_current"))
        radius = self._appearance.px(3)
        self._painter.drawRoundedRect(QRectF(start, top, max(end - start, 2), bottom - top), radius, radius)

    def paint_marks(self, picture: TimelinePicture) -> None:
        """Reached marks before the cursor, pale ones behind it."""
        ratio = picture.reached.devicePixelRatio()
        height = picture.reached.height() / ratio
        middle = min(max(self._x, 0.0), float(self._width))
        parts = (picture.reached, 0.0, middle), (picture.unreached, middle, self._width - middle)
        for pixmap, start, width in parts:
            source = QRectF(start * ratio, 0, width * ratio, height * ratio)
            self._painter.drawPixmap(QRectF(start, 0, width, height), pixmap, source)
        self._painter.drawPixmap(QPointF(0, 0), picture.brackets)

    def paint_breakpoints(self, dots: QPolygonF) -> None:
        """A dot under every mark that a breakpoint stops at."""
        if dots.isEmpty():
            return
        pen = QPen(self._appearance.color("breakpoint"), self._appearance.px(5.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        self._painter.drawPoints(dots)

    def paint_outline(self, index: int | None, color: str, strength: float) -> None:
        """A frame around the mark of a tape entry, if it has one."""
        rank = None if index is None else self._marks.rank_of(index)
        if rank is None:
            return
        top, height = self._rows.marks
        width = max(self._scale.mark, self._appearance.px(5))
        middle = float(self._scale.left(rank)) + self._scale.mark / 2
        line = self._appearance.px(strength)
        more = self._rows.tall + line / 2
        self._painter.setPen(QPen(self._appearance.color(color), line))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(middle - width / 2, top - more, width, height + 2 * more)
        self._painter.drawRoundedRect(box, self._appearance.px(2.5), self._appearance.px(2.5))

    def paint_phases(self) -> None:
        """Every phase's name under its beginning, moved to the left where it would be cut off."""
        painter, least = self._painter, self._rows.margin / 2
        painter.setFont(self._rows.phase_font)
        metrics = QFontMetricsF(self._rows.phase_font)
        top, height = self._rows.phases
        limit = self._width - least
        for segment in reversed(self._marks.segments):
            text = self._appearance.say(_TITLES[segment.kind])
            width = metrics.horizontalAdvance(text)
            start, end = float(self._scale.left(segment.first)), self._scale.boundary(segment.last)
            x = min(max(start, least), limit - width)
            if end < 0 or start > self._width or x < 0:
                continue
            limit = x - self._appearance.px(6)
            painter.setPen(self._phase_ink(segment))
            painter.drawText(QPointF(x, top + height * 0.75), text)

    def _phase_ink(self, segment: Segment) -> QColor:
        begun = self._passed > segment.first or segment.first == 0
        return self._appearance.color(_INKS[segment.kind] if begun else "ink_pale")

    def paint_line(self) -> None:
        """The cursor itself, with a handle to drag it by."""
        color = self._appearance.color("cursor")
        line, half = self._appearance.px(2), self._appearance.px(4.5)
        top, bottom = self._rows.brackets[0] - self._appearance.px(2), sum(self._rows.breakpoints)
        self._painter.fillRect(QRectF(self._x - line / 2, top, line, bottom - top), color)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        corners = ((-half, top), (half, top), (0.0, top + half * 1.4))
        self._painter.drawPolygon(QPolygonF([QPointF(self._x + x, y) for x, y in corners]))

    def paint_overview(self) -> None:
        """Where in the whole the visible part lies, and where the cursor."""
        painter, whole = self._painter, self._width
        top, height = self._rows.overview
        first, last = self._scale.shown
        part = max((last - first) * whole, self._appearance.px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._appearance.color("line"))
        painter.drawRoundedRect(QRectF(0, top, whole, height), height / 2, height / 2)
        painter.setBrush(self._appearance.color("line_strong"))
        painter.drawRoundedRect(QRectF(min(first * whole, whole - part), top, part, height), height / 2, height / 2)
        x = (self._x + self._scale.offset) / self._scale.length * whole
        line = self._appearance.px(2)
        painter.fillRect(QRectF(x - line / 2, top - line / 2, line, height + line), self._appearance.color("cursor"))
