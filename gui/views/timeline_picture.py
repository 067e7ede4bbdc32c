"""The unmoving part of the timeline as pixmaps: all marks reached, all marks not yet reached, brackets and labels.

Moving the cursor then only shows more of the one and less of the other.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap

from engine.debugger.grain import Grain
from gui.appearance import Appearance
from gui.views.timeline_marks import KINDS, TimeGroup, TimelineMarks
from gui.views.timeline_rows import TimelineRows
from gui.views.timeline_scale import TimelineScale

_PALE = 0.22
_SHADE = 0.78
_LEAST_TICK_DISTANCE = 4.0
_STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class TimelinePicture:
    """Paints the pixmaps for one size, zoom, theme, tape and grain."""

    def __init__(
        self, marks: TimelineMarks, scale: TimelineScale, rows: TimelineRows, appearance: Appearance, grain: Grain,
        size: QSize, ratio: float,
    ) -> None:  # fmt: skip
        self._marks, self._scale, self._rows = marks, scale, rows
        self._appearance = appearance
        self._size, self._ratio = size, ratio
        self._first, self._last = scale.visible()
        coarse = marks.stops(grain)
        self._stops = coarse if len(coarse) < len(marks) else coarse[:0]
        ground = appearance.color("ground")
        full = [appearance.phase_color(kind) for kind in KINDS]
        self.reached = self._painted(full)
        self.unreached = self._painted([mixed(color, ground, _PALE) for color in full])
        self.brackets = self._blank()
        painter = QPainter(self.brackets)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_brackets(painter)
        painter.end()

    def _blank(self) -> QPixmap:
        pixmap = QPixmap(self._size * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    # --- marks --------------------------------------------------------------------------------------------------

    def _painted(self, colors: list[QColor]) -> QPixmap:
        pixmap = self._blank()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scale.separate:
            self._paint_separately(painter, colors)
        else:
            self._paint_merged(painter, colors)
        painter.end()
        return pixmap

    def _paint_separately(self, painter: QPainter, colors: list[QColor]) -> None:
        top, height = self._rows.marks
        ranks = np.arange(self._first, self._last)
        lefts = self._scale.left(ranks)
        space = min(self._appearance.px(2), self._scale.mark * 0.22)
        width = self._scale.mark - space
        radius = min(self._appearance.px(2), width / 3)
        tall = np.zeros(len(self._marks), dtype=bool)
        tall[self._stops] = True
        kinds = self._marks.kinds[ranks]
        painter.setPen(Qt.PenStyle.NoPen)
        for code, color in enumerate(colors):
            path = QPainterPath()
            for place in np.flatnonzero(kinds == code).tolist():
                more = self._rows.tall if tall[ranks[place]] else 0.0
                box = QRectF(lefts[place] + space / 2, top - more, width, height + 2 * more)
                path.addRoundedRect(box, radius, radius)
            painter.fillPath(path, color)

    def _paint_merged(self, painter: QPainter, colors: list[QColor]) -> None:
        top, height = self._rows.marks
        # The image borrows the array's memory, so the array must outlive it.
        columns = self._columns(colors)
        image = QImage(columns.data, len(columns), 1, 4 * len(columns), QImage.Format.Format_RGBA8888_Premultiplied)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRectF(0, top, self._size.width(), height), image)
        lefts = self._scale.left(self._stops) + self._scale.mark
        if len(lefts) > 1 and np.median(np.diff(lefts)) < _LEAST_TICK_DISTANCE:
            return
        visible = (lefts >= 0) & (lefts <= self._size.width())
        kinds = self._marks.kinds[self._stops]
        for code, color in enumerate(colors):
            ticks = [QRectF(x - 1, top - self._rows.tall, 1, height + 2 * self._rows.tall)
                     for x in lefts[visible & (kinds == code)].tolist()]  # fmt: skip
            for tick in ticks:
                painter.fillRect(tick, color)

    def _columns(self, colors: list[QColor]) -> NDArray[np.uint8]:
        """(width in screen pixels, 4): the mean colour of the marks under each column, nothing between segments."""
        table = np.array([_rgb(color) for color in colors], dtype=np.float64)
        strength = np.where(self._marks.shades == 0, 1.0, _SHADE)[:, np.newaxis]
        ground = np.array(_rgb(self._appearance.color("ground")))
        each = table[self._marks.kinds] * strength + ground * (1 - strength)
        sums = np.concatenate([np.zeros((1, 3)), np.cumsum(each, axis=0)])
        count = round(self._size.width() * self._ratio)
        result = np.zeros((count, 4), dtype=np.uint8)
        for segment in self._marks.segments:
            start = float(self._scale.left(segment.first))
            end = self._scale.boundary(segment.last)
            least = max(1.0, (end - start) * self._ratio)
            columns = np.arange(max(0, round(start * self._ratio)), min(count, round(start * self._ratio + least)))
            if not columns.size:
                continue
            edges = (np.stack([columns, columns + 1]) / self._ratio - start) / self._scale.mark + segment.first
            first = np.clip(np.floor(edges[0]).astype(int), segment.first, segment.last - 1)
            last = np.clip(np.ceil(edges[1]).astype(int), first + 1, segment.last)
            means = (sums[last] - sums[first]) / (last - first)[:, np.newaxis]
            result[columns, :3] = np.rint(means)
            result[columns, 3] = 255
        return result

    # --- time steps ---------------------------------------------------------------------------------------------

    def _paint_brackets(self, painter: QPainter) -> None:
        groups = [group for group in self._marks.groups if group.last > self._first and group.first < self._last]
        if not groups:
            return
        first = np.array([group.first for group in groups])
        last = np.array([group.last for group in groups])
        starts, ends = self._scale.left(first), self._scale.left(last - 1) + self._scale.mark
        if np.median(ends - starts) >= self._appearance.px(6):
            self._paint_bracket_lines(painter, starts, ends)
        self._paint_labels(painter, groups, starts, ends)

    def _paint_bracket_lines(
        self, painter: QPainter, starts: NDArray[np.float64], ends: NDArray[np.float64]
    ) -> None:
        top, height = self._rows.brackets
        inset = min(self._appearance.px(1.5), float(np.median(ends - starts)) / 6)
        path = QPainterPath()
        for start, end in zip((starts + inset).tolist(), (ends - inset).tolist(), strict=True):
            path.moveTo(QPointF(start, top + height))
            path.lineTo(QPointF(start, top + 0.5))
            path.lineTo(QPointF(end, top + 0.5))
            path.lineTo(QPointF(end, top + height))
        painter.strokePath(path, QPen(self._appearance.color("line_strong"), self._appearance.px(1)))

    def _paint_labels(
        self, painter: QPainter, groups: list[TimeGroup], starts: NDArray[np.float64], ends: NDArray[np.float64]
    ) -> None:
        """As much as fits: “t = 3” at every time step, else every second, fifth, tenth …, never over one another."""
        painter.setPen(self._appearance.color("ink_quiet"))
        italic, plain = (QFontMetricsF(font) for font in (self._rows.label_font_italic, self._rows.label_font))
        name = self._marks.time_name
        letter = italic.horizontalAdvance(name)
        largest = max(group.number for group in groups)
        room = float(np.median(ends - starts))
        wide = letter + plain.horizontalAdvance(f" = {largest}") + self._appearance.px(8)
        narrow = plain.horizontalAdvance(str(largest)) + self._appearance.px(5)
        long = room >= wide
        stride = 1 if long else next((number for number in _STRIDES if number * room >= narrow), _STRIDES[-1])
        free = -np.inf
        opening = {segment.first for segment in self._marks.segments}
        for group, start, end in zip(groups, starts.tolist(), ends.tolist(), strict=True):
            opens = group.first in opening
            if group.number % stride and not opens:
                continue
            lead = name if long or (opens and end - start >= wide - self._appearance.px(6)) else ""
            text = f" = {group.number}" if lead else str(group.number)
            width = (letter if lead else 0.0) + plain.horizontalAdvance(text)
            x = (max(start, 0.0) + min(end, float(self._size.width()))) / 2 - width / 2
            cut = (start < 0 or end > self._size.width()) and (x < start or x + width > end)
            if x < max(free, 0.0) or cut or x + width > self._size.width():
                continue
            free = x + width + self._appearance.px(3)
            self._paint_label(painter, x, lead, letter, text)

    def _paint_label(self, painter: QPainter, x: float, lead: str, letter: float, text: str) -> None:
        top, height = self._rows.labels
        baseline = top + height * 0.8
        if lead:
            painter.setFont(self._rows.label_font_italic)
            painter.drawText(QPointF(x, baseline), lead)
            x += letter
        painter.setFont(self._rows.label_font)
        painter.drawText(QPointF(x, baseline), text)


def mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """So much of a colour on a ground."""
    pairs = zip(_rgb(color), _rgb(ground), strict=True)
    return QColor(*(round(one * share + other * (1 - share)) for one, other in pairs))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
