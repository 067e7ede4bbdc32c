"""Shows views of bridges, for the tests of the views."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.bridge import Bridge

ViewT = TypeVar("ViewT", bound=QWidget)


class Showing:
    """Called with a view's class, it shows one; it keeps the bridges, and closes them at the end."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._bridges: list[Bridge] = []

    def keep(self, bridge: Bridge) -> Bridge:
        """A bridge, to be closed at the end."""
        if bridge not in self._bridges:
            self._bridges.append(bridge)
        return bridge

    def __call__(
        self, kind: Callable[[Bridge, Appearance], ViewT], bridge: Bridge, size: tuple[int, int],
        look: Appearance | None = None,
    ) -> ViewT:  # fmt: skip
        """A view of a bridge on the screen, as large as said."""
        view = kind(self.keep(bridge), look or Appearance())
        self._qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        return view

    def close(self) -> None:
        """Close every bridge."""
        for bridge in self._bridges:
            bridge.close()
