"""A choice of a menu: one of several, of which one is checked."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

ValueT = TypeVar("ValueT")


def add_choice(
    menu: QMenu, group: QActionGroup, text: str, value: ValueT, choose: Callable[[ValueT], None]
) -> QAction:  # fmt: skip
    """Add a choice to a menu; picked, it hands on its value, which also is its data."""
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setActionGroup(group)
    action.setData(value)
    action.triggered.connect(lambda: choose(value))
    return action
