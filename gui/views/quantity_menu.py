"""The menu of what can be shown over time: states first, gates and gradients in menus of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from engine.tensor import Role
from gui.appearance import Appearance
from gui.language import translatable
from gui.typesetting.plain_text import plain_text
from gui.views.quantity_places import cell_place, handed_on
from gui.views.tape_series import Quantity

Key = tuple[str, str, bool]

_MEANINGS = {
    "state": translatable("hidden state"),
    "input": translatable("input"),
    "target": translatable("target"),
    "output": translatable("output"),
    "loss": translatable("loss"),
    "gate": translatable("gate"),
}
_CELL_STATE = translatable("cell state")
_AT_ONCE = 8
"""So many steps inside of cells are listed with the others; more get a menu for each cell."""


class QuantityMenu(QObject):
    """Choices are the same objects until other quantities, names or words are offered.

    Signals: chosen(Quantity), when the user clicks one.
    """

    chosen = Signal(object)

    def __init__(self, menu: QMenu, appearance: Appearance, *, several: bool = False) -> None:
        """``several`` can be checked at once, or one."""
        super().__init__(menu)
        self._menu, self._appearance, self._several = menu, appearance, several
        self._offered: tuple[object, ...] = ()
        self._quantities: dict[Key, Quantity] = {}
        self._actions: dict[Key, QAction] = {}
        self._group: QActionGroup | None = None

    @property
    def actions(self) -> dict[Key, QAction]:
        """The choices by the key of what they stand for."""
        return self._actions

    def offer(self, quantities: Sequence[Quantity]) -> None:
        """Let the user choose among others."""
        self._quantities = {one.key: one for one in quantities}
        offered = tuple((one.key, self.describe(one)) for one in quantities)
        if offered != self._offered:
            self._offered = offered
            self._build(quantities)

    def check(self, keys: Collection[Key]) -> None:
        """Mark what is shown."""
        for key, action in self._actions.items():
            action.setChecked(key in keys)

    def describe(self, quantity: Quantity) -> str:
        """Name and meaning in one line."""
        series = quantity.series
        name = plain_text(quantity.latex(""))
        place = f" ({series.place})" if series.place else ""
        if quantity.gradient:
            if not name.startswith("δ"):
                return f"{name}{place}"
            whole = plain_text(quantity.labels.derivative_alone(series.symbol, series.role, series.scope))
            return f"{name} = {whole}{place}"
        of_cell = series.role is Role.STATE and series.symbol == "c"
        meaning = _CELL_STATE if of_cell else _MEANINGS.get(series.role.value)
        return f"{name}{place}  {self._appearance.say(meaning)}" if meaning else f"{name}{place}"

    def _build(self, quantities: Sequence[Quantity]) -> None:
        self._menu.clear()
        for menu in self._menu.findChildren(QMenu):
            menu.deleteLater()
        if self._group is not None:
            self._group.deleteLater()
        self._group = None if self._several else QActionGroup(self._menu)
        self._actions = {}
        values = [one for one in quantities if not one.gradient]
        gradients = [one for one in quantities if one.gradient]
        self._list(self._menu, values)
        if values and gradients:
            self._list(self._menu.addMenu(self._appearance.say("Gradients")), gradients)
        else:
            self._list(self._menu, gradients)

    def _list(self, menu: QMenu, quantities: Sequence[Quantity]) -> None:
        """The network's own states and steps, then those inside of cells."""
        states = {id(one) for one in handed_on([quantity.series for quantity in quantities])}
        inner: dict[str, list[Quantity]] = {}
        for one in quantities:
            if id(one.series) in states or not cell_place(one):
                self._add(menu, one)
            else:
                inner.setdefault(cell_place(one), []).append(one)
        apart = len(inner) > 1 or sum(map(len, inner.values())) > _AT_ONCE
        if inner and not apart:
            menu.addSeparator()
        for place, members in inner.items():
            within = menu.addMenu(place) if apart else menu
            for one in members:
                self._add(within, one)

    def _add(self, menu: QMenu, quantity: Quantity) -> None:
        action = menu.addAction(self.describe(quantity))
        action.setCheckable(True)
        if self._group is not None:
            action.setActionGroup(self._group)
        key = quantity.key
        action.triggered.connect(lambda: self._choose(key))
        self._actions[key] = action

    def _choose(self, key: Key) -> None:
        if key in self._quantities:
            self.chosen.emit(self._quantities[key])
