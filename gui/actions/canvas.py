"""The Canvas menu."""

from gui.actions.action import Action

ACTIONS: tuple[Action, ...] = ()
