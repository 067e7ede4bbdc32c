"""The view of hidden states: a quantity of every unit at every time step, as a heatmap or as curves."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.typesetting.plain_text import plain_text
from gui.views.tape_series import Quantity, quantities
from gui.views.unit_heatmap import UnitHeatmap
from gui.views.unit_lines import UnitLines
from gui.views.view_header import ViewHeader

_MEANINGS = {
    "state": translatable("hidden state"),
    "input": translatable("input"),
    "target": translatable("target"),
    "output": translatable("output"),
    "loss": translatable("loss"),
    "gate": translatable("gate"),
}
_CELL_STATE = translatable("cell state")


class HiddenStatesView(QWidget):
    """Time on x, units on y; which quantity, which sequence of the batch and which form can be chosen."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._quantities = quantities(bridge.tape, appearance.labels(bridge.tape))
        self._quantity = self._quantities[0]
        self._build()
        self._update_choices()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_reading)
        appearance.notation_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)

    @property
    def quantity(self) -> Quantity:
        """What is shown."""
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
        """The form that is shown."""
        return self._lines if self._curves.isChecked() else self._heatmap

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._menu = self._header.add_menu()
        self._choices = QActionGroup(self._menu)
        self._curves = self._header.add_switch()
        self._sequence = QSpinBox(self)
        self._header.add_widget(self._sequence)
        self._heatmap = UnitHeatmap(self._bridge, self._appearance, self._quantity, self)
        self._lines = UnitLines(self._bridge, self._appearance, self._quantity, self)
        self._stack = QStackedWidget(self)
        for plot in (self._heatmap, self._lines):
            self._stack.addWidget(plot)
            plot.pointed.connect(self._update_reading)
            plot.verticalScrollBar().valueChanged.connect(self._update_reading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._curves.toggled.connect(self._switch_form)
        self._sequence.valueChanged.connect(self._show)

    def _switch_form(self) -> None:
        self._stack.setCurrentWidget(self.plot)
        self._update_reading()

    def _take(self, quantity: Quantity) -> None:
        self._quantity = quantity
        self._show()
        self._update_title()

    def _show(self) -> None:
        for plot in (self._heatmap, self._lines):
            plot.show_quantity(self._quantity, self._sequence.value() - 1)
        self._update_reading()

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        key = self._quantity.key
        self._quantities = quantities(self._bridge.tape, self._appearance.labels(self._bridge.tape))
        self._quantity = next((one for one in self._quantities if one.key == key), self._quantities[0])
        self._update_choices()
        self._show()

    def _update_choices(self) -> None:
        batch = self._quantity.series.batch
        self._sequence.blockSignals(True)
        self._sequence.setRange(1, batch)
        self._sequence.blockSignals(False)
        self._sequence.setVisible(batch > 1)
        self._menu.clear()
        for quantity in self._quantities:
            action = self._menu.addAction(self._describe(quantity))
            action.setCheckable(True)
            action.setChecked(quantity.key == self._quantity.key)
            action.setActionGroup(self._choices)
            self._connect_choice(action, quantity)
        self._update_title()

    def _connect_choice(self, action: QAction, quantity: Quantity) -> None:
        action.triggered.connect(lambda: self._take(quantity))

    def _update_title(self) -> None:
        self._menu.menuAction().setText(self._describe(self._quantity))
        for action, quantity in zip(self._menu.actions(), self._quantities, strict=True):
            action.setChecked(quantity.key == self._quantity.key)

    def _describe(self, quantity: Quantity) -> str:
        name = plain_text(quantity.latex(""))
        place = f" ({quantity.series.place})" if quantity.series.place else ""
        if quantity.gradient:
            whole = plain_text(quantity.labels.derivative_alone(quantity.series.symbol, quantity.series.role))
            return f"{name} = {whole}{place}" if name.startswith("δ") else f"{name}{place}"
        of_cell = quantity.series.role is Role.STATE and quantity.series.symbol == "c"
        meaning = _CELL_STATE if of_cell else _MEANINGS.get(quantity.series.role.value)
        return f"{name}{place}  {self._appearance.say(meaning)}" if meaning else f"{name}{place}"

    def _update_reading(self, _=None) -> None:
        if self.isVisible():
            target = self.plot.target
            self._header.reading.set_text(target.text if target is not None else self.plot.cut)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._curves.setText(say("Curves"))
        self._curves.setToolTip(say("Draw each unit's values as a curve over time."))
        self._sequence.setPrefix(say("sequence") + " ")
        self._sequence.setSuffix(f" / {self._quantity.series.batch}")
        self._sequence.setToolTip(say("Which sequence of the batch is shown."))
        self._sequence.setAccessibleName(say("Which sequence of the batch is shown."))
        self._menu.menuAction().setToolTip(say("What is shown over time."))
        for plot in (self._heatmap, self._lines):
            plot.setAccessibleName(say("Hidden states over time"))
        self._update_choices()
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_reading()
