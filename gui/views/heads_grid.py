"""All heads of an attention side by side, and their mean: small multiples on one scale of colours."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_legend import Legend, paint_legend
from gui.views.attention_menu import WISHES, cell_menu
from gui.views.attention_reading import head_name, reading
from gui.views.attention_scale import Extents
from gui.views.attention_table import AttentionRows
from gui.views.attention_tokens import AttentionTokens
from gui.views.color_scale import ColorScale
from gui.views.heads_labels import names_of, paint_axes, widest_label
from gui.views.heads_layout import HeadsGeometry, heads_in
from gui.views.heads_panel import paint_panel
from gui.views.own_keys import is_own_key
from gui.views.time_axis import RIGHT, is_wide
from gui.views.weight_forcing import WeightForcing

_TITLE, _STRIP = 12.0, 22.0
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}

Place = tuple[int, int, int]
"""Panel, row and column, from 0."""


class HeadsGrid(QWidget):
    """A panel for each head and one for their mean. A step of the cursor repaints the panels that it changes.

    Click enlarges a head, double click runs to its step.

    Signals: pointed(text), what is to be read of the cell under the mouse; chosen(head), which head to enlarge, −1 for
    the mean.
    """

    pointed = Signal(str)
    chosen = Signal(int)

    def __init__(
        self, rows: AttentionRows, bridge: Bridge, appearance: Appearance, forcing: WeightForcing,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._bridge, self._appearance, self._forcing = bridge, appearance, forcing
        self._extents = Extents()
        self._picture: QPixmap | None = None
        self._picture_key: Hashable = None
        self._drawn: Hashable = None
        self._stamp = 0
        self._measured: tuple[Hashable, float] | None = None
        self._place: Place | None = None
        self._panel: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_rows(rows)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self.update)
        appearance.changed.connect(self._update_appearance)

    @property
    def rows(self) -> AttentionRows:
        """What is shown, as the mean of all heads."""
        return self._rows

    @property
    def panels(self) -> list[AttentionRows]:
        """What each panel shows: the heads, then their mean."""
        return [*(replace(self._rows, head=head) for head in range(self._rows.table.heads)), self._rows]

    @property
    def reading(self) -> str:
        """What is to be read of the cell under the mouse."""
        if self._place is None:
            return ""
        panel, row, column = self._place
        return reading(self.panels[panel], self._tokens, row, column, self._bridge.cursor, self._appearance)

    def show_rows(self, rows: AttentionRows) -> None:
        """Show another table, sequence, or other numbers of it."""
        self._rows = replace(rows, head=None)
        self._tokens = AttentionTokens(self._bridge, rows.table, rows.sequence)
        self._place, self._stamp = None, self._stamp + 1
        self.update()

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def geometry_of_heads(self) -> HeadsGeometry:
        """Where the panels are."""
        look, table = self._appearance, self._rows.table
        px, wide = look.px, is_wide(self.width(), look)
        title = QFontMetricsF(look.font(_TITLE)).height() + px(2)
        left = self._label_width() + px(10)
        head = 0.0 if wide else px(_STRIP)
        foot = QFontMetricsF(look.font(_TITLE)).height() + px(4)
        room = QRectF(left, head + px(4), max(1.0, self.width() - left - px(RIGHT if wide else 8)),
                      max(1.0, self.height() - head - foot - px(6)))  # fmt: skip
        return heads_in(room, table.heads + 1, (len(table.times), table.width), title, px(12), px(1))

    def _label_width(self) -> float:
        """Of the widest label at the left; measured again when there are others or they look otherwise."""
        names = names_of(self._tokens, len(self._rows.table.times))
        if self._measured is None or self._measured[0] != (self._stamp, names):
            self._measured = (self._stamp, names), widest_label(names, self._appearance)
        return self._measured[1]

    def _at(self, point: QPointF) -> tuple[int | None, Place | None]:
        """The panel at a point, and the cell."""
        made = self.geometry_of_heads
        for panel, (box, title) in enumerate(zip(made.maps, made.titles, strict=True)):
            if box.contains(point):
                row, column = (point.y() - box.top()) / made.cell[1], (point.x() - box.left()) / made.cell[0]
                table = self._rows.table
                return panel, (panel, min(int(row), len(table.times) - 1), min(int(column), table.width - 1))
            if title.contains(point):
                return panel, None
        return None, None

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._current_picture())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        made, px = self.geometry_of_heads, self._appearance.px
        if self._panel is not None:
            self._frame(painter, made.maps[self._panel].adjusted(-px(2), -px(2), px(2), px(2)), "focus")
        if self._place is not None:
            panel, row, column = self._place
            (wide, high), box = made.cell, made.maps[panel]
            self._frame(painter, QRectF(box.left() + column * wide, box.top() + row * high, wide, high), "ink")
        self._mark_row(painter, made)

    def _mark_row(self, painter: QPainter, made: HeadsGeometry) -> None:
        """The row of the step executed last, or all rows of it, in every panel."""
        current = self._bridge.cursor.current
        rows = [row for row in range(len(self._rows.table.times)) if self._rows.value_entry(row) == current]
        for box in made.maps if rows else ():
            top, high = box.top() + rows[0] * made.cell[1], len(rows) * made.cell[1]
            self._frame(painter, QRectF(box.left(), top, box.width(), high), "cursor")

    def _frame(self, painter: QPainter, box: QRectF, color: str) -> None:
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(1.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _shown(self) -> tuple[int | None, ...]:
        """What is revealed of each row."""
        cursor, rows = self._bridge.cursor, self._rows
        return tuple(rows.shown(row, cursor) for row in range(len(rows.table.times)))

    def _current_picture(self) -> QPixmap:
        ratio, scale = self.devicePixelRatioF(), self._extents.scale(self._rows, self._bridge.cursor)
        labels = tuple(self._tokens.name(row) for row in range(len(self._rows.table.times)))
        key = (self._stamp, self.width(), self.height(), ratio, scale, labels)
        shown = self._shown()
        if self._picture is None or key != self._picture_key:
            self._picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._appearance.color("ground"))
            with_all = QPainter(self._picture)
            self._paint_around(with_all, scale)
            self._paint_panels(with_all, scale)
            with_all.end()
        elif shown != self._drawn:
            again = QPainter(self._picture)
            self._paint_panels(again, scale)
            again.end()
        self._picture_key, self._drawn = key, shown
        return self._picture

    def _paint_around(self, painter: QPainter, scale: ColorScale) -> None:
        look, made, rows = self._appearance, self.geometry_of_heads, self._rows
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(_TITLE))
        painter.setPen(look.color("ink_quiet"))
        for panel, box in zip(self.panels, made.titles, strict=True):
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                             head_name(panel.head, look))  # fmt: skip
        paint_axes(painter, made, self._tokens, len(rows.table.times), rows.table.width, look)
        masked, forced = (any(one(row).any() for row in range(len(rows.table.times)))
                          for one in (rows.masked, rows.forced))  # fmt: skip
        wide = is_wide(self.width(), look)
        top = made.titles[0].bottom()
        area = QRectF(0, top, max(box.right() for box in made.maps), self.height() - top)
        flat = QRectF(made.maps[0].left(), 0, self.width() - made.maps[0].left() - look.px(8), look.px(_STRIP))
        legend = Legend(rows.name, rows.gradient, masked, forced, area, self.size(), wide)
        paint_legend(painter, legend, scale, flat, look)

    def _paint_panels(self, painter: QPainter, scale: ColorScale) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for rows, box in zip(self.panels, self.geometry_of_heads.maps, strict=True):
            paint_panel(painter, rows, box, self._shown(), scale, self._appearance)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_cursor(self) -> None:
        if self.isVisible():
            self.update()

    def _update_appearance(self) -> None:
        self._stamp += 1
        self.update()

    # --- Qt -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._panel, place = self._at(event.position())
        if place != self._place:
            self._place = place
            text = self.reading
            self.setAccessibleDescription(text)
            self.pointed.emit(text)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._panel = self._place = None
        self.pointed.emit("")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        panel, _ = self._at(event.position())
        if panel is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(panel)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _, place = self._at(QPointF(event.pos()))
        if place is not None:
            panel, row, column = place
            rows, target = self.panels[panel], self._rows.target(row)
            menu = cell_menu(self._forcing, rows, (row, column), lambda: self._run_to(target), self._appearance, self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(event.globalPos())

    def _run_to(self, target: int | None) -> None:
        if target is not None:
            self._bridge.run_to(target)

    def _choose(self, panel: int) -> None:
        self.chosen.emit(panel if panel < self._rows.table.heads else -1)

    def event(self, event: QEvent) -> bool:
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        on_cell = plain and event.key() in WISHES and self._place is not None
        return on_cell or (shifted and event.key() in _KEYS) or (is_enter and self._panel is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            event.ignore()
        elif event.key() in WISHES and self._place is not None:
            panel, row, column = self._place
            WISHES[Qt.Key(event.key())](self._forcing, self.panels[panel], (row, column))
        elif event.key() in _KEYS:
            across = self.geometry_of_heads.across
            step = _KEYS[Qt.Key(event.key())] or (across if event.key() == Qt.Key.Key_Down else -across)
            count = self._rows.table.heads + 1
            self._panel = 0 if self._panel is None else min(max(self._panel + step, 0), count - 1)
            self.update()
        elif self._panel is not None:
            self._choose(self._panel)
