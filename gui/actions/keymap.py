"""Which keys do what: the defaults of the actions, and what the user changed."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from engine.errors import BackstepError
from gui.actions.action import Action


class KeyTakenError(BackstepError):
    """A key belongs to another action."""


class Keymap:
    """The keys of every action, each key once."""

    def __init__(self, actions: Iterable[Action], changed: Mapping[str, Iterable[str]] | None = None) -> None:
        """Take the defaults, then the user's changes over them.

        Changes of actions that there are no more are left out, and so is a key that would stand twice.
        """
        self._defaults = {action.id: tuple(portable(key) for key in action.keys) for action in actions}
        self._changed: dict[str, tuple[str, ...]] = {}
        for name, keys in (changed or {}).items():
            if name in self._defaults:
                self._changed[name] = tuple(found for found in map(portable, keys) if found)
        self._drop_doubles()

    def _drop_doubles(self) -> None:
        seen: set[str] = set()
        for name in sorted(self._defaults, key=lambda name: name not in self._changed):
            keys = self.keys(name)
            free = tuple(key for key in keys if key not in seen)
            if free != keys:
                self._changed[name] = free
            seen.update(free)

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """What differs from the defaults, to be remembered."""
        return {name: keys for name, keys in self._changed.items() if keys != self._defaults[name]}

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action, the one to show first."""
        return self._changed.get(name, self._defaults[name])

    def owner(self, key: str) -> str | None:
        """The action that a key belongs to."""
        key = portable(key)
        return next((name for name in self._defaults if key in self.keys(name)), None)

    def assign(self, name: str, keys: Iterable[str], *, take_over: bool = False) -> None:
        """Give an action other keys.

        Args:
            name: the action's id.
            keys: as Qt writes them.
            take_over: take a key away from the action it belongs to.

        Raises:
            KeyTakenError: a key belongs to another action; nothing was changed.
        """
        wanted = tuple(dict.fromkeys(found for found in map(portable, keys) if found))
        taken = {key: owner for key in wanted if (owner := self.owner(key)) is not None and owner != name}
        if taken and not take_over:
            key, owner = next(iter(taken.items()))
            raise KeyTakenError("The key {key} belongs to “{owner}”.", key=shown(key), owner=owner)
        for key, owner in taken.items():
            self._changed[owner] = tuple(kept for kept in self.keys(owner) if kept != key)
        self._changed[name] = wanted

    def reset(self, name: str | None = None) -> None:
        """Back to the default keys, of one action or of all.

        Raises:
            KeyTakenError: a default key belongs to another action now; nothing was changed.
        """
        if name is None:
            self._changed.clear()
        else:
            self.assign(name, self._defaults[name])


def portable(key: str) -> str:
    """A key as it is remembered, the same for all spellings; empty for what is no key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def shown(key: str) -> str:
    """A key as this system writes it."""
    arrows = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    head, plus, last = text.rpartition("+")
    return f"{head}{plus}{arrows.get(last, last)}"
