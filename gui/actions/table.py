"""All actions in the order of the menus; refuses doubled ids and doubled keys."""

from collections.abc import Iterable

from engine.lesson_titles import lesson_titles
from gui.actions import canvas, edit, file, help, run, view
from gui.actions.action import Action
from gui.notation.notation_file import notations
from gui.views import VIEWS


class DoubledActionError(ValueError):
    """Two actions have the same id or the same key: a slip in the lists of actions."""


def all_actions() -> tuple[Action, ...]:
    """Every action there is."""
    return checked((
        *file.lesson_actions(lesson_titles()), *file.ACTIONS, *edit.ACTIONS, *run.ACTIONS,
        *canvas.ACTIONS, *view.notation_actions(notations()), *view.ACTIONS, *view.panel_actions(VIEWS), *help.ACTIONS,
    ))  # fmt: skip


def checked(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The same actions.

    Raises:
        DoubledActionError: an id or a key stands twice.
    """
    actions = tuple(actions)
    ids: set[str] = set()
    keys: dict[str, str] = {}
    for action in actions:
        if action.id in ids:
            raise DoubledActionError(f"two actions have the id {action.id}")
        ids.add(action.id)
        for key in action.keys:
            if key in keys:
                raise DoubledActionError(f"{action.id} and {keys[key]} both have the key {key}")
            keys[key] = action.id
    return actions
