"""The menu of a right click on a cell of attention."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from gui.appearance import Appearance
from gui.views.attention_table import AttentionRows
from gui.views.weight_forcing import Cell, WeightForcing

FORCE, ONLY, STOP = "F", "O", "Del"
"""Keys that do the same with the cell pointed at."""
WISHES: dict[Qt.Key, Callable[[WeightForcing, AttentionRows, Cell], None]] = {
    Qt.Key.Key_F: lambda forcing, rows, cell: forcing.ask(rows, cell),
    Qt.Key.Key_O: lambda forcing, rows, cell: forcing.look_only_here(rows, cell),
    Qt.Key.Key_Delete: lambda forcing, rows, cell: forcing.stop(rows, cell[0]),
}


def cell_menu(
    forcing: WeightForcing,
    rows: AttentionRows,
    cell: Cell,
    run_to: Callable[[], None],
    look: Appearance,
    parent: QWidget,
) -> QMenu:
    """What can be done with a cell; the caller shows it."""
    menu, say = QMenu(parent), look.say
    menu.setToolTipsVisible(True)
    menu.addAction(say("Run to here"), run_to)
    menu.addSeparator()
    why_not = forcing.refusal(rows, cell)
    for text, key, do in (
        (say("Force this weight…"), FORCE, lambda: forcing.ask(rows, cell)),
        (say("Look only here"), ONLY, lambda: forcing.look_only_here(rows, cell)),
    ):
        action = menu.addAction(f"{text}\t{key}", do)
        action.setEnabled(not why_not)
        action.setToolTip(why_not)
    stop = menu.addAction(f"{say('Stop forcing this row')}\t{STOP}", lambda: forcing.stop(rows, cell[0]))
    stop.setEnabled(bool(rows.forced(cell[0]).any()))
    every = menu.addAction(say("Stop forcing"), forcing.stop_all)
    every.setEnabled(forcing.any)
    return menu
