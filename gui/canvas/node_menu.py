"""The menu of a right click: what can be done with a node or a scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from graphs.drawing import Region
from gui.appearance import Appearance


@dataclass(frozen=True)
class Target:
    """What was clicked: an entry (-1 for none), its address, the scope around it, whether it has a breakpoint."""

    entry: int
    executed: bool
    address: str
    region: Region | None
    has_breakpoint: bool


@dataclass(frozen=True)
class Wishes:
    """What the menu can ask for; ``all_attention`` is None where there is none to show."""

    run_to: Callable[[int], None]
    toggle_breakpoint: Callable[[int], None]
    select: Callable[[int], None]
    set_closed: Callable[[str, bool], None]
    forget_folding: Callable[[], None]
    show: Callable[[int], None]
    fit: Callable[[], None]
    all_attention: Callable[[bool], None] | None = None
    shows_all_attention: bool = False


def node_menu(target: Target, wishes: Wishes, appearance: Appearance, parent: QWidget) -> QMenu:
    """A menu for what was clicked; the caller shows it."""
    menu = QMenu(parent)
    say = appearance.say
    entry, region = target.entry, target.region
    if entry >= 0:
        if target.executed:
            _add(menu, say("Run to here"), lambda: wishes.run_to(entry))
            text = say("Remove breakpoint") if target.has_breakpoint else say("Set breakpoint")
            _add(menu, text, lambda: wishes.toggle_breakpoint(entry))
        _add(menu, say("Select"), lambda: wishes.select(entry))
        _add(menu, say("Copy address"), lambda: QGuiApplication.clipboard().setText(target.address))
        _add(menu, say("Show at this size"), lambda: wishes.show(entry))
        menu.addSeparator()
    if region is not None:
        text = say("Unfold {name}", name=region.name) if region.closed else say("Fold {name}", name=region.name)
        _add(menu, text, lambda: wishes.set_closed(region.path, not region.closed))
    _add(menu, say("Leave folding to the zoom"), wishes.forget_folding)
    _add(menu, say("Show all"), wishes.fit)
    if wishes.all_attention is not None:
        _add_switch(menu, say("All attention"), wishes.shows_all_attention, wishes.all_attention)
    return menu


def _add(menu: QMenu, text: str, do: Callable[[], None]) -> None:
    action = QAction(text, menu)
    action.triggered.connect(lambda checked=False: do())
    menu.addAction(action)


def _add_switch(menu: QMenu, text: str, on: bool, do: Callable[[bool], None]) -> None:
    action = QAction(text, menu)
    action.setCheckable(True)
    action.setChecked(on)
    action.toggled.connect(do)
    menu.addAction(action)
