"""The watches of the open lesson as a table: watch, value at the cursor, norm."""

import math

from PySide6.QtCore import QObject, Qt

from engine.debugger.cursor import Cursor
from engine.debugger.watch_lists import WatchLists
from engine.debugger.watches import Known, Quantity, WatchExpression, entry_of, read
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.titled_rows import Index, TitledRows
from gui.views.watch_rows import WatchRow, watch_rows
from gui.views.watch_texts import address_text, ink, norm_text, now_text, tip

Role = Qt.ItemDataRole
BAR_ROLE = Role.UserRole + 1
"""(share of the largest norm 0..1, name of a colour) of a row with a norm; None without."""
WATCH, NOW, NORM = range(3)


class WatchModel(TitledRows[WatchRow]):
    """Rows are worked out once a tape; a moving cursor reads only what it uncovers or covers."""

    columns = (translatable("Watch"), translatable("Now"), translatable("Norm"))

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(appearance, parent)
        self._bridge = bridge
        self._lists = WatchLists()
        self._largest = {True: 0.0, False: 0.0}
        self._current: int | None = None

    # --- the list -----------------------------------------------------------------------------------------------

    @property
    def watches(self) -> tuple[WatchExpression, ...]:
        """The watches of the open lesson."""
        return self._lists.of(self._bridge.lesson.id)

    def add(self, expression: WatchExpression) -> bool:
        """Add a watch; False if it is there already."""
        added = self._lists.add(self._bridge.lesson.id, expression)
        self.update_tape()
        return added

    def remove(self, row: int) -> None:
        """Remove the watch that a row belongs to."""
        self._lists.remove(self._bridge.lesson.id, self._rows[row].place)
        self.update_tape()

    def move(self, row: int, by: int) -> int:
        """Move the watch of a row up or down in the list; the row it begins at then."""
        place = self._lists.move(self._bridge.lesson.id, self._rows[row].place, by)
        self.update_tape()
        return self.first_row(place)

    def first_row(self, place: int) -> int:
        """The row at which a watch begins, or the last row."""
        return next((at for at, row in enumerate(self._rows) if row.place == place), len(self._rows) - 1)

    def row(self, at: int) -> WatchRow:
        """What a row stands for."""
        return self._rows[at]

    # --- following the session ------------------------------------------------------------------------------------

    def update_tape(self) -> None:
        """Find the watched steps on the tape of now; rows are made anew only where they differ."""
        rows = watch_rows(self.watches, self._bridge.tape, self._bridge.cursor.addresses) if self.watches else []
        if [_identity(row) for row in rows] != [_identity(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self._read_all()
            self.endResetModel()
        else:
            self._read_all()
            self._tell_all()

    def update_cursor(self) -> None:
        """Read what the cursor has uncovered or covered since."""
        cursor = self._bridge.cursor
        changed = False
        for row in self._rows:
            if row.index is not None and (row.reading is None or _stale(row, cursor)):
                row.reading = read(cursor, row.expression, row.index)
                changed = True
        if changed or self._current != cursor.current:
            self._current = cursor.current
            self._measure()
            self._tell_all()

    def _read_all(self) -> None:
        cursor = self._bridge.cursor
        self._current = cursor.current
        for row in self._rows:
            row.reading = None if row.index is None else read(cursor, row.expression, row.index)
        self._measure()

    def _measure(self) -> None:
        """The largest norms, of gradients and of values apart: bars compare like with like."""
        self._largest = {True: 0.0, False: 0.0}
        for row in self._rows:
            norm = row.reading.norm if row.reading is not None else None
            if norm is not None and math.isfinite(norm):
                gradient = row.expression.quantity is Quantity.GRADIENT
                self._largest[gradient] = max(self._largest[gradient], norm)

    # --- Qt's questions -------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        if role == Role.DisplayRole:
            return self._display(row, column)
        if role == Role.ForegroundRole:
            return self._appearance.color(ink(row, of_watch=column == WATCH))
        if role == Role.BackgroundRole and self._is_current(row):
            return self._appearance.color("cursor_ground")
        if role == Role.ToolTipRole:
            return tip(row, self._bridge.tape, self._appearance.say)
        if role == BAR_ROLE and column == NORM:
            return self._bar(row)
        return None

    def _display(self, row: WatchRow, column: int) -> str:
        if column == WATCH:
            return address_text(row, self._bridge.tape)
        return now_text(row, self._appearance.say) if column == NOW else norm_text(row)

    def _bar(self, row: WatchRow) -> tuple[float, str] | None:
        norm = row.reading.norm if row.reading is not None else None
        gradient = row.expression.quantity is Quantity.GRADIENT
        if norm is None or not math.isfinite(norm):
            return None
        largest = self._largest[gradient]
        return (norm / largest if largest else 0.0), ("backward" if gradient else "forward")

    def _is_current(self, row: WatchRow) -> bool:
        """Whether the step at the cursor is the one that is shown."""
        return self._current is not None and row.index is not None and (
            row.index == self._current or (row.reading is not None and row.reading.entry == self._current))


def _identity(row: WatchRow) -> tuple[object, ...]:
    return row.place, row.expression, row.index, row.address, row.count


def _stale(row: WatchRow, cursor: Cursor) -> bool:
    if row.index is None or row.reading is None or row.reading.known is Known.NO_GRADIENT:
        return False
    return entry_of(cursor, row.expression, row.index) != row.reading.entry
