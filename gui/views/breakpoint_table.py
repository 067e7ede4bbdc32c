"""The breakpoints: a table, and a row to add one."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.debugger.breakpoints import Condition
from engine.errors import AddressError, BackstepError
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.breakpoint_entry import BreakpointEntry
from gui.views.breakpoint_model import HITS, WHEN, BreakpointModel
from gui.views.icon_button import IconButton
from gui.views.row_table import RowTable
from gui.views.sentence import Sentence

_WHEN_WIDTH = 108.0
_HITS_WIDTH = 44.0


class BreakpointTable(QWidget):
    """Every breakpoint with a switch; a double click or Enter runs to the next step it stops at."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._model = BreakpointModel(bridge, appearance, self)
        self._build()
        self._update_appearance()
        bridge.breakpoints_changed.connect(self._update_points)
        bridge.cursor_moved.connect(self._sentence.clear)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._heading = QLabel()
        self._heading.setProperty("kind", "heading")
        self._run = IconButton("run", translatable("Run to the next step it stops at (Enter)"), self._appearance,
                               self._run_current)
        self._away = IconButton("close", translatable("Remove the breakpoint (Delete)"), self._appearance,
                                self._remove)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._heading, 1)
        top.addWidget(self._run)
        top.addWidget(self._away)
        self._table = RowTable(self._model, self._appearance)
        self._table.activated.connect(self._run_to_match)
        self._table.removal_wanted.connect(self._remove)
        self._table.selectionModel().currentRowChanged.connect(self._update_buttons)
        self._sentence = Sentence(self._appearance)
        entry = BreakpointEntry(self._bridge, self._appearance)
        entry.wanted.connect(self._add)
        entry.refused.connect(self._sentence.say)
        self._layout = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(top)
        whole.addWidget(self._table, 1)
        whole.addWidget(self._sentence)
        whole.addWidget(entry)

    def _add(self, address: str, condition: Condition, threshold: float) -> None:
        self._sentence.clear()
        self._bridge.add_breakpoint(address, condition, threshold)
        self._table.go_to_row(self._model.rowCount() - 1)

    def _remove(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._bridge.remove_breakpoint(self._model.point(row))

    def _run_current(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._run_to_match(self._model.index(row, 0))

    def _run_to_match(self, index: QModelIndex) -> None:
        point, cursor = self._model.point(index.row()), self._bridge.cursor
        steps = point.steps(self._bridge.tape, cursor.addresses)
        ahead = next((step for step in steps if step >= cursor.position), None)
        if ahead is None:
            self._say(AddressError("No step after the cursor is stopped by {address}.", address=point.address))
        else:
            self._bridge.run_to(ahead)

    def _say(self, error: BackstepError) -> None:
        self._sentence.say(error)

    def _update_points(self) -> None:
        current = self._table.current_row()
        self._model.update_points()
        if current is not None and self._table.current_row() is None:
            self._table.go_to_row(min(current, self._model.rowCount() - 1))
        self._update_buttons()

    def _update_buttons(self) -> None:
        there = self._table.current_row() is not None
        self._run.setEnabled(there)
        self._away.setEnabled(there)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._heading.setText(say("Breakpoints"))
        self._table.setAccessibleName(say("Breakpoints"))
        self._table.set_when_empty(say("There is no breakpoint: write an address below, or press F9 at a step."))
        self._layout.setSpacing(self._appearance.whole_px(3.0))
        self._table.set_narrow_columns({WHEN: _WHEN_WIDTH, HITS: _HITS_WIDTH})
        self._model.update_appearance()
        self._update_buttons()
