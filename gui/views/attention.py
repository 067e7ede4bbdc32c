"""The view of attention: where in the source each step of the decoder looks, and each position of a Transformer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_followed import FollowedAttention
from gui.views.attention_places import place_name
from gui.views.attention_plot import AttentionPlot
from gui.views.attention_reading import head_name
from gui.views.attention_table import AttentionRows, AttentionTable, attention_tables
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.forced_notice import ForcedNotice
from gui.views.heads_grid import HeadsGrid
from gui.views.menu_choice import add_choice
from gui.views.sequence_box import SequenceBox
from gui.views.view_header import ViewHeader
from gui.views.weight_forcing import WeightForcing

FOLLOW = ""
"""In the place of a place: the attention that the cursor is at."""
ALL_HEADS, AVERAGE = -2, -1
"""In the place of a head's number."""


class AttentionView(QWidget):
    """Weights or scores, values or gradients, which sequence, and, where there are several, which attention and head.

    Of several attentions that is shown which the cursor entered last, unless another one is picked.

    Of several heads all are shown at first, side by side; one is enlarged by a click on it, Escape goes back.
    """

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._tables: list[AttentionTable] = []
        self._followed = FollowedAttention(bridge.tape, ())
        self._place, self._head = FOLLOW, ALL_HEADS
        self._shown: AttentionTable | None = None
        self._plot: AttentionPlot | None = None
        self._grid: HeadsGrid | None = None
        self._forcing = WeightForcing(bridge, appearance, self)
        self._build()
        self._update_appearance()
        self._update_tape()
        for switch in (self._scores, self._gradients, self._as_read):
            switch.toggled.connect(self._show)
        self._sequence.valueChanged.connect(self._show)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    @property
    def plot(self) -> AttentionPlot | None:
        """The picture of one head; None as long as none was shown."""
        return self._plot

    @property
    def grid(self) -> HeadsGrid | None:
        """The picture of all heads; None as long as there were none."""
        return self._grid

    @property
    def forcing(self) -> WeightForcing:
        """What forces weights."""
        return self._forcing

    @property
    def reading(self) -> str:
        """What is read of the cell pointed at."""
        return self._header.reading.text

    def show_scores(self, on: bool) -> None:
        """Show the scores before the softmax, or the weights after it."""
        self._scores.setChecked(on)

    def show_gradients(self, on: bool) -> None:
        """Show the loss's gradient by them, or themselves."""
        self._gradients.setChecked(on)

    def show_as_read(self, on: bool) -> None:
        """Show a source that is read from its end in the order of reading, or of its text."""
        self._as_read.setChecked(on)

    def show_sequence(self, sequence: int) -> None:
        """Show another sequence of the batch, from 0."""
        self._sequence.setValue(sequence + 1)

    def show_place(self, place: str) -> None:
        """Show another attention, by its place, or FOLLOW the cursor from one to the next."""
        self._place = place
        self._show()

    def show_head(self, head: int) -> None:
        """Show one head, from 0, the AVERAGE of all, or ALL_HEADS side by side."""
        self._head = head
        self._show()

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._places, self._heads = self._header.add_menu(), self._header.add_menu()
        self._groups = {menu: QActionGroup(menu) for menu in (self._places, self._heads)}
        self._scores = self._header.add_switch()
        self._gradients = self._header.add_switch()
        self._as_read = self._header.add_switch()
        self._sequence = SequenceBox(self._bridge, self._appearance, self)
        self._header.add_widget(self._sequence)
        self._notice = ForcedNotice(self._bridge, self._appearance, self._forcing.stop_all, self)
        self._nothing = EmptyNotice(self._appearance, self)
        self._column = FlushColumn(self)
        for widget in (self._header, self._notice):
            self._column.addWidget(widget)
        self._column.addWidget(self._nothing, 1)

    @property
    def _reversed(self) -> bool:
        """Whether the source is read from its end."""
        settings = self._bridge.settings
        return "reversed" in settings and settings.switch("reversed")

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        self._tables = attention_tables(self._bridge.tape)
        self._followed = FollowedAttention(self._bridge.tape, self._tables)
        self._update_places()
        self._show()

    def _update_places(self) -> None:
        self._places.clear()
        self._offer(self._places, self._appearance.say("Follow the cursor"), FOLLOW, self.show_place)
        self._places.addSeparator()
        for table in self._tables:
            self._offer(self._places, place_name(table.place, self._appearance), table.place, self.show_place)
        self._places.menuAction().setVisible(len(self._tables) > 1)

    def _update_heads(self, table: AttentionTable) -> None:
        say = self._appearance.say
        if [action.data() for action in self._heads.actions()] != [ALL_HEADS, AVERAGE, *range(table.heads)]:
            self._heads.clear()
            self._offer(self._heads, say("all heads"), ALL_HEADS, self.show_head)
            for head in (AVERAGE, *range(table.heads)):
                self._offer(self._heads, head_name(_head(head), self._appearance), head, self.show_head)
        self._head = self._head if self._head < table.heads else ALL_HEADS
        self._heads.menuAction().setVisible(table.heads > 0)
        self._check(self._heads, self._head)

    def _offer(self, menu: QMenu, text: str, data, choose) -> None:
        add_choice(menu, self._groups[menu], text, data, choose)

    def _check(self, menu: QMenu, data: object) -> None:
        for action in menu.actions():
            if action.data() == data:
                action.setChecked(True)
                menu.menuAction().setText(action.text())

    def _show(self, _=None) -> None:
        self._header.setVisible(bool(self._tables))
        self._nothing.setVisible(not self._tables)
        if not self._tables:
            for picture in (self._plot, self._grid):
                if picture is not None:
                    picture.hide()
            return
        table, is_picked = self._table()
        self._shown = table
        self._check(self._places, table.place if is_picked else FOLLOW)
        self._places.menuAction().setText(place_name(table.place, self._appearance))
        self._update_heads(table)
        self._as_read.setVisible(self._reversed and not table.stacks.own)
        self._sequence.set_batch(table.batch)
        self._show_rows(AttentionRows(
            table, self._bridge.tape, self._scores.isChecked(), self._gradients.isChecked(), self._sequence.sequence,
            _head(self._head) if table.heads else None,
        ))  # fmt: skip
        self._update_reading()

    def _table(self) -> tuple[AttentionTable, bool]:
        """The attention to show, and whether it was picked."""
        picked = next((one for one in self._tables if one.place == self._place), None)
        if picked is not None:
            return picked, True
        at = self._followed.at(self._bridge.cursor.current)
        return (self._tables[0] if at is None else at), False

    def _show_rows(self, rows: AttentionRows) -> None:
        all_heads = rows.table.heads > 0 and self._head == ALL_HEADS
        if all_heads:
            if self._grid is None:
                self._grid = HeadsGrid(rows, self._bridge, self._appearance, self._forcing, self)
                self._grid.chosen.connect(self.show_head)
                self._add(self._grid)
            self._grid.show_rows(rows)
        else:
            mirrored = self._reversed and not self._as_read.isChecked() and not rows.table.stacks.own
            if self._plot is None:
                self._plot = AttentionPlot(rows, self._bridge, self._appearance, self._forcing, self)
                self._add(self._plot)
            self._plot.show_rows(rows, mirrored)
        for picture, shown in ((self._grid, all_heads), (self._plot, not all_heads)):
            if picture is not None:
                picture.setVisible(shown)

    def _add(self, picture: AttentionPlot | HeadsGrid) -> None:
        picture.setAccessibleName(self._appearance.say("Attention"))
        picture.pointed.connect(self._header.reading.set_text)
        self._column.addWidget(picture, 1)

    def _update_cursor(self) -> None:
        if self.isVisible() and self._tables and self._table()[0] is not self._shown:
            self._show()
        else:
            self._update_reading()

    def _update_reading(self) -> None:
        """What stands under the mouse may have been revealed."""
        if not self.isVisible():
            return
        if self._grid is not None and self._grid.isVisible():
            self._header.reading.set_text(self._grid.reading)
        elif self._plot is not None:
            target = self._plot.target
            self._header.reading.set_text("" if target is None else target.text)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._scores.setText(say("Scores"))
        self._scores.setToolTip(say("Show the scores before the softmax, not the weights after it."))
        self._gradients.setText(say("Gradients"))
        self._gradients.setToolTip(say("Show the loss's gradient by each weight or score."))
        self._as_read.setText(say("As read"))
        self._as_read.setToolTip(say("The source is read from its end: show it in that order, not in its own."))
        self._places.menuAction().setToolTip(say("Which attention is shown."))
        self._heads.menuAction().setToolTip(say("Which head is shown."))
        self._nothing.show_text(say("This lesson has no attention."))
        for picture in (self._plot, self._grid):
            if picture is not None:
                picture.setAccessibleName(say("Attention"))
        self._heads.clear()
        if self._tables:
            self._update_places()
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._head != ALL_HEADS:
            self.show_head(ALL_HEADS)
        else:
            super().keyPressEvent(event)


def _head(number: int) -> int | None:
    """None for the mean."""
    return number if number >= 0 else None
