"""The watches of each lesson, kept while the program runs."""

from __future__ import annotations

from engine.debugger.watches import WatchExpression


class WatchLists:
    """One list of watches for every lesson, in the user's order."""

    def __init__(self) -> None:
        self._lists: dict[str, list[WatchExpression]] = {}

    def of(self, lesson: str) -> tuple[WatchExpression, ...]:
        """The watches of a lesson, by its id."""
        return tuple(self._lists.get(lesson, ()))

    def add(self, lesson: str, expression: WatchExpression) -> bool:
        """Add a watch at the end; False if it is there already."""
        watches = self._lists.setdefault(lesson, [])
        if expression in watches:
            return False
        watches.append(expression)
        return True

    def remove(self, lesson: str, place: int) -> None:
        """Remove the watch at a place, from 0."""
        del self._lists[lesson][place]

    def move(self, lesson: str, place: int, by: int) -> int:
        """Move a watch up (negative) or down, at most to an end of the list; its new place."""
        watches = self._lists[lesson]
        expression = watches.pop(place)
        place = min(max(place + by, 0), len(watches))
        watches.insert(place, expression)
        return place
