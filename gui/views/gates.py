"""The view of gates: every gate and state of a cell, unit by time step, side by side."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.gate_grid import GateGrid
from gui.views.gate_quantities import GatePlace, gate_places
from gui.views.menu_choice import add_choice
from gui.views.sequence_box import SequenceBox
from gui.views.unit_order import ORDERS, order_of
from gui.views.view_header import ViewHeader


class GatesView(QWidget):
    """Which layer, values or gradients, which sequence and in which order the units: all can be chosen."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._places: list[GatePlace] = []
        self._place = 0
        self._order_name = "number"
        self._reference = ""
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_reading)
        appearance.notation_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)

    @property
    def grid(self) -> GateGrid:
        """The pictures."""
        return self._grid

    def show_place(self, number: int) -> None:
        """Show another layer or direction, from 0."""
        self._place = number
        self._show()

    def show_gradients(self, on: bool) -> None:
        """Show the gradients by the gates, or the gates."""
        self._gradients.setChecked(on)

    def sort_units(self, name: str, reference: str = "") -> None:
        """Put the units in an order of ORDERS, judged by one symbol; by what is revealed at this moment."""
        self._order_name = name
        self._reference = reference or self._reference
        self._show()

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._place_menu, self._place_choices = self._add_menu()
        self._gradients = self._header.add_switch()
        self._order_menu, self._order_choices = self._add_menu()
        self._reference_choices = QActionGroup(self._order_menu)
        self._sequence = SequenceBox(self._bridge, self._appearance, self)
        self._header.add_widget(self._sequence)
        self._grid = GateGrid(self._bridge, self._appearance, self)
        self._nothing = EmptyNotice(self._appearance, self)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._grid, 1)
        column.addWidget(self._nothing, 1)
        self._gradients.toggled.connect(self._show)
        self._sequence.valueChanged.connect(self._show)
        self._grid.pointed.connect(self._update_reading)

    def _add_menu(self) -> tuple[QMenu, QActionGroup]:
        menu = self._header.add_menu()
        return menu, QActionGroup(menu)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        """Another tape: the same place and order where it has them."""
        self._places = gate_places(self._bridge.tape, self._appearance.labels(self._bridge.tape))
        if self._place >= len(self._places):
            self._place = 0
        self._update_menus()
        self._show()

    def _show(self, _=None) -> None:
        self._grid.setVisible(bool(self._places))
        self._nothing.setVisible(not self._places)
        self._header.setVisible(bool(self._places))
        if not self._places:
            return
        place = self._places[self._place]
        self._sequence.set_batch(place.batch)
        self._grid.show_gates(
            place.gradients if self._gradients.isChecked() else place.values, self._sequence.sequence, self._order()
        )
        self._update_titles()
        self._update_reading()

    def _order(self) -> tuple[int, ...] | None:
        """The units from top to bottom, as what is revealed now has them."""
        place = self._places[self._place]
        if self._order_name == "number":
            return None
        reference = next((one for one in place.values if one.series.symbol == self._reference), place.values[0])
        row, columns = self._sequence.sequence, []
        for t in range(1, reference.series.last + 1):
            entry = reference.shown(self._bridge.cursor, t)
            if entry is not None:
                columns.append(np.atleast_2d(np.asarray(self._bridge.tape[entry].value, dtype=float))[row])
        return order_of(self._order_name, np.array(columns).reshape(len(columns), reference.series.width))

    def _update_menus(self) -> None:
        self._place_menu.clear()
        for number, place in enumerate(self._places):
            add_choice(self._place_menu, self._place_choices, place.name, number, self.show_place)
        self._place_menu.menuAction().setVisible(len(self._places) > 1)
        self._order_menu.clear()
        for name, (text, _) in ORDERS.items():
            add_choice(self._order_menu, self._order_choices, self._appearance.say(text), name, self.sort_units)
        self._update_references()

    def _update_references(self) -> None:
        """By which symbol units are judged."""
        if not self._places:
            return
        place = self._places[self._place]
        if self._reference not in {one.series.symbol for one in place.values}:
            self._reference = place.values[0].series.symbol
        self._order_menu.addSection(self._appearance.say("judged by"))
        for quantity, name in zip(place.values, place.names, strict=True):
            symbol = quantity.series.symbol
            action = add_choice(self._order_menu, self._reference_choices, name, symbol, self._judge_by)
            action.setChecked(symbol == self._reference)

    def _judge_by(self, symbol: str) -> None:
        self.sort_units(self._order_name, symbol)

    def _update_titles(self) -> None:
        say = self._appearance.say
        self._place_menu.menuAction().setText(self._places[self._place].name)
        for number, action in enumerate(self._place_menu.actions()):
            action.setChecked(number == self._place)
        order = say(ORDERS[self._order_name][0])
        self._order_menu.menuAction().setText(say("Units {order}", order=order))
        for name, action in zip(ORDERS, self._order_menu.actions(), strict=False):
            action.setChecked(name == self._order_name)

    def _update_reading(self, _=None) -> None:
        if self.isVisible():
            self._header.reading.set_text(self._grid.reading)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._gradients.setText(say("Gradients"))
        self._gradients.setToolTip(say("Show the loss's gradient by each gate and state."))
        self._place_menu.menuAction().setToolTip(say("Which layer and direction is shown."))
        self._order_menu.menuAction().setToolTip(
            say("In which order the units are shown, judged by what is revealed when it is chosen.")
        )
        self._nothing.show_text(say("This lesson has no recurrent cell."))
        self._update_tape()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_reading()
