"""The view of attention: where in the source each step of the decoder looks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLabel, QSpinBox, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_plot import AttentionPlot
from gui.views.attention_table import AttentionRows, AttentionTable, attention_tables
from gui.views.view_header import ViewHeader


class AttentionView(QWidget):
    """Weights or scores, values or gradients, which sequence, and, where there are several, which attention."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._tables: list[AttentionTable] = []
        self._place = ""
        self._plot: AttentionPlot | None = None
        self._build()
        self._update_appearance()
        self._update_tape()
        self._scores.toggled.connect(self._show)
        self._gradients.toggled.connect(self._show)
        self._sequence.valueChanged.connect(self._show)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_reading)
        appearance.changed.connect(self._update_appearance)

    @property
    def plot(self) -> AttentionPlot | None:
        """The picture; None as long as nothing had attention."""
        return self._plot

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

    def show_sequence(self, sequence: int) -> None:
        """Show another sequence of the batch, from 0."""
        self._sequence.setValue(sequence + 1)

    def show_place(self, place: str) -> None:
        """Show another attention, by its place."""
        self._place = place
        self._show()

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._places = self._header.add_menu()
        self._group = QActionGroup(self._places)
        self._scores = self._header.add_switch()
        self._gradients = self._header.add_switch()
        self._sequence = QSpinBox(self)
        self._sequence.setMinimum(1)
        self._header.add_widget(self._sequence)
        self._nothing = QLabel(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._column.addWidget(self._nothing, 1)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        self._tables = attention_tables(self._bridge.tape)
        self._update_places()
        self._show()

    def _update_places(self) -> None:
        self._places.clear()
        for table in self._tables:
            action = self._places.addAction(table.place)
            action.setCheckable(True)
            action.setActionGroup(self._group)
            action.triggered.connect(lambda _=False, place=table.place: self.show_place(place))
        self._places.menuAction().setVisible(len(self._tables) > 1)

    def _show(self, _=None) -> None:
        self._header.setVisible(bool(self._tables))
        self._nothing.setVisible(not self._tables)
        if self._plot is not None:
            self._plot.setVisible(bool(self._tables))
        if not self._tables:
            return
        table = next((one for one in self._tables if one.place == self._place), self._tables[0])
        self._places.menuAction().setText(table.place)
        for action in self._places.actions():
            action.setChecked(action.text() == table.place)
        self._sequence.setMaximum(table.batch)
        self._sequence.setSuffix(f" / {table.batch}")
        self._sequence.setVisible(table.batch > 1)
        rows = AttentionRows(
            table, self._bridge.tape, self._scores.isChecked(), self._gradients.isChecked(), self._sequence.value() - 1
        )
        if self._plot is None:
            self._add_plot(rows)
        else:
            self._plot.show_rows(rows)
        self._update_reading()

    def _add_plot(self, rows: AttentionRows) -> None:
        self._plot = AttentionPlot(rows, self._bridge, self._appearance, self)
        self._plot.setAccessibleName(self._appearance.say("Attention"))
        self._plot.pointed.connect(self._header.reading.set_text)
        self._column.addWidget(self._plot, 1)
        self._plot.show()

    def _update_reading(self) -> None:
        """What stands under the mouse may have been revealed."""
        if self._plot is not None and self.isVisible():
            target = self._plot.target
            self._header.reading.set_text("" if target is None else target.text)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._scores.setText(say("Scores"))
        self._scores.setToolTip(say("Show the scores before the softmax, not the weights after it."))
        self._gradients.setText(say("Gradients"))
        self._gradients.setToolTip(say("Show the loss's gradient by each weight or score."))
        self._places.menuAction().setToolTip(say("Which attention is shown."))
        self._sequence.setPrefix(say("sequence") + " ")
        for text in ("setToolTip", "setAccessibleName"):
            getattr(self._sequence, text)(say("Which sequence of the batch is shown."))
        self._nothing.setText(say("This lesson has no attention."))
        self._nothing.setFont(self._appearance.font(14))
        if self._plot is not None:
            self._plot.setAccessibleName(say("Attention"))
        self._update_reading()
