"""The view of contributions: what each time step adds to each gradient, and how much of it comes from which loss."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QSpinBox, QStackedWidget, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.contribution_rows import ContributionRows
from gui.views.flush_column import FlushColumn
from gui.views.item_choice import ItemChoice
from gui.views.item_matrix import ItemMatrix
from gui.views.item_source import ItemSource
from gui.views.number_text import number_text
from gui.views.view_header import ViewHeader


class ContributionsView(QWidget):
    """By time step: one row for each parameter. By loss and time step: a matrix for one of the states or parameters.

    Contributions and items appear when they have been added to the gradient.
    """

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._source = ItemSource(bridge, self)
        self._build()
        self._update_appearance()
        self._connect()

    @property
    def rows(self) -> ContributionRows:
        """The plot by time step."""
        return self._rows

    @property
    def matrix(self) -> ItemMatrix:
        """The plot by loss and time step."""
        return self._matrix

    @property
    def source(self) -> ItemSource:
        """What the matrix shows."""
        return self._source

    @property
    def choice(self) -> ItemChoice:
        """Which state or parameter the matrix shows."""
        return self._choice

    @property
    def reading(self) -> str:
        """The line above the plot."""
        return self._header.reading.text

    @property
    def by_loss(self) -> bool:
        """Whether the matrix is shown."""
        return self._by_loss.isChecked()

    def show_by_loss(self, on: bool) -> None:
        """Show the matrix by loss and time step, or the rows by time step."""
        (self._by_loss if on else self._by_time).setChecked(True)

    def show_items(self, name: str) -> None:
        """Show the matrix of a state or parameter, if the tape has it."""
        self.show_by_loss(True)
        self._choice.choose(name)

    def show_logarithmic(self, on: bool) -> None:
        """Colour the matrix by powers of ten, or in proportion."""
        self._logarithmic.setChecked(on)

    def show_sequence(self, number: int | None) -> None:
        """Show the items of one sequence of the batch, from 0, or of all of them."""
        self._sequence.setValue(0 if number is None else number + 1)

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._mode = self._header.add_menu()
        group = QActionGroup(self._mode)
        self._by_time, self._by_loss = self._mode.addAction(""), self._mode.addAction("")
        for action in (self._by_time, self._by_loss):
            action.setCheckable(True)
            action.setActionGroup(group)
        self._by_time.setChecked(True)
        self._choice = ItemChoice(self._header.add_menu(), self._appearance, self)
        self._logarithmic = self._header.add_switch()
        self._sequence = QSpinBox(self)
        self._header.add_widget(self._sequence)
        self._rows = ContributionRows(self._bridge, self._appearance, self)
        self._matrix = ItemMatrix(self._bridge, self._appearance, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._rows)
        self._stack.addWidget(self._matrix)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for plot in (self._rows, self._matrix):
            plot.pointed.connect(self._update_reading)
        self._by_loss.toggled.connect(self._update_mode)
        self._choice.changed.connect(self._update_matrix)
        self._logarithmic.toggled.connect(self._update_matrix)
        self._sequence.valueChanged.connect(self._take_sequence)
        self._source.renewed.connect(self._update_items)
        self._source.changed.connect(self._update_numbers)
        self._bridge.tape_changed.connect(self._update_tape)
        self._bridge.cursor_moved.connect(self._update_reading)
        self._appearance.notation_changed.connect(self._update_items)
        self._appearance.changed.connect(self._update_appearance)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_mode(self) -> None:
        self._stack.setCurrentWidget(self._matrix if self.by_loss else self._rows)
        self._source.look(self.by_loss and self.isVisible())
        self._update_options()
        self._update_reading()

    def _update_options(self) -> None:
        self._mode.menuAction().setText((self._by_loss if self.by_loss else self._by_time).text())
        self._choice.set_visible(self.by_loss)
        self._logarithmic.setVisible(self.by_loss)
        self._sequence.setVisible(self.by_loss and self._source.batch > 1)

    def _update_tape(self) -> None:
        # What is drawn is another tape's; the choice stays until it is known what this one has.
        self._update_matrix()

    def _update_items(self) -> None:
        self._choice.offer(list(self._source.items.values()), self._appearance.labels(self._bridge.tape))
        self._sequence.blockSignals(True)
        self._sequence.setRange(0, self._source.batch)
        self._sequence.blockSignals(False)
        self._update_suffix()
        self._update_options()
        self._update_matrix()

    def _update_matrix(self) -> None:
        items = self._source.items.get(self._choice.name)
        self._matrix.show_items(
            items, length=self._source.length, logarithmic=self._logarithmic.isChecked(),
            whole_batch=self._source.sequence is None,
        )  # fmt: skip
        self._update_reading()

    def _update_numbers(self) -> None:
        self._matrix.viewport().update()
        self._update_reading()

    def _take_sequence(self, value: int) -> None:
        self._source.show_sequence(value - 1 if value else None)
        self._update_suffix()

    def _update_suffix(self) -> None:
        self._sequence.setSuffix(f" / {self._source.batch}" if self._sequence.value() else "")

    def _update_reading(self, _: str = "") -> None:
        if not self.isVisible():
            return
        target = (self._matrix if self.by_loss else self._rows).target
        summary = self._items_summary if self.by_loss else self._summary
        self._header.reading.set_text(target.text if target is not None else summary())

    def _summary(self) -> str:
        rows = self._rows.parameters
        if not rows:
            return self._appearance.say("No parameter gets a gradient here.")
        counts = [self._rows.count(row) for row in range(len(rows))]
        if any(count < len(one.spans) for count, one in zip(counts, rows, strict=True)):
            return self._appearance.say("{count} of {all} contributions added", count=sum(counts),
                                        all=sum(len(one.spans) for one in rows))  # fmt: skip
        largest = max(one.difference for one in rows)
        return self._appearance.say("Every sum Σ is the gradient; largest difference {value}",
                                    value=number_text(largest, 2))  # fmt: skip

    def _items_summary(self) -> str:
        say, items, source = self._appearance.say, self._matrix.items, self._source
        if items is None:
            return "" if source.done == 0 else say("Nothing here gets a gradient.")
        arrived, shown = (items.arrival >= 0) & (items.arrival < self._bridge.cursor.position), self._matrix.shown
        if int(arrived.sum()) > int(shown.sum()):
            return say("computing the items … {percent} %", percent=round(100 * source.done))
        count, whole = int(shown.sum()), int((items.arrival >= 0).sum())
        parts = [say("{count} of {all} items added", count=count, all=whole)]
        if source.left_out:
            parts.append(say("the first {count} losses are left out", count=source.left_out))
        return ", ".join(parts)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._by_time.setText(say("by time step"))
        self._by_loss.setText(say("by loss and time step"))
        self._mode.menuAction().setToolTip(say("How the gradient is taken apart."))
        self._logarithmic.setText(say("Logarithmic"))
        self._logarithmic.setToolTip(say("Colour by powers of ten, so that small items can be told from none."))
        self._sequence.setSpecialValueText(say("all sequences"))
        self._sequence.setPrefix(say("sequence") + " ")
        self._sequence.setToolTip(say("Which sequence of the batch is shown."))
        self._sequence.setAccessibleName(say("Which sequence of the batch is shown."))
        self._rows.setAccessibleName(
            say("Contributions: what each time step adds to the gradient of each parameter")
        )
        self._matrix.setAccessibleName(say("Itemized gradient: what each loss adds at each time step"))
        self._update_options()
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._source.look(self.by_loss)
        self._update_reading()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._source.look(False)
