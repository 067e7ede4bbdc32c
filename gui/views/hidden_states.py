"""The view of hidden states: a quantity of every unit at every time step, as a heatmap or as curves."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.quantity_menu import QuantityMenu
from gui.views.quantity_places import handed_on
from gui.views.sequence_box import SequenceBox
from gui.views.tape_series import Quantity, quantities
from gui.views.unit_heatmap import UnitHeatmap
from gui.views.unit_lines import UnitLines
from gui.views.view_header import ViewHeader


class HiddenStatesView(QWidget):
    """Time on x, units on y; which quantity, which sequence of the batch and which form can be chosen."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._quantities = quantities(bridge.tape, appearance.labels(bridge.tape))
        self._quantity = self._first()
        self._heatmap: UnitHeatmap | None = None
        self._lines: UnitLines | None = None
        self._build()
        self._update_plots()
        self._update_choices()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_reading)
        appearance.notation_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there over time, which is said instead."""
        return self._quantity is None

    @property
    def quantity(self) -> Quantity:
        """What is shown, unless it is empty."""
        assert self._quantity is not None, "nothing is there over time"
        return self._quantity

    def show_quantity(self, symbol: str, gradient: bool = False) -> None:
        """Show a symbol's values or gradients, if the tape has them."""
        found = next((one for one in self._quantities if one.key[1:] == (symbol, gradient)), None)
        if found is not None:
            self._take(found)

    def show_curves(self, on: bool) -> None:
        """Show curves, or the heatmap."""
        self._curves.setChecked(on)

    def show_sequence(self, number: int) -> None:
        """Show another sequence of the batch, from 0."""
        self._sequence.setValue(number + 1)

    @property
    def plot(self) -> UnitHeatmap | UnitLines:
        """The form that is shown, unless it is empty."""
        found = self._lines if self._curves.isChecked() else self._heatmap
        assert found is not None, "nothing was there over time"
        return found

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._title = self._header.add_menu()
        self._menu = QuantityMenu(self._title, self._appearance)
        self._curves = self._header.add_switch()
        self._sequence = SequenceBox(self._bridge, self._appearance, self)
        self._header.add_widget(self._sequence)
        self._stack = QStackedWidget(self)
        self._nothing = EmptyNotice(self._appearance, self)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        column.addWidget(self._nothing, 1)
        self._menu.chosen.connect(self._take)
        self._curves.toggled.connect(self._switch_form)
        self._sequence.valueChanged.connect(self._show)

    def _update_plots(self) -> None:
        """Make the plots when there is something for them to show, or say that there is not."""
        if self._quantity is not None and self._heatmap is None:
            self._heatmap = UnitHeatmap(self._bridge, self._appearance, self._quantity, self)
            self._lines = UnitLines(self._bridge, self._appearance, self._quantity, self)
            for plot in (self._heatmap, self._lines):
                self._stack.addWidget(plot)
                plot.pointed.connect(self._update_reading)
                plot.verticalScrollBar().valueChanged.connect(self._update_reading)
                plot.setAccessibleName(self._appearance.say("Hidden states over time"))
            self._switch_form()
        for widget in (self._header, self._stack):
            widget.setVisible(self._quantity is not None)
        self._nothing.setVisible(self._quantity is None)

    def _switch_form(self) -> None:
        if self._heatmap is not None:
            self._stack.setCurrentWidget(self.plot)
        self._update_reading()

    def _take(self, quantity: Quantity) -> None:
        self._quantity = quantity
        self._show()
        self._update_title()

    def _show(self) -> None:
        for plot in (self._heatmap, self._lines):
            if plot is not None and self._quantity is not None:
                plot.show_quantity(self._quantity, self._sequence.sequence)
        self._update_reading()

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        key = None if self._quantity is None else self._quantity.key
        self._quantities = quantities(self._bridge.tape, self._appearance.labels(self._bridge.tape))
        self._quantity = next((one for one in self._quantities if one.key == key), None) or self._first()
        self._update_plots()
        self._update_choices()
        self._show()

    def _update_choices(self) -> None:
        batch = 1 if self._quantity is None else self._quantity.series.batch
        self._sequence.set_batch(batch)
        self._menu.offer(self._quantities)
        self._update_title()

    def _first(self) -> Quantity | None:
        """The state that goes up out of the first layer; without any state, whatever comes first, if anything does."""
        if not self._quantities:
            return None
        state = next(iter(handed_on([one.series for one in self._quantities])), None)
        return next((one for one in self._quantities if one.series is state), self._quantities[0])

    def _update_title(self) -> None:
        if self._quantity is None:
            return
        self._title.menuAction().setText(self._menu.describe(self._quantity))
        self._menu.check([self._quantity.key])

    def _update_reading(self, _=None) -> None:
        if self.isVisible() and not self.is_empty:
            target = self.plot.target
            self._header.reading.set_text(target.text if target is not None else self.plot.cut)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._curves.setText(say("Curves"))
        self._curves.setToolTip(say("Draw each unit's values as a curve over time."))
        self._title.menuAction().setToolTip(say("What is shown over time."))
        self._nothing.show_text(say("This network has no hidden states: it computes all at once, without time steps."))
        for plot in (self._heatmap, self._lines):
            if plot is not None:
                plot.setAccessibleName(say("Hidden states over time"))
        self._update_choices()
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_reading()
