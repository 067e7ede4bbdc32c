"""All heads of an attention side by side, and their mean: small multiples on one scale of colours."""

from __future__ import annotations

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
)
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_menu import WISHES, cell_menu
from gui.views.attention_reading import reading
from gui.views.attention_scale import Extents
from gui.views.attention_table import AttentionRows
from gui.views.attention_tokens import AttentionTokens
from gui.views.heads_labels import widest_label
from gui.views.heads_layout import HeadsGeometry, heads_in
from gui.views.heads_numbers import HeadMarks, marks_of_heads
from gui.views.heads_picture import STRIP, TITLE, HeadsPicture, HeadsState
from gui.views.own_keys import is_own_key
from gui.views.time_axis import RIGHT, is_wide
from gui.views.weight_forcing import WeightForcing

_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}

Place = tuple[int, int, int]
"""Panel, row and column, from 0."""


class HeadsGrid(QWidget):
    """A panel for each head and one for their mean. Only a step of the cursor that changes them repaints them.

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
        self._picture = HeadsPicture(appearance)
        self._painted: tuple[HeadsState, list[int]] | None = None
        self._marks: HeadMarks | None = None
        self._stamp = 0
        self._made: tuple[object, HeadsGeometry] | None = None
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
        self._place, self._marks, self._stamp = None, None, self._stamp + 1
        self.update()

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def geometry_of_heads(self) -> HeadsGeometry:
        """Where the panels are."""
        return self._geometry(self._names())

    def _names(self) -> tuple[str, ...]:
        """The labels of the rows."""
        return tuple(self._tokens.name(row) for row in range(len(self._rows.table.times)))

    def _geometry(self, names: tuple[str, ...]) -> HeadsGeometry:
        """Measured again when there are other labels, it looks otherwise or has another size."""
        key = self._stamp, names, self.size()
        if self._made is None or self._made[0] != key:
            self._made = key, self._measured(names)
        return self._made[1]

    def _measured(self, names: tuple[str, ...]) -> HeadsGeometry:
        look, table = self._appearance, self._rows.table
        px, wide = look.px, is_wide(self.width(), look)
        line = QFontMetricsF(look.font(TITLE)).height()
        left = widest_label((*self._tokens.longest, *names), look) + px(10)
        head = 0.0 if wide else px(STRIP)
        room = QRectF(left, head + px(4), max(1.0, self.width() - left - px(RIGHT if wide else 8)),
                      max(1.0, self.height() - head - line - px(10)))  # fmt: skip
        return heads_in(room, table.heads + 1, (len(table.times), table.width), line + px(2), px(12), px(1))

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
        state, marked = self._painted = self._state(), self._marked()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture.current(state, self._tokens))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        made, px = state.made, self._appearance.px
        if self._panel is not None:
            self._frame(painter, made.maps[self._panel].adjusted(-px(2), -px(2), px(2), px(2)), "focus")
        if self._place is not None:
            panel, row, column = self._place
            (wide, high), box = made.cell, made.maps[panel]
            self._frame(painter, QRectF(box.left() + column * wide, box.top() + row * high, wide, high), "ink")
        for box in made.maps if marked else ():
            top, high = box.top() + marked[0] * made.cell[1], len(marked) * made.cell[1]
            self._frame(painter, QRectF(box.left(), top, box.width(), high), "cursor")

    def _frame(self, painter: QPainter, box: QRectF, color: str) -> None:
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(1.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _marked(self) -> list[int]:
        """The row of the step executed last, or all rows of it."""
        current = self._bridge.cursor.current
        return [row for row in range(len(self._rows.table.times)) if self._rows.value_entry(row) == current]

    def _state(self) -> HeadsState:
        cursor, rows = self._bridge.cursor, self._rows
        if self._marks is None:
            self._marks = marks_of_heads(rows)
        shown, names = tuple(rows.shown(row, cursor) for row in range(len(rows.table.times))), self._names()
        return HeadsState(
            rows, self._marks, shown, self._extents.scale(rows, cursor), names, self._geometry(names), self.size(),
            self.devicePixelRatioF(),
        )  # fmt: skip

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_cursor(self) -> None:
        if self.isVisible() and (self._state(), self._marked()) != self._painted:
            self.update()

    def _update_appearance(self) -> None:
        self._stamp += 1
        self._picture.clear()
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
