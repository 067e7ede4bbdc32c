"""Forcing weights of attention: what is wished of a cell becomes edits of the pass."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.edits import Position, computed, with_numbers, without_numbers
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_table import AttentionRows
from gui.views.number_entry import NumberEntry
from gui.views.number_text import number_text

Cell = tuple[int, int]
"""Row and column of a table, from 0."""


class WeightForcing(QObject):
    """Commands on the weights of what a view shows; each says why where it cannot be done."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._appearance, self._view = bridge, appearance, parent

    def ask(self, rows: AttentionRows, cell: Cell) -> None:
        """Let the user write the number that a weight is to have."""
        if self._refuses(rows, cell):
            return
        entry = NumberEntry(0.0, 1.0, self._appearance, self._view)
        entry.setWindowTitle(self._appearance.say("Force this weight"))
        entry.ask(_weight(rows, cell), lambda number: self.force(rows, cell, number))

    def force(self, rows: AttentionRows, cell: Cell, number: float) -> None:
        """Give a weight a number; the others of its row stay as they are computed."""
        if not self._refuses(rows, cell):
            row, column = cell
            self._add(rows, row, {rows.position(row, column): number}, number_text(number))

    def look_only_here(self, rows: AttentionRows, cell: Cell) -> None:
        """Give a weight the whole of its row."""
        if self._refuses(rows, cell):
            return
        row, column = cell
        width = rows.tape.steps[rows.table.weights[row]].shape[-1]
        masked = rows.masked(row)
        numbers = {rows.position(row, at): float(at == column) for at in range(width) if not masked[at]}
        self._add(rows, row, numbers, self._appearance.say("look only at {column}", column=column + 1))

    def stop(self, rows: AttentionRows, row: int) -> None:
        """Have a row as it is computed."""
        if self._is_past(rows) or not rows.forced(row).any():
            return
        width = rows.tape.steps[rows.table.weights[row]].shape[-1]
        positions = [rows.position(row, place) for place in range(width)]
        edits = without_numbers(self._bridge.session.edits, self._address(rows, row), positions)
        self._bridge.edit_pass(edits, self._appearance.say("stop forcing"))

    def stop_all(self) -> None:
        """Have the whole pass as it is computed."""
        self._bridge.edit_pass((), self._appearance.say("stop forcing"))

    @property
    def any(self) -> bool:
        """Whether anything is forced upon the pass."""
        return bool(self._bridge.session.edits)

    def refusal(self, rows: AttentionRows, cell: Cell) -> str:
        """Why a weight cannot be forced; empty if it can be."""
        say = self._appearance.say
        if rows.table.heads and rows.head is None:
            return say("An average cannot be forced: choose one head.")
        if rows.masked(cell[0])[cell[1]]:
            return say("This position is masked: nothing is there to be looked at.")
        return ""

    def _refuses(self, rows: AttentionRows, cell: Cell) -> bool:
        if self._is_past(rows):
            return True
        reason = self.refusal(rows, cell)
        if reason:
            self._bridge.message.emit(reason, "problem")
        return bool(reason)

    def _is_past(self, rows: AttentionRows) -> bool:
        """Whether another pass was opened while a menu or a question stood open; says so."""
        past = rows.tape is not self._bridge.tape
        if past:
            said = self._appearance.say("Another pass is open by now: choose the weight in it.")
            self._bridge.message.emit(said, "problem")
        return past

    def _add(self, rows: AttentionRows, row: int, numbers: Mapping[Position, float], what: str) -> None:
        symbol = rows.tape.steps[rows.table.weights[row]].symbol
        edits = with_numbers(self._bridge.session.edits, self._address(rows, row), symbol, numbers)
        place = rows.table.times[row]
        self._bridge.edit_pass(edits, self._appearance.say("force {symbol} at {place}: {what}", symbol=symbol,
                                                           place=place, what=what))  # fmt: skip

    def _address(self, rows: AttentionRows, row: int) -> str:
        """Of the step that computes a row, as it is without edits."""
        return self._bridge.cursor.addresses[computed(rows.tape.steps[rows.table.weights[row]]).index]


def _weight(rows: AttentionRows, cell: Cell) -> float:
    row, column = cell
    weights = AttentionRows(rows.table, rows.tape, sequence=rows.sequence, head=rows.head)
    return float(weights.numbers(rows.table.weights[row], row)[column])
