"""The menu bar, built from the actions."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.actions.action import Action
from gui.actions.action_set import ActionSet
from gui.appearance import Appearance


class Menus(QObject):
    """One menu for every name that the actions give, in the order in which they come."""

    def __init__(self, bar: QMenuBar, actions: ActionSet, appearance: Appearance) -> None:
        super().__init__(bar)
        self._bar = bar
        self._actions = actions
        self._appearance = appearance
        self._menus: dict[tuple[str, str], QMenu] = {}
        self._last_group: dict[tuple[str, str], int] = {}
        for action in actions.actions:
            self._add(action)
        self._update_titles()
        appearance.language_changed.connect(self._update_titles)

    def _add(self, action: Action) -> None:
        top = self._menu(action.menu, "")
        if action.submenu and (action.menu, action.submenu) not in self._menus:
            self._separate((action.menu, ""), action.group)
            self._menus[action.menu, action.submenu] = top.addMenu("")
        where = (action.menu, action.submenu)
        self._separate(where, action.group)
        self._menus[where].addAction(self._actions[action.id])

    def _menu(self, title: str, within: str) -> QMenu:
        if (title, within) not in self._menus:
            self._menus[title, within] = self._bar.addMenu("")
        return self._menus[title, within]

    def _separate(self, where: tuple[str, str], group: int) -> None:
        if self._last_group.get(where, group) != group:
            self._menus[where].addSeparator()
        self._last_group[where] = group

    def _update_titles(self) -> None:
        for (title, within), menu in self._menus.items():
            menu.setTitle(self._appearance.say(within or title))
