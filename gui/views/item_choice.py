"""The menu of states and parameters whose items can be shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from engine.analysis.items import Items
from gui.appearance import Appearance
from gui.notation.labels import Labels
from gui.typesetting.plain_text import plain_text
from gui.views.item_names import item_symbol, place_of
from gui.views.menu_choice import add_choice


class ItemChoice(QObject):
    """One of them is chosen; another tape that has it keeps it chosen.

    Signals: changed, when another one is chosen.
    """

    changed = Signal()

    def __init__(self, menu: QMenu, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu, self._appearance = menu, appearance
        self._group = QActionGroup(menu)
        self._items: list[Items] = []
        self._letters: dict[str, str] = {}
        self._name = ""
        self._visible = True
        appearance.language_changed.connect(self._update_texts)
        self._update_texts()

    @property
    def name(self) -> str:
        """What is chosen; empty while there is nothing to choose from."""
        return self._name

    @property
    def names(self) -> list[str]:
        """What can be chosen."""
        return [one.name for one in self._items]

    def choose(self, name: str) -> None:
        """Choose a state or parameter, if there is one of that name."""
        if name in self.names and name != self._name:
            self._name = name
            self._update_texts()
            self.changed.emit()

    def offer(self, items: list[Items], labels: Labels) -> None:
        """Let the user choose among others, called as a notation has them."""
        same = [one.name for one in items] == self.names
        self._items = items
        self._letters = {one.name: plain_text(item_symbol(one, labels).latex) for one in items}
        if self._name not in self.names:
            # The state that goes up and out is what most people ask for; it comes last in a cell.
            states = [one.name for one in items if one.is_state]
            self._name = states[-1] if states else next(iter(self.names), "")
        if not same:
            self._build()
        self._update_texts()

    def set_visible(self, on: bool) -> None:
        """Show the menu, or hide it."""
        self._visible = on
        self._menu.menuAction().setVisible(on and bool(self._items))

    def _build(self) -> None:
        self._menu.clear()
        for place, one in enumerate(self._items):
            if place and one.is_state != self._items[place - 1].is_state:
                self._menu.addSeparator()
            add_choice(self._menu, self._group, "", one.name, self.choose)

    def _update_texts(self) -> None:
        by_name = {one.name: one for one in self._items}
        for action in self._menu.actions():
            found = by_name.get(action.data() or "")
            if found is not None:
                action.setText(self._describe(found))
                action.setChecked(found.name == self._name)
        shown = by_name.get(self._name)
        title = self._menu.menuAction()
        title.setText(self._describe(shown) if shown is not None else "")
        title.setToolTip(self._appearance.say("Which state's or parameter's gradient is taken apart."))
        title.setVisible(self._visible and bool(self._items))

    def _describe(self, items: Items) -> str:
        name, place = self._letters[items.name], place_of(items.name)
        kind = self._appearance.say("state") if items.is_state else self._appearance.say("parameter")
        return f"{name}  {kind}" + (f" ({place})" if place else "")
